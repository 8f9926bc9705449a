import Glibc
import Lighting
import MQTT
import Mesh
import Platform
import Processes
import TestSupport

extension StaircasePlan {
    /// A sensor of another maker, as zigbee2mqtt publishes it.
    static func pir(_ topic: String) -> String {
        "{driver: mqtt, topic: zigbee2mqtt/\(topic), field: occupancy, on: true, off: false}"
    }

    /// A staircase whose sensors are another maker's, with a hold short enough for a test.
    static var withPIRs: StaircasePlan {
        var plan = StaircasePlan()
        plan.bottom = pir("hall-pir")
        plan.top = pir("landing-pir")
        plan.hold = "5s"
        return plan
    }
}

extension Staircase {
    /// The hold of ``StaircasePlan/withPIRs``.
    static let hold = Duration.seconds(5)

    /// What a person would type to play a motion sensor.
    func pir(_ topic: String, _ seen: Bool) async throws {
        try await ChildProcess(
            "mosquitto_pub",
            [
                "-p", "\(broker.port)", "-q", "1", "-t", "zigbee2mqtt/\(topic)", "-m",
                "{\"occupancy\":\(seen),\"linkquality\":87}",
            ]
        ).end()
    }

    /// Awaits that a bar gives light, and returns its frames.
    @discardableResult
    func lit(_ node: String) async throws -> [TraceFrame] {
        try await frames(of: node, "gives light") { $0.contains { !$0.isDark } }
    }

    /// Awaits that a bar has come to its full light, and returns its frames.
    @discardableResult
    func full(_ node: String, within limit: Duration = .seconds(5)) async throws -> [TraceFrame] {
        try await frames(of: node, within: limit, "is fully lit") { ($0.last?.lightness ?? 0) >= 0.5999 }
    }

    /// Awaits that a bar that gave light has gone dark, and returns its frames.
    @discardableResult
    func dark(_ node: String, within limit: Duration = .seconds(15)) async throws -> [TraceFrame] {
        try await frames(of: node, within: limit, "is dark again") {
            $0.contains { !$0.isDark } && $0.last?.isDark == true
        }
    }

    /// The register of a sensor, as the broker has it.
    func register(of sensor: String) async throws -> SensorMessage {
        let parts = sensor.split(separator: "/")
        guard let text = try await retained()["node/\(parts[0])/sensor/\(parts[1])"] else {
            throw TestFailure("\(sensor) has no register")
        }
        return try JSON.decode(SensorMessage.self, from: Array(text.utf8))
    }

    /// The instant of a wave's first bar, on the monotonic clock of traces.
    func waveStart(at sensor: String) async throws -> Int64 {
        guard let part = try await register(of: sensor).zones["stairs"] else {
            throw TestFailure("\(sensor) has no part in the stairs")
        }
        let offset = RealTimeClock.now - MonotonicClock.now
        return part.firstMotion + Int64(part.leadSeconds * 1e9) - offset
    }

    /// Sleeps until an instant of the monotonic clock: for tests in which the passing of time is the event.
    func sleep(until instant: Int64) async throws {
        try await Task.sleep(for: .nanoseconds(max(0, instant - MonotonicClock.now)))
    }
}

extension [TraceFrame] {
    /// The first frame after `instant` that gives light.
    func firstLight(after instant: Int64 = .min) -> TraceFrame? { first { $0.t > instant && !$0.isDark } }

    /// The largest step of lightness from one frame to the next.
    var largestStep: Double {
        zip(self, dropFirst()).map { abs($1.lightness - $0.lightness) }.max() ?? 0
    }

    /// Whether no frame from `start` to `end` is dimmer than the one before.
    func neverDrops(from start: Int64, to end: Int64) -> Bool {
        let part = filter { $0.t >= start && $0.t <= end }
        return zip(part, part.dropFirst()).allSatisfy { $1.lightness >= $0.lightness }
    }
}
