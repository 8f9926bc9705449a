import Fleet
import Lighting
import Mesh

@testable import Telemetry

/// Records to test with.
enum Examples {
    static let start = MeshInstant(nanoseconds: 1_790_000_000_000_000_000)

    /// An activity as the wire has it.
    static func activity() throws -> Activity {
        let text = """
            {"began":1790000000000000000,"cause":"doesn't answer","detail":"waits for the spare","id":"a-1","kind":"replacement",
             "node":"stair-02","spare":"spare-01","status":"InProgress","step":"replace"}
            """
        return try JSON.decode(Activity.self, from: Array(text.utf8))
    }

    /// One body of each kind.
    static func bodies() throws -> [RecordBody] {
        [
            .motion(MotionEvent(sensor: "bottom", motion: true)),
            .light(
                FirstLight(
                    zone: "stairs", bar: "bar", activation: start.nanoseconds, planned: start.nanoseconds + 40_000_000,
                    actual: start.nanoseconds + 40_213_000)),
            .health(HealthTransition(node: "stair-02", status: .unhealthy, cause: "doesn't answer")),
            .activity(GroupActivity(zone: "stairs", activity: try activity())),
            .sample(MetricSample(name: "memory", value: 11.5, unit: "MB")),
            .log(LogLine(level: .warning, text: "no broker: “connection refused”, \t tried again")),
        ]
    }

    static func chain(_ boot: String = "1f0c", previous: Digest = .none) -> RecordChain {
        RecordChain(site: "home", node: "stair-01", boot: boot, previous: previous)
    }

    /// A line with parts of it replaced.
    static func line(replacing old: String, by new: String) -> [UInt8] {
        var chain = chain()
        let line = chain.append(.motion(MotionEvent(sensor: "bottom", motion: true)), at: start)
        return Array(String(decoding: line, as: UTF8.self).replacing(old, with: new).utf8)
    }
}
