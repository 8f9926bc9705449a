public import Lighting

/// Something that happened to a node and that its mesh time depends on.
public enum MeshClockEvent: Sendable {
    /// The broker took the node's connection. Subscribe to ``ClockTopic/filters(for:site:)`` first.
    case connected
    /// The broker is gone.
    case disconnected
    /// The nodes that are online, this one among them, in the total order: ``Presence/clockOrder``. To be told
    /// whenever it changes; only once the retained statuses have come (``NodeEvent/settled``) after a connect.
    case presence([String])
    /// A node that is online has connected anew: what it left unanswered before isn't held against it.
    case returned(String)
    /// A message came, on whatever topic.
    case message(topic: String, payload: [UInt8])
    /// The system's clock less the monotonic one, nanoseconds, and whether NTP or the like keeps it. To be told at
    /// start, every now and then (with the health report), and when it jumped.
    case system(offset: Int64, synchronised: Bool)
    /// Something that outlives who said it, and is kept, was said at this instant, by whatever clock: mesh time that is
    /// begun anew goes on from there, where no better clock is known.
    case said(MeshInstant)
    /// A change of the node's light: on or off. While none is on, an error that would take long to slew may be stepped
    /// over.
    case lit(Bool)
    /// ``MeshClockCore/nextDue`` has come.
    case tick
}
