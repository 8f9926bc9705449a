import MQTT

/// What tests look for in events.
extension MQTTEvent {
    var isDelivered: Bool { if case .delivered = self { true } else { false } }
    var isDisconnected: Bool { if case .disconnected = self { true } else { false } }
    var isRefused: Bool { if case .refused = self { true } else { false } }
    var session: MQTTSession? { if case .connected(let session) = self { session } else { nil } }
    var message: ReceivedMessage? { if case .message(let message) = self { message } else { nil } }
    var drop: DropReason? { if case .dropped(_, _, let reason) = self { reason } else { nil } }
    var trouble: MQTTError? {
        switch self {
        case .refused(let error), .disconnected(let error), .subscriptionRefused(_, let error): error
        default: nil
        }
    }
}
