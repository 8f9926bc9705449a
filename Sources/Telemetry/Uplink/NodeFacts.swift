internal import Fleet
internal import Lighting
internal import Mesh

/// What is worth a record in what a node says of itself: it tells news from what was said before.
struct NodeFacts: Sendable {
    private struct Sensor {
        var motion = false
        var lastEdge: MeshInstant
    }

    /// How far apart samples of the report's figures are at least, nanoseconds.
    static let sampling: Int64 = 300_000_000_000
    /// How a check that fails stands in a report.
    private static let unhealthy = Array("\"healthy\":false".utf8)

    private let site: String
    private let node: String
    /// What was before this start of the agent is in that boot's records.
    private var since: MeshInstant
    private var sensors: [String: Sensor] = [:]
    private var lights: [String: BarMessage.FirstLight] = [:]
    private var failing: Set<String> = []
    /// When the report's figures are to become samples next, on the monotonic clock.
    private var samplesDue = Int64.min

    init(site: String, node: String, since: MeshInstant) {
        self.site = site
        self.node = node
        self.since = since
    }

    /// What is new in a message of the node's own, and when it was.
    ///
    /// - Parameter now: when it was said, on the monotonic clock.
    mutating func take(_ topic: String, _ payload: [UInt8], at now: Int64) -> [(RecordBody, MeshInstant)] {
        guard let topic = Topic(name: topic, site: site) else { return [] }
        switch topic {
        case .sensor, .bar: break
        // Read only where something fails, or did, and now and then for its figures: a report is long.
        case .health where samplesDue <= now || !failing.isEmpty || payload.contains(NodeFacts.unhealthy): break
        default: return []
        }
        return switch try? MeshMessage(topic, payload) {
        case .sensor(_, let name, let message?): take(message, of: name)
        case .bar(_, let name, let report?): report.firstLight.map { take($0, of: name) } ?? []
        case .health(_, let report?): transition(report) + samples(report, at: now)
        default: []
        }
    }

    /// Mesh time jumped.
    mutating func shift(by step: Duration) {
        since = since + step
        sensors = sensors.mapValues { Sensor(motion: $0.motion, lastEdge: $0.lastEdge + step) }
    }

    private mutating func take(_ message: SensorMessage, of name: String) -> [(RecordBody, MeshInstant)] {
        let known = sensors[name] ?? Sensor(lastEdge: since)
        let edge = MeshInstant(nanoseconds: message.lastEdge)
        sensors[name] = Sensor(motion: message.motion, lastEdge: max(edge, known.lastEdge))
        var events: [(RecordBody, MeshInstant)] = []
        // Motion for a moment is said once, when it is over.
        if !known.motion, message.motion || edge > known.lastEdge {
            events.append((.motion(MotionEvent(sensor: name, motion: true)), edge))
        }
        if !message.motion, known.motion || edge > known.lastEdge {
            let last = MeshInstant(nanoseconds: message.lastMotion)
            events.append((.motion(MotionEvent(sensor: name, motion: false)), last))
        }
        return events
    }

    private mutating func take(_ light: BarMessage.FirstLight, of name: String) -> [(RecordBody, MeshInstant)] {
        let known = lights[name]
        guard known?.activation != light.activation || known?.zone != light.zone else { return [] }
        lights[name] = light
        let body = FirstLight(
            zone: light.zone, bar: name, activation: light.activation, planned: light.planned, actual: light.actual)
        return [(.light(body), MeshInstant(nanoseconds: light.actual))]
    }

    private mutating func samples(_ report: HealthMessage, at now: Int64) -> [(RecordBody, MeshInstant)] {
        guard samplesDue <= now else { return [] }
        samplesDue = now + NodeFacts.sampling
        return report.checks.map { check in
            let sample = MetricSample(name: check.check, value: check.value, unit: check.unit)
            return (.sample(sample), MeshInstant(nanoseconds: report.at))
        }
    }

    private mutating func transition(_ report: HealthMessage) -> [(RecordBody, MeshInstant)] {
        let faults = report.checks.filter { !$0.healthy }
        let names = Set(faults.map(\.check))
        guard names != failing else { return [] }
        failing = names
        let cause = faults.map { "\($0.check): \($0.detail ?? "\($0.value) \($0.unit)")" }.joined(separator: "; ")
        let body = HealthTransition(node: node, status: names.isEmpty ? .healthy : .unhealthy, cause: cause)
        return [(.health(body), MeshInstant(nanoseconds: report.at))]
    }
}
