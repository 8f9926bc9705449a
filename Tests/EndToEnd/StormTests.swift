import Glibc
import Processes
import TestSupport
import Testing

/// A minute of `make storm`: real processes killed, stopped and started while people walk, judged from outside.
@Suite(.serialized)
struct StormTests {
    @Test(.timeLimit(.minutes(10)))
    func `a minute's storm leaves a site well: light, agreement, dark, commands, places`() async throws {
        let storm = try ChildProcess(
            try Programs.path("footlight-storm"), ["--minutes", "1", "--seed", "1"], environment: nil)
        let ending = try await storm.end(within: .seconds(500))
        #expect(ending == .exit(0), "\(storm.output)")
        #expect(storm.output.contains("storm: seed 1, 1.0 minutes, "))
        #expect(storm.output.contains(", 0 faults"))
    }
}
