import Glibc
import Hardware
import Processes
import TestSupport
import Testing

@Suite("The doctor on a board with GPIO lines", .inLab)
struct LabDoctorTests {
    private static func node(_ name: String, chip: SimulatedChip, sensor: Int, wire: Int, _ folder: TemporaryFolder)
        throws -> String
    {
        try folder.write(
            "site: home\nzones: {room: {bars: [\(name)], sensors: {\(name)/door: first}, hold: 5s}}\n",
            to: "\(name)-site.yaml")
        return try folder.write(
            """
            site: home
            node: \(name)
            network: off
            siteFile: \(folder.path)/\(name)-site.yaml
            wire: {chip: \(chip.label), line: \(wire), bias: as-is}
            bars: [{name: bar, channels: white, output: {driver: gpio, chip: \(chip.label), line: 6}}]
            sensors: [{name: door, input: {driver: gpio, chip: \(chip.label), line: \(sensor)}}]

            """, to: "\(name).yaml")
    }

    /// What `footlight doctor` prints, and how it ends.
    private static func doctor(_ file: String) async throws -> (output: String, ending: ChildProcess.Ending) {
        let doctor = try ChildProcess(try Programs.path("footlight"), ["doctor", "--config", file])
        let ending = try await doctor.end(within: .seconds(30))
        // Lines are wrapped.
        return (doctor.output.split(whereSeparator: \.isWhitespace).joined(separator: " "), ending)
    }

    @Test
    func `lines that another agent has are told, with whose they are; the agent's own are its own`() async throws {
        let chip = try SimulatedChip()
        try chip.pull(0, true)
        let folder = try TemporaryFolder("doctor")
        let ours = try Self.node("ours", chip: chip, sensor: 3, wire: 0, folder)
        let theirs = try Self.node("theirs", chip: chip, sensor: 3, wire: 0, folder)

        let free = try await Self.doctor(ours)
        #expect(free.ending == .exit(0), "\(free.output)")
        #expect(free.output.contains("ok sensor door line 3 of \(chip.label) is there, and free"), "\(free.output)")

        let agent = try ChildProcess(try Programs.path("footlight-agent"), ["--config", theirs])
        defer { agent.signal(SIGKILL) }
        try await onThread { try agent.waitForOutput("wire: listens", within: .seconds(20)) }
        try await eventually(within: .seconds(20), "the agent has its lines") {
            try [3, 6].allSatisfy { try GPIOLine.user(of: .offset($0, chip: chip.name)) != nil }
        }
        let used = try await Self.doctor(ours)
        #expect(used.ending == .exit(1), "\(used.output)")
        for (check, line, user) in [
            ("wire", 0, "wire theirs"), ("bar bar", 6, "theirs/bar"), ("sensor door", 3, "theirs/door"),
        ] {
            let found = "mend \(check) line \(line) of \(chip.label) is used by \"footlight \(user)\" → End that"
            #expect(used.output.contains(found), "\(used.output)")
        }
        let own = try await Self.doctor(theirs)
        #expect(own.ending == .exit(0), "\(own.output)")
        #expect(own.output.contains("line 3 of \(chip.label) is the agent's (footlight theirs/door)"), "\(own.output)")
    }
}
