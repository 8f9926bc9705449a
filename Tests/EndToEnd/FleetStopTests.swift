import Fleet
import Glibc
import MQTT
import Processes
import TestSupport
import Testing

/// SIGTERM and SIGINT end a fleet agent in good order.
@Suite("A fleet agent told to end", .serialized)
struct FleetStopTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func `it says farewell and ends with 0, and the other leads at once`(signal: Int32) async throws {
        var plan = FleetPlan()
        plan.bars = 1
        plan.spares = []
        try await FleetSite.with(plan) { site in
            let leader = try await site.leader()
            let process = try site.process(leader)
            process.signal(signal)
            #expect(try await process.end(within: .seconds(10)) == .exit(0), "\(process.output)")
            try await site.until("its farewell") { $0.agent(leader)?.online == false ? true : nil }
            #expect(try await site.leader() != leader)
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `it ends with 0 while there is no broker too`(signal: Int32) async throws {
        let folder = try TemporaryFolder("fleet-stop")
        let port = try FreePort.next()
        let file = FleetPlan().fleetFile(of: "fleet-a", broker: "mqtt://127.0.0.1:\(port)", folder: folder.path)
        let path = try folder.write(file, to: "fleet-a.yaml")
        let process = try ChildProcess(try Programs.path("footlight-fleet"), ["--config", path])
        try await onThread { try process.waitForOutput("refused") }
        process.signal(signal)
        #expect(try await process.end(within: .seconds(10)) == .exit(0), "\(process.output)")
    }
}
