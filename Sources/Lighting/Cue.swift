/// A change of light that begins at an instant: what a bar is to show from then on, and how it gets there.
public struct Cue: Sendable, Hashable {
    /// The reason why a bar shows what it shows.
    public enum Reason: Sendable, Hashable {
        /// Absence: nobody is there.
        case idle
        /// Motion: the activation that began at this instant.
        case motion(MeshInstant)
        /// A manual command.
        case manual
    }

    /// The instant at which the change begins.
    public var at: MeshInstant
    /// The light that the bar is to show at the change's end.
    public var target: Light
    /// The light that the bar showed before, if all went as planned; for who comes late and can't know.
    public var from: Light
    /// The time that the change takes.
    public var ease: Duration
    /// The curve along which it goes.
    public var curve: EasingCurve
    /// The reason for the change.
    public var reason: Reason
    /// The time that it takes along the bar.
    public var along = Duration.zero
    /// True if it goes from the bar's last pixel to its first.
    public var isReversed = false

    /// The instant at which the change is complete.
    public var end: MeshInstant { at + ease }

    /// How much of the change is done at `instant`, 0…1.
    func progress(at instant: MeshInstant) -> Double {
        guard ease > .zero else { return instant >= at ? 1 : 0 }
        return curve(Double((instant - at).nanoseconds) / Double(ease.nanoseconds))
    }
}
