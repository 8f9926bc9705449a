import Glibc
import Platform
import Testing

@testable import Configuration

@Suite struct StateCacheTests {
    @Test func `what couldn't be written is written as soon as it can be, and the next start has it`() {
        let folder = "/tmp/footlight-cache-\(UInt64.random(in: .min ... .max))"
        defer {
            unlink("\(folder)/stair-01.json")
            rmdir(folder)
        }
        var cache = StateCache(directory: folder, name: "stair-01")
        cache.keep(topic: "config/zone/stairs", payload: Array("old".utf8), at: MonotonicClock.now)
        var news: KeptFile.News?
        attend(cache) { news = $0 }
        #expect(news == .failed("\(folder)/stair-01.json.new: No such file or directory"))
        #expect(cache.failure?.reason == "\(folder)/stair-01.json.new: No such file or directory")

        #expect(mkdir(folder, 0o700) == 0)
        cache.keep(topic: "config/zone/stairs", payload: Array("new".utf8), at: MonotonicClock.now)
        attend(cache) { news = $0 }
        #expect(news == .recovered && cache.failure == nil && cache.nextDue == .max)
        #expect(StateCache(directory: folder, name: "stair-01").messages == ["config/zone/stairs": "new"])
    }

    @Test func `at the program's end what is new is written at once, and what fails leaves no half file`() {
        let folder = "/tmp/footlight-cache-\(UInt64.random(in: .min ... .max))"
        defer {
            unlink("\(folder)/stair-01.json")
            rmdir(folder)
        }
        #expect(mkdir(folder, 0o700) == 0)
        var cache = StateCache(directory: folder, name: "stair-01")
        cache.keep(topic: "config/site", payload: [0x7b, 0x7d], at: MonotonicClock.now)
        #expect(cache.finish() == nil)
        #expect(StateCache(directory: folder, name: "stair-01").messages == ["config/site": "{}"])
        // A folder can't be replaced by a file.
        let why = WholeFile.replace(folder, with: [1, 2, 3])
        #expect(why == "\(folder): Is a directory")
        #expect(access(folder + ".new", F_OK) != 0)
    }

    /// Attends as a loop does, until there is news.
    private func attend(_ cache: StateCache, until tell: (KeptFile.News) -> Void) {
        let deadline = MonotonicClock.now + 20_000_000_000
        while MonotonicClock.now < deadline {
            let now = MonotonicClock.now
            if cache.nextDue <= now, let news = cache.attend(at: now) { return tell(news) }
            usleep(1000)
        }
    }
}
