public import Lighting
public import MQTT
public import Mesh
public import Telemetry

extension NodeMachine {
    /// Something that happened to a node.
    public enum Event: Sendable {
        /// The process begins. The first event of all.
        case start
        /// A message is remembered from before this start.
        case remembered(topic: String, payload: [UInt8])
        /// The connection to the broker has this to tell.
        case broker(MQTTEvent)
        /// Something happened to the node's sensors, bars or programs, now or at an earlier monotonic instant.
        case node(NodeEvent, at: Int64? = nil)
        /// A signal came over the trigger wire, whose pulse began at `edge` of the monotonic clock.
        case wire(WireSignal, edge: Int64)
        /// The system's clock less the monotonic one, nanoseconds, and whether NTP or the like keeps it.
        case system(offset: Int64, synchronised: Bool)
        /// The offsets of the time zone that was asked for.
        case timeZone(String?, CivilClock)
        /// The log has these lines, and so many more that were left out.
        case logged([LogLine], andMore: Int)
        /// A health report is due, to which the edge adds these checks.
        case report([HealthMessage.Check])
        /// A frame has been written to some outputs, or all. `due`: when it was due, if it is another than before.
        case written(due: Int64?, toAll: Bool)
        /// The frame of the probes has been written, or can't be.
        case probed(failure: String?)
        /// ``NodeMachine/nextDue`` has come. `isQuiet`: nothing of what the broker sent is left unread.
        case tick(isQuiet: Bool)

        /// True if a sensor of the node's sees motion: what others wait to be told.
        public var isMotion: Bool { if case .node(let event, _) = self { event.isMotion } else { false } }
    }
}

extension NodeEvent {
    /// Whether bars may show something else after it.
    var changesLight: Bool {
        switch self {
        case .heard, .saved, .finished, .output: false
        default: true
        }
    }
}
