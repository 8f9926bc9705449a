public import Lighting

/// Something that happened to a node.
public enum NodeEvent: Sendable {
    /// The broker took the node's connection, the `connection`th since the agent's start. Subscribe now. `broker`: where
    /// it is, as the agent's file has it.
    case connected(connection: Int, broker: String? = nil)
    /// All retained messages of the first subscriptions have come.
    case settled
    /// The broker is gone.
    case disconnected
    /// A message came; `retained`: the broker had kept it from before.
    case message(topic: String, payload: [UInt8], retained: Bool = false)
    /// A message that came before this start of the agent, from its cache.
    case remembered(topic: String, payload: [UInt8])
    /// A message came that the edge can't take up: one of a sensor's own topic, say, or one that is too long.
    case refused(topic: String, error: MessageError)
    /// A sensor of the node's began (or goes on) to see motion, or ceased to.
    case motion(sensor: String, seen: Bool)
    /// A sensor of the node's saw motion for a moment.
    case edge(sensor: String)
    /// Something came on the topic of a sensor of the node's, or of whoever looks after it. What it sees is told apart.
    case heard(sensor: String, SensorHearing)
    /// A signal came over the trigger wire, whose pulse began at `edge`.
    case wire(WireSignal, edge: MeshInstant)
    /// A sensor of the node's can't be read (with the reason), or can again (nil).
    case sensor(String, fault: String?)
    /// A light sensor of the node's found it so bright, in lux, or can't be read (with the reason).
    case light(sensor: String, lux: Double?, fault: String?)
    /// A bar's output ceased to work (with the reason), or works again (nil).
    case output(bar: String, failure: String?)
    /// A probe or a program has come to its end: with figures, and why it failed, if it did.
    case finished(id: String, figures: [String: Double] = [:], failure: String? = nil)
    /// The end of saving: what is to be remembered is on the disk, or can't be.
    case saved
    /// The offsets of the site's time zone.
    case civilClock(CivilClock)
    /// The clock's standing: whether it goes by the mesh's reference, and by how much it may be off that at most. While
    /// it doesn't, motion elsewhere is acted on as it arrives.
    case clock(isTrusted: Bool, error: Duration = .zero)
    /// Mesh time jumped by this: what was said in the old time is said anew.
    case clockStepped(Duration)
    /// The agent is to end: bars fade out.
    case stop
    /// An instant has come that the node asked to be woken at.
    case tick

    /// True if a sensor of the node's sees motion: what others wait to be told.
    public var isMotion: Bool {
        switch self {
        case .motion(_, seen: true), .edge: true
        default: false
        }
    }
}
