internal import Fleet
internal import Lighting

/// A scheduled action, and whose.
struct ScheduledActionRow: Encodable {
    let zone: String
    let scheduledAction: ScheduledActionMessage

    /// `sleep (night) at 2026-03-29 01:00:00`
    static func words(_ action: ScheduledActionMessage) -> String {
        "\(action.action) (\(action.name))"
            + (action.next.map { " at " + HumanTime.date(MeshInstant(nanoseconds: $0)) } ?? "")
    }
}

extension GroupMessage {
    /// The scheduled action that is due first.
    var nextScheduledAction: ScheduledActionMessage? {
        scheduledActions?.min { $0.next ?? .max < $1.next ?? .max }
    }
}
