internal import Mesh

/// A record's content.
public enum RecordBody: Sendable, Hashable {
    /// A sensor began or ceased to see motion.
    case motion(MotionEvent)
    /// A bar's first light in an activation, planned and actual.
    case light(FirstLight)
    /// A node's health status changed.
    case health(HealthTransition)
    /// Something that the fleet agent does to a node, as it begins, goes on or ends.
    case activity(GroupActivity)
    /// A figure.
    case sample(MetricSample)
    /// A line of a log.
    case log(LogLine)

    /// The kind of the content.
    public var kind: RecordKind {
        switch self {
        case .motion: .motion
        case .light: .light
        case .health: .health
        case .activity: .activity
        case .sample: .sample
        case .log: .log
        }
    }

    /// - Throws: `MessageError` for what no node writes.
    func check() throws(MessageError) {
        switch self {
        case .motion(let body): try body.check()
        case .light(let body): try body.check()
        case .health(let body): try body.check()
        case .activity(let body): try body.check()
        case .sample(let body): try body.check()
        case .log(let body): try body.check()
        }
    }
}
