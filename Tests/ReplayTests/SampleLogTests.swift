import Glibc
import Testing

@Suite("A sample log of a million events")
struct SampleLogTests {
    private static let path = getenv("FOOTLIGHT_SAMPLE_LOG").map { String(cString: $0) }

    @Test(.enabled(if: path != nil))
    func `is written to FOOTLIGHT_SAMPLE_LOG, to measure the command by`() throws {
        guard let path = Self.path else { return }
        let file = try #require(fopen(path, "we"))
        defer { fclose(file) }
        var home = LivedInHome(seed: 2010)
        let bytes = LivedInHome.log(home.events(1_000_000))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}
