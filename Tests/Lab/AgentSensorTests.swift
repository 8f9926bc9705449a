import Glibc
import Hardware
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("An agent with sensors on GPIO lines", .inLab)
struct AgentSensorTests {
    static func hardware(_ input: String) -> String {
        """
        bars: [{name: bar, channels: white, output: {driver: trace, path: FOLDER/bar.jsonl}}]
        sensors:
          - {name: pir, input: \(input)}

        """
    }

    static let zone = """
        bars: [lab]
        sensors: {lab/pir: first}
        hold: 5s
        look: {easeIn: 0s, easeOut: 0s}
        """

    @Test
    func `a PIR module's line lights the bar beside it, and the light goes a hold after its motion`() async throws {
        let chip = try SimulatedChip(names: [3: "HALL-PIR"])
        let hardware = Self.hardware("{driver: gpio, line: HALL-PIR, active: high, debounce: 20ms, blind: 1s}")
        try await LabNode.with(hardware, zone: Self.zone) { node in
            try await node.health("sensor/pir") { $0.healthy }
            let pulled = MonotonicClock.now
            try chip.pull(3, true)
            let lit = try await node.frame(isDark: false)
            #expect(lit.t > pulled + 20_000_000, "before the debounce was over")
            // Before the pull: the agent goes first on the one processor, as soon as the line has changed.
            let released = MonotonicClock.now
            try chip.pull(3, false)
            let dark = try await node.frame(isDark: true, after: lit.t)
            // The module is blind for a second after its pulse, so that is when its motion ends.
            #expect((6_000_000_000..<6_500_000_000).contains(dark.t - released), "dark after \(dark.t - released) ns")
        }
    }

    @Test
    func `a push button lights without a broker`() async throws {
        let chip = try SimulatedChip()
        let hardware = Self.hardware(
            "{driver: gpio, chip: \(chip.name), line: 3, active: low, bias: pull-up, debounce: 10ms}")
        try await LabNode.with(hardware, zone: Self.zone) { node in
            try node.broker.kill()
            try await node.log(has: "no broker at")
            try chip.pull(3, false)
            let lit = try await node.frame(isDark: false)
            try chip.pull(3, true)
            try await node.frame(isDark: true, after: lit.t)
        }
    }

    @Test
    func `a chip that is missing, comes, goes and comes back: said, waited for, all else works`() async throws {
        let chip = try SimulatedChip()
        let other = try SimulatedChip()
        try chip.unplug()
        let hardware =
            Self.hardware("{driver: gpio, chip: \(chip.label), line: 3}")
            + "  - {name: button, input: {driver: gpio, chip: \(other.name), line: 0}}\n"
        let zone = Self.zone.replacing("{lab/pir: first}", with: "{lab/pir: first, lab/button: last}")
        try await LabNode.with(hardware, zone: zone) { node in
            let missing = try await node.health("sensor/pir") { !$0.healthy }
            #expect(missing.detail?.contains("no such chip") == true && missing.detail?.contains("gpiodetect") == true)
            #expect(try await node.health("sensor/button") { $0.healthy }.detail == nil)
            try other.pull(0, true)
            var last = try await node.frame(isDark: false)
            try other.pull(0, false)
            last = try await node.frame(isDark: true, after: last.t)

            try chip.plugIn()
            try await node.health("sensor/pir") { $0.healthy }
            try await node.log(has: "sensor pir can be read again")
            try chip.pull(3, true)
            last = try await node.frame(isDark: false, after: last.t)

            // In the midst of motion: the light is held as if that had been the last of it.
            try chip.unplug()
            let gone = MonotonicClock.now
            let fault = try await node.health("sensor/pir") { !$0.healthy }
            #expect(fault.detail?.contains("chip") == true)
            let before = try Self.processorTime(of: node.agent().pid)
            last = try await node.frame(isDark: true, after: last.t)
            #expect(last.t - gone > 4_500_000_000, "dark \(last.t - gone) ns after the chip went")
            let busy = try Self.processorTime(of: node.agent().pid) - before
            #expect(busy < .milliseconds(500), "the agent was busy for \(busy) of five idle seconds")

            try chip.plugIn()
            try await node.health("sensor/pir") { $0.healthy }
            try chip.pull(3, true)
            try await node.frame(isDark: false, after: last.t)
        }
    }

    @Test
    func `a line that somebody uses is said to be theirs, and taken once they let go`() async throws {
        let chip = try SimulatedChip()
        var theirs: GPIOLine? = try GPIOLine.input(.offset(3, chip: chip.name), consumer: "somebody-else")
        try await LabNode.with(
            Self.hardware("{driver: gpio, chip: \(chip.name), line: 3}"), zone: Self.zone
        ) { node in
            let fault = try await node.health("sensor/pir") { !$0.healthy }
            #expect(fault.detail?.contains("\"somebody-else\" uses it") == true, "\(fault.detail ?? "")")
            try await node.log(has: "\"somebody-else\" uses it")
            #expect(theirs != nil)
            theirs = nil
            try await node.health("sensor/pir") { $0.healthy }
            let error = #expect(throws: HardwareError.self) {
                try GPIOLine.input(.offset(3, chip: chip.name), consumer: "test")
            }
            #expect(error?.description.contains("\"footlight lab/pir\" uses it") == true)
        }
    }

    @Test
    func `a chip that isn't ours to open is said to be so, and taken once it is`() async throws {
        let chip = try SimulatedChip()
        let device = "/dev/\(chip.name)"
        try await LabNode.with(
            Self.hardware("{driver: gpio, chip: \(chip.name), line: 3}"), zone: Self.zone
        ) { node in
            #expect(chown(device, 65534, 65534) == 0 && chmod(device, 0o600) == 0)
            try await node.start(isBound: true)
            let fault = try await node.health("sensor/pir") { !$0.healthy }
            #expect(fault.detail?.contains("\(device) isn't ours to open") == true, "\(fault.detail ?? "")")
            #expect(fault.detail?.contains("group") == true)
            #expect(chmod(device, 0o666) == 0)
            try await node.health("sensor/pir") { $0.healthy }
        }
    }

    /// How long a process has kept the processor so far.
    static func processorTime(of pid: Int32) throws -> Duration {
        let fields = try SystemFile.read("/proc/\(pid)/stat").split(separator: ")")[1].split(separator: " ")
        guard let user = Int64(fields[11]), let system = Int64(fields[12]) else {
            throw TestFailure("/proc/\(pid)/stat is of another form")
        }
        return .milliseconds((user + system) * 1000 / Int64(sysconf(Int32(_SC_CLK_TCK))))
    }
}
