import FoundationEssentials
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport

/// Three agents on one wire, each with a bar; the first has a sensor at the bottom, the last one at the top.
final class WiredStairs: Sendable {
    static let names = ["stair-1", "stair-2", "stair-3"]
    static let bottom = 4, top = 5
    /// Pulses are multiples of it: docs/wired.md.
    private static let unit: Int64 = 12_000_000
    /// How late a thread may be woken where it matters, nanoseconds.
    private static let sleepLimit: Int64 = 10_000_000

    let chip: SimulatedChip
    let cable: WiredAnd
    private let witness: WakeWitness
    let folder: TemporaryFolder
    let agents = Monitor<[ChildProcess]>([])
    /// The agents that are traced.
    let traced = Monitor<[TracedProcess]>([])

    private init(zone: String) throws {
        chip = try SimulatedChip()
        cable = try WiredAnd(chip, lines: Self.names.count)
        witness = try WakeWitness()
        folder = try TemporaryFolder("wired")
        let places =
            "bars: [stair-1, stair-2, stair-3]\nsensors: {stair-1/bottom: first, stair-3/top: last, far/away: last}"
        let fields = (places + "\n" + zone).split(separator: "\n").map { "    \($0)\n" }.joined()
        try folder.write("site: home\nzones:\n  stairs:\n\(fields)", to: "site.yaml")
    }

    /// Runs a test with agents that listen to the wire. They are surely ended.
    ///
    /// - Parameters:
    ///   - network: fields of the agents' files; nil: the network is off.
    ///   - zone: the zone's fields but bars and sensors.
    ///   - isTraced: whether the agents run under strace, and are slow.
    static func with(
        network: String? = nil, zone: String, isTraced: Bool = false, isolation: isolated (any Actor)? = #isolation,
        _ body: (WiredStairs) async throws -> Void
    ) async throws {
        let stairs = try WiredStairs(zone: zone)
        defer {
            for agent in stairs.traced.change({ $0 }) { agent.signal(SIGKILL) }
            for agent in stairs.agents.change({ $0 }) { agent.signal(SIGKILL) }
            try? stairs.cable.cut()
            stairs.witness.stop()
        }
        for line in [bottom, top] { try stairs.chip.pull(line, false) }
        for index in names.indices { try stairs.start(index, network: network, isTraced: isTraced) }
        for agent in stairs.agents.change({ $0 }) {
            try await onThread { try agent.waitForOutput("wire: listens", within: .seconds(20)) }
        }
        try await body(stairs)
    }

    private func start(_ index: Int, network: String?, isTraced: Bool) throws {
        let name = Self.names[index]
        let sensors =
            switch index {
            case 0: "[{name: bottom, input: {driver: gpio, chip: \(chip.name), line: \(Self.bottom)}}]"
            case 2: "[{name: top, input: {driver: gpio, chip: \(chip.name), line: \(Self.top)}}]"
            default: "[]"
            }
        let file = try folder.write(
            """
            site: home
            node: \(name)
            wire: {chip: \(chip.name), line: \(index), bias: as-is}
            bars: [{name: bar, channels: white, output: {driver: trace, path: \(folder.path)/\(name).jsonl}}]
            sensors: \(sensors)
            \(network ?? "network: off\nsiteFile: \(folder.path)/site.yaml")

            """, to: "\(name).yaml")
        let arguments = ["--config", file, "--log-level", "debug"]
        guard isTraced else {
            let agent = try ChildProcess(try Programs.path("footlight-agent"), arguments)
            return agents.change { $0.append(agent) }
        }
        let agent = try TracedProcess("footlight-agent", arguments, calls: "\(name).calls", in: folder)
        traced.change { $0.append(agent) }
        agents.change { $0.append(agent.process) }
    }

    /// Motion at a sensor for a moment.
    ///
    /// - Returns: when it began.
    @discardableResult
    func move(_ sensor: Int, for time: Duration = .milliseconds(60)) async throws -> Int64 {
        let begin = MonotonicClock.now
        try chip.pull(sensor, true)
        try await Task.sleep(for: time)
        try chip.pull(sensor, false)
        return begin
    }

    /// Measures something once more that isn't as it should be, where edges were stamped too late, an agent let go too late,
    /// or threads weren't woken when light was to change: on a busy machine the kernel and the thread that plays the cable
    /// bend pulses as no copper would, and agents get no processor.
    ///
    /// - Parameters:
    ///   - limit: by how much a pulse may be off, together, in nanoseconds. Less than what makes a pulse another:
    ///     ``WireSignal`` takes 5 ms.
    ///   - instants: when light changed.
    /// - Returns: what is right, or is wrong though nothing was late.
    /// - Throws: `TestFailure` where it is wrong each time, and the machine late: that proves nothing.
    func measure<Result>(
        limit: Int64 = 4_500_000, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result,
        at instants: (Result) -> [Int64], isRight: (Result) -> Bool
    ) async throws -> Result {
        for _ in 1...10 {
            let (delays, pulls) = (cable.delays.count, cable.pulls.count)
            let result = try await body()
            if isRight(result) { return result }
            let late = cable.delays[delays...].max() ?? 0
            // Nobody lets go early: what is beyond a multiple is lateness.
            let off = cable.pulls[pulls...].map { $0.width % Self.unit }.max() ?? 0
            let asleep = witness.lateness(before: instants(result))
            guard late + off > limit || asleep > Self.sleepLimit else { return result }
            print(
                "wired: \(result): the simulated cable was \(late / 1000) µs late, a pulse \(off / 1000) µs off, a thread",
                "woken \(asleep / 1000) µs late; once more")
        }
        throw TestFailure("the machine is too busy to play a cable")
    }

    /// What the agents say of the wire, and the pulses that there were.
    var story: String {
        let said = agents.change { $0.map(\.output) }.joined().split(separator: "\n").filter { $0.contains("wire: ") }
        let pulls = cable.pulls.map { "line \($0.line) was pulled at \($0.began / 1000) µs for \($0.width / 1000)" }
        return (pulls + said.map(String.init)).joined(separator: "\n")
    }

    /// The frames of a bar.
    func frames(of name: String) throws -> [TraceFrame] {
        try folder.contents(of: "\(name).jsonl").split(separator: 0x0a)
            .compactMap { try? JSONDecoder().decode(TraceFrame.self, from: Data($0)) }
    }

    /// Awaits each bar's first lit frame after `instant`, and returns their instants, less that of the first of them.
    func firstLight(after instant: Int64) async throws -> (first: Int64, apart: [Int64]) {
        let instants = try await each { $0.first { $0.t > instant && !$0.isDark } }
        let first = instants.min() ?? 0
        return (first, instants.map { $0 - first })
    }

    /// Awaits that all bars are dark after `instant`, and returns when each became so.
    func darkness(after instant: Int64) async throws -> [Int64] {
        try await each { frames in frames.last.flatMap { $0.t > instant && $0.isDark ? $0 : nil } }
    }

    private func each(_ find: @escaping @Sendable ([TraceFrame]) -> TraceFrame?) async throws -> [Int64] {
        do {
            try await eventually(within: .seconds(15), "all bars are as wanted") {
                try Self.names.allSatisfy { find(try self.frames(of: $0)) != nil }
            }
        } catch let failure as TestFailure {
            throw TestFailure("\(failure); the agents wrote:\n\(agents.change { $0.map(\.output).joined() })")
        }
        return try Self.names.compactMap { find(try frames(of: $0))?.t }
    }

    /// What an agent has open.
    static func open(by agent: ChildProcess) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(agent.pid)/fd").compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(agent.pid)/fd/\($0)")
        }
    }
}
