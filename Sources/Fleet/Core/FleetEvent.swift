public import Lighting

/// Something that happened to a fleet agent.
public enum FleetEvent: Sendable {
    /// The broker took the agent's connection.
    case connected
    /// All retained messages of its subscriptions have come.
    case settled
    /// The broker is gone.
    case disconnected
    /// A message came; `retained`: the broker had kept it from before.
    case message(topic: String, payload: [UInt8], retained: Bool = false)
    /// A message of the site's configuration that came before this start of the agent, from its cache.
    case remembered(topic: String, payload: [UInt8])
    /// The offsets of a time zone that was asked for (nil: the system's).
    case civilClock(timeZone: String?, CivilClock)
    /// A change in how records get to the backend.
    case uplink(UplinkState)
    /// Nodes were looked for at the other brokers of the list: at which those that answered did, by node.
    case looked(for: [String], found: [String: String])
    /// An instant has come that the agent asked to be woken at.
    case tick
}
