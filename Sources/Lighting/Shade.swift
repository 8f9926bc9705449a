/// The part of one zone's light that a bar shows, when another of its zones is put out by a command: then the bar is to
/// be dark.
public struct Shade: Sendable {
    private var fader = Fader()

    /// All is shown.
    public init(at now: MeshInstant) {
        fader.follow(Shade.cue(.full, at: .distantPast, ease: .zero, .linear), at: now, fresh: true)
    }

    private static func cue(_ target: Lightness, at instant: MeshInstant, ease: Duration, _ curve: EasingCurve) -> Cue {
        let from = Light(lightness: target == .dark ? .full : .dark, colour: .warmWhite)
        return Cue(
            at: instant, target: Light(lightness: target, colour: .warmWhite), from: from, ease: ease, curve: curve,
            reason: .manual)
    }

    /// True if nothing is to be shown.
    public var isClosed: Bool { fader.cue?.target.lightness == .dark }

    /// Closes as another zone's light goes by its cue.
    ///
    /// - Parameter fresh: there is nothing to be seen that would have to fade.
    public mutating func close(with cue: Cue, at now: MeshInstant, fresh: Bool) {
        fader.follow(Shade.cue(.dark, at: cue.at, ease: cue.ease, cue.curve), at: now, fresh: fresh)
    }

    /// Opens from an instant on, as a light comes by its cue.
    public mutating func open(from instant: MeshInstant, with cue: Cue, at now: MeshInstant) {
        fader.follow(Shade.cue(.full, at: instant, ease: cue.ease, cue.curve), at: now)
    }

    /// Returns what is left of a light.
    public func shading(_ light: Light, at instant: MeshInstant) -> Light {
        var light = light
        light.lightness = Lightness(light.lightness.value * fader.light(at: instant).lightness.value)
        return light
    }

    /// The instant at which it comes to rest.
    public var restsAt: MeshInstant { fader.restsAt }

    /// Returns true if it is open for good.
    public func isOpen(at now: MeshInstant) -> Bool { !isClosed && fader.restsAt <= now }

    /// Moves all instants, as ``Fader/shift(by:)`` does.
    public mutating func shift(by step: Duration) { fader.shift(by: step) }
}
