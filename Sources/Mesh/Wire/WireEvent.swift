/// Something that happened to the wire, at an instant of the monotonic clock.
public enum WireEvent: Sendable, Hashable {
    /// The line is there (again).
    case opened(isLow: Bool)
    /// The line is gone: its chip was unplugged, or it never came.
    case closed
    /// An edge by which the line fell or rose, at the kernel's stamp.
    case fell, rose
    /// The answer to ``WireAction/look``.
    case looked(isLow: Bool)
    /// ``WireAction/pull`` has been done.
    case pulled
    /// The pull did not happen: the wire was low already, and the edge that says so is still to come.
    case taken
    /// ``WireAction/release`` has been done; whether somebody else goes on pulling, or the cable is slow to rise.
    case released(isLow: Bool)
    /// The node has something to say.
    case send(WireSignal)
    /// An instant has come that was asked for.
    case tick
}
