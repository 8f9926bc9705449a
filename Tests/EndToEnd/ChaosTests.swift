import Glibc
import Processes
import TestSupport
import Testing

/// Half a minute of `make chaos`: everything between a sensor and the database is broken, and all that was taken arrives once.
@Suite(.serialized, .enabled(if: access("/usr/sbin/haproxy", X_OK) == 0, "needs HAProxy"))
struct ChaosTests {
    @Test(.timeLimit(.minutes(20)))
    func `after half a minute of chaos every record that was taken is in the database once`() async throws {
        // First of all this seed freezes an instance and tells all of them to end, which the frozen one hears of when it thaws.
        let chaos = try ChildProcess(try Programs.path("footlight-chaos"), ["--minutes", "0.5", "--seed", "15"])
        #expect(try await chaos.end(within: .seconds(1100)) == .exit(0), "\(chaos.output)")
        #expect(chaos.output.contains(", 0 missing, 0 faults"))
    }
}
