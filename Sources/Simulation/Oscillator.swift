internal import Glibc
internal import Lighting

/// A node's monotonic clock: it runs off true time by up to 200 ppm, and warms and cools.
///
/// Its rate swings about `rate` as a sine does, by no more than 0.1 ppm a second: what mesh time's error bound assumes of a
/// crystal.
struct Oscillator: Sendable, Codable {
    /// Where all clocks of a world begin.
    private let start: MeshInstant
    /// How much it gains on the whole.
    private let rate: Double
    /// How far the swinging takes it, nanoseconds, and how quickly, radians per nanosecond.
    private let swing: Double
    private let frequency: Double
    private let phase: Double
    private let cosineOfPhase: Double
    /// What it shows at the beginning.
    private var epoch: Int64

    /// - Parameters:
    ///   - partsPerMillion: what it gains, -185…185.
    ///   - period: of its warming and cooling, seconds.
    ///   - phase: where in that it begins, 0…1.
    init(partsPerMillion: Double, period: Double, phase: Double, epoch: Int64, start: MeshInstant) {
        self.start = start
        self.epoch = epoch
        rate = partsPerMillion * 1e-6
        frequency = 2 * .pi / (period * 1e9)
        // At most 15 ppm, and at most 0.1 ppm a second.
        let swingRate = min(15e-6, 0.1e-6 / 1e9 / frequency)
        swing = swingRate / frequency
        self.phase = phase * 2 * .pi
        cosineOfPhase = cos(self.phase)
    }

    /// What it shows at a true instant, nanoseconds.
    func monotonic(at truth: MeshInstant) -> Int64 {
        let passed = truth.nanoseconds - start.nanoseconds
        return epoch + passed + gained(Double(passed))
    }

    /// The first true instant at which it shows `monotonic` or more.
    func truth(of monotonic: Int64) -> MeshInstant {
        let shown = monotonic - epoch
        // What it gains changes by 200 ppm at most, so that each round gains three digits and more.
        var passed = shown
        for _ in 0..<4 {
            let next = shown - gained(Double(passed))
            if next == passed { break }
            passed = next
        }
        while passed + gained(Double(passed)) < shown { passed += 1 }
        while passed - 1 + gained(Double(passed - 1)) >= shown { passed -= 1 }
        return MeshInstant(nanoseconds: start.nanoseconds + passed)
    }

    /// The board lost its power: it counts from nothing again.
    mutating func restart(at truth: MeshInstant) { epoch -= monotonic(at: truth) }

    private func gained(_ passed: Double) -> Int64 {
        Int64((rate * passed + swing * (cosineOfPhase - cos(frequency * passed + phase))).rounded(.down))
    }
}
