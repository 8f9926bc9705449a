/// Something that gives light: an LED driver. One may serve several bars, its parts: those that share a strip.
///
/// It lives on the one thread of the agent's loop, and must never block it. It opens its device when it is first needed, and
/// anew after a failure: whoever presents it waits longer after each (``Backoff``).
public protocol LightOutput: AnyObject {
    /// The shortest time between two presentations that the hardware can follow.
    var minimumInterval: Duration { get }
    /// Takes what a part is to show. Nothing is seen of it before ``present(isAtRest:)``.
    func set(_ frame: Frame, of part: Int)
    /// Shows what the parts have been set to.
    ///
    /// - Parameter isAtRest: whether no more frames are to be expected.
    /// - Returns: how long after this it is to be presented again, though nothing has changed.
    /// - Throws: ``HardwareError`` when the hardware doesn't take it.
    func present(isAtRest: Bool) throws(HardwareError) -> Duration
    /// Says the end, after what was presented last: nothing follows, and it is to stay.
    ///
    /// - Returns: how long after this there is more to say; nil once all is said, and done.
    /// - Throws: ``HardwareError`` when the hardware doesn't take it.
    func end() throws(HardwareError) -> Duration?
}

extension LightOutput {
    /// No interval: frames are presented as often as they are drawn.
    public var minimumInterval: Duration { .zero }

    /// Leaves the last frame as it is.
    public func end() throws(HardwareError) -> Duration? { nil }
}

/// How often what doesn't change is written again, so that a device that was unplugged is noticed, and one that was plugged
/// in again, or hit by a disturbance, shows what it should.
let renewal = Duration.seconds(10)
/// How often a device with fewer steps than light has is written while it makes up for that.
let ditheringInterval = Duration.milliseconds(10)
