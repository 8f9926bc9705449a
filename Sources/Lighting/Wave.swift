/// The way in which light runs through the bars of a zone.
public struct Wave: Sendable, Hashable {
    /// The delays that may lie between one bar and the next: 0…5 s (L7).
    public static let delayRange = Duration.zero...Duration.seconds(5)

    /// An order in which bars light.
    public enum Order: Sendable, Hashable {
        /// From the end that the sensor stands at, so that light runs ahead of a person.
        case fromSensor
        /// From the first bar to the last, whichever sensor fired.
        case forward
        /// From the last bar to the first.
        case backward
        /// From the middle to both ends.
        case centreOut
        /// From both ends to the middle.
        case edgesIn
        /// One after another in an order that is another each time, and the same for all bars.
        case random
        /// Each bar's turn, from 0, in the order of the zone's bars; equal numbers light together.
        case positions([Int])
    }

    /// An order in which bars go off.
    public enum Off: String, Sendable, Hashable, CaseIterable {
        /// The order in which they came on: darkness follows the person.
        case follow
        /// The other way round.
        case reverse
        /// All at once.
        case together
    }

    /// The time between one bar and the next.
    public var delay: Duration
    /// The same where light runs from the zone's last bar to its first; nil: as ``delay``. People go up stairs more slowly
    /// than down.
    public var delayBackward: Duration?
    /// The time that the wave takes along each bar, from its first pixel to its last, 0…5 s; the other way where the wave
    /// comes from there.
    public var along: Duration
    /// The order in which bars light.
    public var order: Order
    /// The order in which bars go off.
    public var off: Off

    /// A wave; the defaults are those of a zone whose wave says nothing.
    public init(
        delay: Duration = .milliseconds(50), delayBackward: Duration? = nil, along: Duration = .zero,
        order: Order = .fromSensor, off: Off = .follow
    ) {
        self.delay = delay
        self.delayBackward = delayBackward
        self.along = along
        self.order = order
        self.off = off
    }

    /// No wave: all bars at once. What a time of day may have in the stead of the zone's wave.
    public static let together = Wave(delay: .zero, order: .forward)

    /// The time between one bar and the next, either way.
    func delay(reversed isReversed: Bool) -> Duration { isReversed ? delayBackward ?? delay : delay }

    /// The longest time between one bar and the next.
    public var longestDelay: Duration { max(delay, delayBackward ?? delay) }
}

extension Wave.Order {
    /// The orders that have a name, by it.
    public static let named: [(name: String, order: Wave.Order)] = [
        ("fromSensor", .fromSensor), ("forward", .forward), ("backward", .backward), ("centreOut", .centreOut),
        ("edgesIn", .edgesIn), ("random", .random),
    ]

    /// Its name; nil for a list of positions.
    public var name: String? { Wave.Order.named.first { $0.order == self }?.name }

    /// Whether light runs through the bar at `index` of `count` from its last pixel to its first: where the wave goes from the
    /// zone's last bar to its first.
    func isReversed(at index: Int, count: Int, origin: Int) -> Bool {
        switch self {
        case .fromSensor: index < origin || (index == origin && origin > 0 && origin == count - 1)
        case .backward: true
        case .centreOut: 2 * index < count - 1
        case .edgesIn: 2 * index > count - 1
        case .forward, .random, .positions: false
        }
    }

    /// How many delays after the wave's start the bar at `index` of `count` lights.
    ///
    /// - Parameters:
    ///   - origin: where the sensor stands, in bars from the first.
    ///   - seed: what makes `random` the same for all who know the activation.
    func distance(of index: Int, count: Int, origin: Int, seed: UInt64) -> Int {
        switch self {
        case .fromSensor: return abs(index - origin)
        case .forward: return index
        case .backward: return count - 1 - index
        case .centreOut: return (abs(2 * index - (count - 1)) - (count + 1) % 2) / 2
        case .edgesIn: return min(index, count - 1 - index)
        case .random: return shuffled(count, seed: seed)[index]
        case .positions(let positions): return index < positions.count ? positions[index] : index
        }
    }
}

/// 0..<count in an order that `seed` alone decides.
///
/// - Source: R. Durstenfeld, "Algorithm 235: Random permutation", CACM 7 (1964), on SplitMix64 (G. Steele et al.,
///   "Fast splittable pseudorandom number generators", OOPSLA 2014).
private func shuffled(_ count: Int, seed: UInt64) -> [Int] {
    var generator = SplitMix64(seed: seed)
    return Array(0..<count).shuffled(using: &generator)
}
