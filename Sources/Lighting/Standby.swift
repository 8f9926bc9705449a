/// A guide light: what a zone's bars show while nobody is there.
public struct Standby: Sendable, Hashable {
    /// The bars that show it.
    public enum Bars: String, Sendable, Hashable, CaseIterable {
        /// All.
        case all
        /// The first and the last: the ends of a stair.
        case ends
    }

    /// The brightness; dark: none, but where the profile says otherwise.
    public var level: Lightness
    /// The colour; nil: the look's.
    public var colour: Colour?
    /// The bars that show it.
    public var bars: Bars

    /// How long it takes to come or go by itself, at least: it isn't to draw anybody's eye.
    static let shortestEase = Duration.seconds(2)

    /// A guide light.
    public init(level: Lightness, colour: Colour? = nil, bars: Bars = .all) {
        self.level = level
        self.colour = colour
        self.bars = bars
    }

    /// Whether the bar at `index` of `count` is one of those.
    func isShown(by index: Int, of count: Int) -> Bool { bars == .all || index == 0 || index == count - 1 }
}

extension Zone {
    /// True if it has a guide light at any time of day.
    public var hasStandby: Bool { profile.hasStandby || standby?.level ?? .dark > .dark }

    /// What its bars show at `instant` while nobody is there, and since when the profile has it so (nil: always).
    func standby(at instant: MeshInstant, clock: CivilClock) -> (light: Light, since: MeshInstant?) {
        let known = profile.entry(at: instant, clock: clock)
        let level = known?.entry.standby ?? standby?.level ?? .dark
        let colour = known?.entry.colour ?? look.colour
        return (Light(lightness: level, colour: level > .dark ? standby?.colour ?? colour : colour), known?.since)
    }
}

/// Whether one bar shows its zone's guide light, and since when; what it did before was the other.
struct StandbyState: Sendable, Hashable {
    var isShown = false
    var since = MeshInstant.distantPast

    /// Never.
    static let none = StandbyState()

    func isShown(at instant: MeshInstant) -> Bool { instant >= since ? isShown : !isShown }
}
