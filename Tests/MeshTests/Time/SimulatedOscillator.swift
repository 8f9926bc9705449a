import Lighting

/// A node's monotonic clock: within 200 ppm of true time, wandering, and now and then warming or cooling.
struct SimulatedOscillator: Sendable {
    private var generator: SplitMix64
    private var rate: Double
    private var target: Double
    /// Up to where the clock has been run, true nanoseconds, and what it shows there.
    private var upTo: Int64 = 0
    private var shown: Int64
    private var rest = 0.0

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
        rate = Double.random(in: -200e-6...200e-6, using: &generator)
        target = rate
        shown = Int64.random(in: 1_000_000_000...1_000_000_000_000_000, using: &generator)
    }

    /// Runs it up to `time`, true nanoseconds, never back.
    mutating func advance(to time: Int64) {
        while upTo < time {
            let end = min(time, (upTo / 1_000_000_000 + 1) * 1_000_000_000)
            let gained = rate * Double(end - upTo) + rest
            let whole = gained.rounded(.down)
            rest = gained - whole
            shown += end - upTo + Int64(whole)
            upTo = end
            if end % 1_000_000_000 == 0 { wander() }
        }
    }

    /// What it shows at `time`, no earlier than it has been run to and within the same second or so.
    func monotonic(at time: Int64) -> Int64 {
        var copy = self
        copy.advance(to: time)
        return copy.shown
    }

    /// About when it will show `monotonic`.
    func time(of monotonic: Int64) -> Int64 {
        upTo + max(0, Int64((Double(monotonic - shown) / (1 + rate)).rounded(.up)))
    }

    private mutating func wander() {
        // Every five minutes or so the sun comes out, or the lights go on: up to 15 ppm, at 0.09 ppm a second at most.
        if Int.random(in: 0..<300, using: &generator) == 0 {
            target = max(-200e-6, min(200e-6, rate + Double.random(in: -15e-6...15e-6, using: &generator)))
        }
        let change = max(-0.09e-6, min(0.09e-6, (target - rate) / 20))
        rate += change + Double.random(in: -0.01e-6...0.01e-6, using: &generator)
        rate = max(-200e-6, min(200e-6, rate))
    }
}
