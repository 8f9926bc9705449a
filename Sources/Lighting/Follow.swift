/// Light that walks along: the bars around whoever walks are lit, and go dark behind them.
public struct Follow: Sendable, Hashable {
    /// The numbers of bars to each side of a person that may be lit: 1…1000.
    public static let reachRange = 1...1000
    /// The times that a person may take from one bar to the next: 0…5 s.
    public static let paceRange = Duration.zero...Duration.seconds(5)

    /// The number of bars to each side of a person that are lit.
    public var reach: Int
    /// The time that a person takes from one bar to the next: light goes on at this pace where no sensor is.
    ///
    /// The default is a brisk step: 90 to 120 a minute are usual on stairs, and light mustn't be slower than people.
    ///
    /// - Source: J. J. Fruin, "Pedestrian Planning and Design" (1971), on speeds on stairs: 0.5 to 0.8 m/s along them.
    public var pace: Duration

    /// Light that walks along.
    public init(reach: Int = 3, pace: Duration = .milliseconds(400)) {
        self.reach = reach
        self.pace = pace
    }
}

/// How light follows whoever was seen by one sensor: to both sides, up to where the next sensor sees them.
struct FollowPath {
    private let follow: Follow
    private let wave: Wave?
    private let origin: Int
    /// The bars that it lights.
    private let bars: ClosedRange<Int>
    private let isAtOnce: Bool

    /// - Parameter blind: sensors that see nobody now: light goes on past them.
    init(_ follow: Follow, _ wave: Wave?, from sensor: String, in zone: Zone, blind: Set<String> = []) {
        self.follow = follow
        self.wave = wave
        let last = max(0, zone.bars.count - 1)
        let origin = zone.origin(of: sensor)
        self.origin = origin
        isAtOnce = sensor == WireSensor.together.rawValue
        var (low, high) = (0, last)
        if !isAtOnce {
            for (other, position) in zone.sensors where !blind.contains(other) && WireSensor(rawValue: other) == nil {
                let place = position.index(in: zone.bars)
                if place < origin { low = max(low, place) }
                if place > origin { high = min(high, place) }
            }
            low = max(0, min(low, origin - follow.reach))
            high = min(last, max(high, origin + follow.reach))
        }
        bars = low...max(low, high)
    }

    /// Whether it lights the bar at `index`.
    func isThrough(_ index: Int) -> Bool { bars.contains(index) }

    /// How long after motion the bar at `index` lights: those around the person in the zone's wave, the rest ahead of them.
    func delay(of index: Int) -> Duration {
        guard !isAtOnce else { return .zero }
        let distance = abs(index - origin)
        let around = (wave?.delay(reversed: isReversed(at: index)) ?? .zero) * min(distance, follow.reach)
        return around + follow.pace * max(0, distance - follow.reach)
    }

    /// How long after the hold's end the bar at `index` goes off: the person has walked on, and the bars are behind them.
    func offDelay(of index: Int) -> Duration { isAtOnce ? .zero : follow.pace * abs(index - origin) }

    /// How long after the hold's end the last bar goes off.
    var longestOff: Duration { max(offDelay(of: bars.lowerBound), offDelay(of: bars.upperBound)) }

    /// How light comes and goes along the bar at `index`.
    func run(through index: Int) -> LitPeriod.Run {
        let along = wave?.along ?? .zero
        return LitPeriod.Run(
            on: along, onIsReversed: isReversed(at: index), off: along, offIsReversed: isReversed(at: index))
    }

    private func isReversed(at index: Int) -> Bool { index < origin }
}
