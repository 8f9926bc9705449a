/// The light that a bar has shown lately, for the pixels along it: in an inner wave each shows what the bar showed a
/// while ago.
public struct Trail: Sendable, Hashable {
    /// How many cues back it remembers: more than come within the time that a wave takes along a bar.
    private static let longest = 8

    /// The time that light takes along the bar.
    public private(set) var along = Duration.zero
    /// Whether it goes from the last pixel to the first.
    private var isReversed = false
    private var past: [Leg] = []

    /// What the bar went by until it took up another cue.
    private struct Leg: Hashable {
        var until: MeshInstant
        var fader: Fader
    }

    /// No trail.
    public init() {}

    /// The bar, which went by `fader`, takes up `cue` at `now`.
    ///
    /// Light that still runs along the bar goes on as it came: another direction, or a bar all at once, waits for a cue
    /// that finds it at rest, so that no pixel jumps.
    public mutating func follow(_ cue: Cue, after fader: Fader, at now: MeshInstant, fresh: Bool) {
        if fresh || fader.restsAt + along <= now {
            along = cue.along
            isReversed = cue.isReversed
            past = []
        }
        guard along > .zero, !fresh else { return }
        let oldest = now - along
        past.removeAll { $0.until < oldest }
        past = past.suffix(Trail.longest - 1) + [Leg(until: now, fader: fader)]
    }

    /// Returns the light that the pixel at `place` (0…1 along the bar) shows at `instant`, when the bar goes by
    /// `fader`.
    public func light(at instant: MeshInstant, place: Double, fader: Fader) -> Light {
        let seen = instant - along * (isReversed ? 1 - place : place)
        return (past.first { $0.until > seen }?.fader ?? fader).light(at: seen)
    }

    /// Moves all instants, as ``Fader/shift(by:)`` does.
    public mutating func shift(by step: Duration) {
        for index in past.indices {
            past[index].until = past[index].until + step
            past[index].fader.shift(by: step)
        }
    }
}
