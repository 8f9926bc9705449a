public import Lighting
public import MQTT
public import Mesh

/// Something that a node asks the edge around it to do.
public enum NodeEffect: Sendable {
    /// The importance of a line of the log.
    public enum Importance: Sendable, Hashable {
        /// Worth knowing.
        case info
        /// Someone should look.
        case warning
        /// Something doesn't work.
        case error
    }

    /// Publish a message; `keep`: once more after each reconnect.
    case publish(MQTTMessage, keep: Bool)
    /// Subscribe to these filters.
    case subscribe([MQTTSubscription])
    /// Subscribe to those of these topics that are, or fall under what is, subscribed to: what is kept comes again.
    case subscribeCovered([String])
    /// End these subscriptions.
    case unsubscribe([String])
    /// End the subscriptions to those of these topics that something with a wildcard covers.
    case unsubscribeCovered([String])
    /// Keep this for the next start without a broker; an empty payload forgets it.
    case remember(topic: String, payload: [UInt8])
    /// Find out the offsets of this time zone (nil: the system's) from an instant of universal time on, and tell:
    /// ``NodeMachine/Event/timeZone(_:_:)``.
    case loadTimeZone(String?, from: MeshInstant)
    /// Say this on the trigger wire.
    case signal(WireSignal)
    /// Read the system's clock and the board's checks, and tell: ``NodeMachine/Event/system(offset:synchronised:)``, then
    /// ``NodeMachine/Event/report(_:)``.
    case report
    /// Draw the present frame to the LEDs once more, and tell when it is there: ``NodeMachine/Event/probed(failure:)``.
    case probe
    /// Run the operator's program for this, and tell: ``NodeEvent/finished(id:figures:failure:)``.
    case run(NodeCommand, id: String)
    /// Leave the broker to another agent of this name, and come back after this time, telling why.
    case giveWay(for: Duration, because: String)
    /// End this process in good order, to be started again.
    case restart
    /// Take note that all that the broker keeps for the node has come.
    case settled
    /// Take note that the node's place in mesh time is another.
    case clockChanged(MeshClockState, reference: String?)
    /// Take note that mesh time jumped.
    case clockStepped(Duration)
    /// Take note that the time of day is mesh time and this from now on.
    case timeOfDay(correction: Duration)
    /// Write a line to the log.
    case log(Importance, String)
}

extension NodeEffect.Importance {
    init(_ importance: NodeAction.Importance) { self = importance == .info ? .info : .warning }
}

extension MQTTMessage {
    init(_ publication: NodeAction.Publication) {
        self.init(
            topic: publication.topic, payload: publication.payload,
            qos: publication.qos == 0 ? .atMostOnce : .atLeastOnce, retain: publication.retain)
    }
}
