/// Something the wire's mind wants done.
public enum WireAction: Sendable, Hashable {
    /// Read what edges there are; then, if ``WireCore/isPulling`` still holds, pull the line low unless it is, and tell.
    case pull
    /// Let go of it, and tell.
    case release
    /// Tell whether it is low.
    case look
    /// A signal counts from this falling edge on, an instant of the monotonic clock.
    case heard(WireSignal, edge: Int64)
    /// The wire doesn't work, for this reason; nil: it works again.
    case fault(String?)
}
