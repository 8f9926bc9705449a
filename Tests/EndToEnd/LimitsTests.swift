import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

/// The long form of what ``FloodTests`` see on a quick machine: `make limits`.
@Suite(
    "At the stated limits, on a tenth of this machine's speed", .serialized,
    .enabled(if: SlowProcessor.isWanted, "make limits runs them"))
struct LimitsTests {
    /// How long a node may take to be there, and to light on motion or by a command.
    private static let limit = Duration.seconds(10)

    /// With the stairs, a thousand zones.
    private static let zones = [ManyZones(count: 999, bars: 10), ManyZones(count: 1, bars: 10_000)]

    @Test(arguments: zones, SlowProcessor.priorities)
    func `an agent starts, and lights within 10 s, whatever pours in`(
        _ zones: ManyZones, _ priority: SlowProcessor.Priority
    ) async throws {
        try await SlowProcessor.with(priority) { processor in
            try await Staircase.with(StaircasePlan(bars: 1, hold: "5s")) { stairs in
                let trial = LimitsTrial(stairs, processor, "\(zones), \(priority)")
                trial.tell("speed", "a program that never rests has \((try await processor.trial() * 100).rounded()) %")
                try await zones.publishNodes(on: stairs)
                try await trial.start("with the stairs alone")
                for (index, who) in LimitsTrial.Who.allCases.enumerated() {
                    try await zones.publish(on: stairs)
                    let time = try await trial.light(who)
                    trial.tell("configuration pours in, \(who.rawValue)", "\(time)")
                    #expect(time < Self.limit)
                    try await trial.takeUp(of: zones.count + 1, "all of it, time \(index + 1)")
                }
                for (state, isKept) in [("from the broker", false), ("from its own memory, too", true)] {
                    if !isKept { unlink("\(stairs.folder.path)/stair-01.json") }
                    let began = MonotonicClock.now
                    try await trial.start("with everything, \(state)")
                    let time = try await trial.walk()
                    trial.tell("from when it is online until somebody who walks there has light", "\(time)")
                    #expect(time < Self.limit)
                    let total = Duration.nanoseconds(MonotonicClock.now - began)
                    trial.tell("from its start until it is lit", "\(total)")
                    #expect(total < Self.limit)
                    try await trial.takeUp(of: zones.count + 1, "all of it")
                }
            }
        }
    }
}

/// What is done with the one agent that is on a slow processor.
private struct LimitsTrial {
    /// Who has it light.
    enum Who: String, CaseIterable {
        case itself = "motion at its own sensor"
        case another = "motion at another node's sensor"
        case command = "a command"
    }

    let stairs: Staircase
    let processor: SlowProcessor
    let name: String

    init(_ stairs: Staircase, _ processor: SlowProcessor, _ name: String) {
        self.stairs = stairs
        self.processor = processor
        self.name = name
    }

    func tell(_ what: String, _ figure: String) { print("  limits: \(name): \(what): \(figure)") }

    /// Starts it anew.
    func start(_ what: String) async throws {
        let former = try stairs.agent("stair-01")
        former.signal(SIGKILL)
        try await former.end()
        let (began, instant) = (MonotonicClock.now, RealTimeClock.now)
        try stairs.start("stair-01", on: processor)
        try await stairs.waitUntilStarted("stair-01", after: instant, within: .seconds(60))
        let time = Duration.nanoseconds(MonotonicClock.now - began)
        tell("start \(what), until it is online", "\(time), \(try work) of work")
    }

    private var work: Duration {
        get throws { .nanoseconds(try stairs.agent("stair-01").processorTime) }
    }

    /// How long it takes until it lights.
    func light(_ who: Who) async throws -> Duration {
        let before = MonotonicClock.now
        switch who {
        case .itself: try stairs.agent("stair-01").signal(SIGUSR1)
        case .another: try stairs.agent("landing").signal(SIGUSR1)
        case .command:
            try await stairs.client.publish(MQTTMessage(topic: "footlight/home/zone/stairs/set", text: "on"))
        }
        let time = try await lit(after: before, within: .seconds(60))
        if who == .command {
            try await stairs.client.publish(MQTTMessage(topic: "footlight/home/zone/stairs/set", text: "auto"))
        }
        return time
    }

    /// How long it takes until it lights while somebody walks up and down before its sensor, which may begin before it knows
    /// its zones.
    func walk() async throws -> Duration {
        let before = MonotonicClock.now
        let agent = try stairs.agent("stair-01")
        for _ in 0..<119 {
            agent.signal(SIGUSR1)
            if let time = try? await lit(after: before, within: .milliseconds(500)) { return time }
        }
        return try await lit(after: before, within: .milliseconds(500))
    }

    private func lit(after instant: Int64, within limit: Duration) async throws -> Duration {
        let frames = try await stairs.frames(of: "stair-01", within: limit, "lit") {
            $0.firstLight(after: instant) != nil
        }
        return .nanoseconds((frames.firstLight(after: instant)?.t ?? .max) - instant)
    }

    /// Awaits that all is taken up, and that its bar is dark again.
    func takeUp(of zones: Int, _ what: String) async throws {
        let began = MonotonicClock.now
        _ = try await stairs.act(ActionMessage(action: "none", id: ""), on: "stair-01", within: .seconds(120))
        tell(
            "\(what) is taken up",
            "after \(Duration.nanoseconds(MonotonicClock.now - began)) more, \(try work) of work so far")
        #expect(try await stairs.zoneCount() == zones)
        try await stairs.dark("stair-01", within: .seconds(60))
        let agent = try stairs.agent("stair-01")
        #expect(agent.ending == nil, "\(agent.output)")
    }
}
