import Glibc
import Testing

@Suite("A sample log of a million events")
struct SampleLogTests {
    private static let path = getenv("FOOTLIGHT_SAMPLE_LOG").map { String(cString: $0) }

    @Test("is written to FOOTLIGHT_SAMPLE_LOG, to measure the command by", .enabled(if: path != nil))
    func write() throws {
        guard let path = Self.path else { return }
        let file = try #require(fopen(path, "we"))
        defer { fclose(file) }
        var home = LivedInHome(seed: 2010)
        let bytes = LivedInHome.log(home.events(1_000_000))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}
