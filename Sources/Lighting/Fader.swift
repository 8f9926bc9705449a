/// A bar's way through its cues: it takes each up from where it is, so that light never jumps but where asked.
public struct Fader: Sendable, Hashable {
    /// The shortest time in which a bar that heard of a cue too late catches up with it.
    public static let catchUp = Duration.milliseconds(200)

    /// The cue that it follows.
    public private(set) var cue: Cue?
    private var change: Change?

    private struct Change: Hashable {
        var cue: Cue
        var from: Light
        /// The part of the cue's change that was over when it was taken up, 0…1.
        var joined: Double
    }

    /// A fader that shows nothing yet.
    public init() {}

    /// Takes up `cue` at `now` from whatever it shows. Already late: it moves along so as to arrive with the others.
    ///
    /// - Parameter fresh: it has only just begun and knows no past: it is at once where the plan has it.
    public mutating func follow(_ cue: Cue, at now: MeshInstant, fresh: Bool = false) {
        guard cue != self.cue else { return }
        defer { self.cue = cue }
        if fresh {
            change = Change(cue: cue, from: cue.from, joined: 0)
            return
        }
        let shown = light(at: now)
        if shown == cue.target {
            change = Change(cue: cue, from: cue.target, joined: 0)
        } else if cue.ease > .zero, now > cue.at, cue.end - now < min(Fader.catchUp, cue.ease) {
            var late = cue
            late.at = now
            late.ease = min(Fader.catchUp, cue.ease)
            change = Change(cue: late, from: shown, joined: 0)
        } else {
            change = Change(cue: cue, from: shown, joined: cue.ease > .zero ? cue.progress(at: now) : 0)
        }
    }

    /// Moves all instants: time itself jumped, and the light goes on as if nothing had happened.
    public mutating func shift(by step: Duration) {
        if let at = cue?.at { cue?.at = at + step }
        if let at = change?.cue.at { change?.cue.at = at + step }
    }

    /// Returns the light that the bar shows at `instant`, which is not before its cue was taken up.
    public func light(at instant: MeshInstant) -> Light {
        guard let change else { return .dark(.warmWhite) }
        let progress = change.cue.progress(at: instant)
        if progress >= 1 { return change.cue.target }
        if progress <= change.joined { return change.from }
        return .between(change.from, change.cue.target, at: (progress - change.joined) / (1 - change.joined))
    }

    /// The instant at which it comes to rest; from then on its light is the cue's target.
    public var restsAt: MeshInstant {
        guard let change, change.from != change.cue.target else { return .distantPast }
        return change.cue.end
    }
}
