internal import Foundation

/// A second zone's loss while the first is still away: how likely, and what it takes. Exact, from rates and spreads.
public struct SecondFailure: Sendable, Hashable {
    /// The number of zones, 2…
    public var zones: Int
    /// Times and rates.
    public var timings: OutageTimings

    /// The second failure among `zones` zones.
    public init(zones: Int, timings: OutageTimings = OutageTimings()) {
        self.zones = zones
        self.timings = timings
    }

    private static var year: Double { 365.25 * 86400 }

    /// The chance that a given zone is lost within `seconds`: 1 − e^(−λt).
    public func chance(within seconds: Double) -> Double {
        -expm1(-timings.zoneFailuresPerYear / Self.year * seconds)
    }

    /// The mean of 1 − e^(−λt) over an even spread of t from a to b: 1 − (e^(−λa) − e^(−λb)) / (λ(b − a)); over a triangular
    /// one by adding up a thousand parts of equal chance.
    public func chance(within spread: TimeSpread, zones count: Int) -> Double {
        let rate = timings.zoneFailuresPerYear / Self.year * Double(count)
        let (a, b) = (spread.shortest.inSeconds, spread.longest.inSeconds)
        guard rate > 0 else { return 0 }
        if spread.likeliest == nil, b > a { return 1 + (exp(-rate * b) - exp(-rate * a)) / (rate * (b - a)) }
        let parts = 1000
        return (0..<parts).reduce(0.0) { sum, part in
            sum - expm1(-rate * spread.seconds(at: (Double(part) + 0.5) / Double(parts)))
        } / Double(parts)
    }

    /// The chance that another zone is lost before the first is back.
    public var chanceOfAny: Double { chance(within: timings.zoneReturn, zones: zones - 1) }

    /// The chance that it takes a Multi-AZ database that had something in the first zone, whose only copy then lies in
    /// one zone: with two zones until the first is back, with more until a new standby is made.
    public var chanceOfDatabase: Double {
        chance(within: zones > 2 ? timings.standbyRebuild : timings.zoneReturn, zones: 1)
    }

    /// The share of what serves after the first loss and its repair that a second takes: all of it with two zones, half
    /// with three, 1/(z−1).
    public var shareTaken: Double { zones > 1 ? 1 / Double(zones - 1) : 1 }

    /// The time for which the service is then down, in seconds in the mean: with two zones until the first is back,
    /// which is half of its time away, for the second loss falls anywhere in it; with more, not at all.
    public var meanOutage: Double { zones > 2 ? 0 : timings.zoneReturn.mean.inSeconds / 2 }

    /// Simulated: the share of `trials` in which another zone is lost before the first is back.
    public func simulatedChance(trials: Int, seed: UInt64) -> Double {
        var generator = SeededGenerator(seed: seed)
        let rate = timings.zoneFailuresPerYear / Self.year
        var hits = 0
        for _ in 0..<trials {
            let back = timings.zoneReturn.seconds(at: generator.unit())
            let next = (0..<(zones - 1)).reduce(Double.infinity) { next, _ in
                min(next, -log(1 - generator.unit()) / rate)
            }
            if next < back { hits += 1 }
        }
        return Double(hits) / Double(trials)
    }
}
