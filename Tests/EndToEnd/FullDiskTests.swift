import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// A small disk of its own.
private final class SmallDisk: Sendable {
    /// Whether one can be had here.
    static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder("try") else { return false }
        return (try? SmallDisk(in: folder)) != nil
    }()

    /// Where it is mounted.
    let path: String

    init(in folder: TemporaryFolder) throws {
        path = "\(folder.path)/disk"
        mkdir(path, 0o755)
        guard mount("tmpfs", path, "tmpfs", 0, "size=128k") == 0 else {
            throw TestFailure("can't mount: \(String(cString: strerror(errno)))")
        }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    /// Takes all the room that there is.
    func fill() throws {
        let file = open("\(path)/filler", O_WRONLY | O_CREAT, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) > 0 {}
        guard errno == ENOSPC else { throw TestFailure("the disk doesn't fill") }
        close(file)
    }

    /// Gives it back.
    func makeRoom() { unlink("\(path)/filler") }

    /// What a file on it holds.
    func contents(of name: String) -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 131_072)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

@Suite("An agent whose disk is full", .enabled(if: SmallDisk.isPossible, "needs to mount a tmpfs: root"))
struct FullDiskTests {
    @Test func `goes on, says so, and saves what is new once there is room`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let disk = try SmallDisk(in: stairs.folder)
            let broker = "\(stairs.broker.address)"
            let text = stairs.plan.agentFile(of: "stair-01", broker: broker, folder: stairs.folder.path)
            try stairs.folder.write(
                text.replacing("state: \(stairs.folder.path)", with: "state: \(disk.path)"), to: "stair-01.yaml")
            try stairs.start("stair-01")
            try await stairs.waitUntilOnline()
            try await eventually(within: .seconds(10), "the zone is saved") {
                disk.contents(of: "stair-01.json").contains("holdSeconds")
            }
            let agent = try stairs.agent("stair-01")
            let before = disk.contents(of: "stair-01.json")

            try disk.fill()
            try await stairs.apply(stairs.plan.siteFile.replacing("hold: 60s", with: "hold: 77s"))
            try await onThread {
                try agent.waitForOutput("what is known can't be kept for the next start: ", within: .seconds(10))
            }
            #expect(disk.contents(of: "stair-01.json") == before)
            _ = try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-01")
            try await eventually(within: .seconds(20), "health says so") {
                let health: HealthOutput = try await stairs.footlight("health", "--json").json()
                let check = try health.node("stair-01").checks?.first { $0.check == "cache" }
                return check?.healthy == false && check?.detail?.contains("No space left") == true
            }

            disk.makeRoom()
            try await eventually(within: .seconds(60), "the new zone is saved") {
                let text = disk.contents(of: "stair-01.json")
                return text.contains(#"holdSeconds\":77"#)
            }
            try await onThread {
                try agent.waitForOutput("what is known is kept for the next start again", within: .seconds(10))
            }
            agent.signal(SIGTERM)
            #expect(try await agent.end(within: .seconds(15)) == .exit(0))
        }
    }
}

@Suite struct StopTests {
    @Test func `SIGTERM while it identifies for an hour ends it in good time`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let agent = try stairs.agent("stair-01")
            let action = ActionMessage(action: "identify", id: "", seconds: 3600)
            #expect(try await stairs.act(action, on: "stair-01").done)
            try await stairs.lit("stair-01")
            agent.signal(SIGTERM)
            // Its unit's TimeoutStopSec.
            #expect(try await agent.end(within: .seconds(15)) == .exit(0))
            #expect(try stairs.frames(of: "stair-01").last?.isDark == true)
            let status = try await stairs.retained()["node/stair-01/status"]
            #expect(status?.contains("offline") == true)
        }
    }
}
