/// Something the clock of a node wants done.
public enum MeshClockAction: Sendable, Hashable {
    /// A message to publish, QoS 0, not retained; to be dropped rather than queued while the broker is away.
    case publish(topic: String, payload: [UInt8])
    /// The state is another: say so in the health report, and act on arrival or at instants accordingly.
    case changed(MeshClockState)
    /// Mesh time jumped by this, forward or back: plan anew whatever was planned.
    case stepped(by: Duration)
    /// The time of day is mesh time and this, from now on: ``MeshClockCore/civilCorrection``. Plan profiles anew.
    case timeOfDay(correction: Duration)
    /// Write a line to the log.
    case log(NodeAction.Importance, String)
}
