/// The reason why a message won't be delivered.
public enum DropReason: Sendable, Hashable, CustomStringConvertible {
    /// QoS 0, and there is no connection.
    case offline
    /// More was waiting than the limits allow, and this was the oldest.
    case backlogFull
    /// A later retained message on the same topic took its place while it waited.
    case superseded
    /// The broker, or the library for it, refused it.
    case refused(String)
    /// The connection was closed first.
    case closed

    /// The reason in words.
    public var description: String {
        switch self {
        case .offline: "there is no connection, and QoS 0 doesn't wait for one"
        case .backlogFull: "too much was waiting to be sent, and it was the oldest"
        case .superseded: "a later retained message took its place"
        case .refused(let why): "it was refused: \(why)"
        case .closed: "the connection was closed before it was acknowledged"
        }
    }
}
