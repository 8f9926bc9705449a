import Glibc
import Processes
import TestSupport
import Testing

@Suite("What bars show when their agent starts, stops, or is killed: by the kernel's PWM", .inLab)
struct AgentPowerTests {
    private static let period = 333_333
    /// 60 % of CIE lightness are a luminance of ((60 + 16) / 116)³ = 0.281233; a step of 16 bits is 5 ns.
    private static let lit = 93_744
    private static let channels = 0..<3

    private static let zone = """
        bars: [lab/on, lab/off, lab/last]
        sensors: {lab/pir: first}
        hold: 5s
        look: {brightness: 60%, easeIn: 0s, easeOut: 200ms}
        """

    /// The bars `on`, `off` and `last` do so at all three occasions.
    private static func hardware(_ chip: SimulatedChip) -> String {
        let bars = zip(["on", "off", "last"], channels).map { name, channel in
            "  - {name: \(name), channels: white, output: {driver: pwm, chip: 0, channel: \(channel)}, "
                + "power: {start: \(name), stop: \(name), killed: \(name)}}\n"
        }
        return "state: FOLDER\nbars:\n" + bars.joined()
            + "sensors: [{name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}]\n"
    }

    /// The channels' duty cycles, in nanoseconds; one that isn't enabled has none.
    private static func duties() throws -> [Int] {
        try channels.map { channel in
            let folder = "\(AgentOutputTests.pwm)/pwm\(channel)"
            guard try SystemFile.read("\(folder)/enable") == "1" else { return 0 }
            return Int(try SystemFile.read("\(folder)/duty_cycle")) ?? -1
        }
    }

    private static func show(_ wanted: [Int]) throws -> Bool {
        zip(try duties(), wanted).allSatisfy { abs($0 - $1) <= 5 }
    }

    private static func expect(_ wanted: [Int], at location: SourceLocation = #_sourceLocation) throws {
        let shown = try duties()
        #expect(zip(shown, wanted).allSatisfy { abs($0 - $1) <= 5 }, "\(shown)", sourceLocation: location)
    }

    /// Runs a test with a node whose bars are lit at 60 %, and which remembers that.
    private static func withLight(_ body: @Sendable (LabNode, SimulatedChip) async throws -> Void) async throws {
        let chip = try SimulatedChip()
        defer {
            for channel in channels { try? SystemFile.write("\(channel)", to: "\(AgentOutputTests.pwm)/unexport") }
        }
        try await LabNode.with(hardware(chip), zone: zone) { node in
            try chip.pull(3, true)
            try await eventually(within: .seconds(10), "all are lit") { try show([lit, lit, lit]) }
            try await eventually(within: .seconds(10), "that is remembered") {
                String(decoding: try node.folder.contents(of: "lab-lights.json"), as: UTF8.self).contains(
                    "\"level\":0.6")
            }
            try await body(node, chip)
        }
    }

    /// Runs `footlight-agent --killed`, as systemd's ExecStopPost= does.
    private static func afterEnd(of node: LabNode, result: String?) async throws {
        let call = ["--config", "\(node.folder.path)/agent.yaml", "--killed"]
        let environment = result.map { ["SERVICE_RESULT": $0] } ?? [:]
        let agent = try ChildProcess(try Programs.path("footlight-agent"), call, environment: environment)
        #expect(try await agent.end() == .exit(0), "\(agent.output)")
        #expect(agent.output.isEmpty, "\(agent.output)")
    }

    @Test
    func `SIGTERM: one is left on, one fades out, one stays as it is; what follows a good end changes nothing`()
        async throws
    {
        try await Self.withLight { node, _ in
            let agent = try node.agent()
            agent.signal(SIGTERM)
            #expect(try await agent.end() == .exit(0), "\(agent.output)")
            try Self.expect([Self.period, 0, Self.lit])
            // As no bar's configuration has it.
            for channel in Self.channels {
                try SystemFile.write("1000", to: "\(AgentOutputTests.pwm)/pwm\(channel)/duty_cycle")
            }
            try await Self.afterEnd(of: node, result: "success")
            try Self.expect([1000, 1000, 1000])
        }
    }

    @Test(arguments: ["signal", nil])
    func `SIGKILL: the kernel keeps the light; then one is put on, one off, and one is left`(_ result: String?)
        async throws
    {
        try await Self.withLight { node, _ in
            try await node.kill()
            try Self.expect([Self.lit, Self.lit, Self.lit])
            try await Self.afterEnd(of: node, result: "success")
            try Self.expect([Self.lit, Self.lit, Self.lit])
            try await Self.afterEnd(of: node, result: result)
            try Self.expect([Self.period, 0, Self.lit])
        }
    }

    @Test
    func `without a broker a start has one on, one off, one as remembered, until motion`() async throws {
        try await Self.withLight { node, chip in
            try await node.kill()
            try node.broker.kill()
            try chip.pull(3, false)
            // What the kernel kept is as no bar's configuration has it.
            for channel in Self.channels {
                try SystemFile.write("1000", to: "\(AgentOutputTests.pwm)/pwm\(channel)/duty_cycle")
            }
            try await node.start()
            try await eventually(within: .seconds(5), "one is on, one off, one as it was") {
                try Self.show([Self.period, 0, Self.lit])
            }
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "all show the zone") {
                try Self.show([Self.lit, Self.lit, Self.lit])
            }
        }
    }
}
