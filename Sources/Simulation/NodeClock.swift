internal import Lighting

/// What a node takes for mesh time: the one door through which time comes into a simulated node.
///
/// "True" instants are those of the world, which no node knows. The clock core of Sources/Mesh/Time takes the place of
/// ``DriftingClock`` by another implementation of this, made of an oscillator and the core.
protocol NodeClock: Sendable {
    /// The mesh time that the node believes in at a true instant.
    func mesh(at truth: MeshInstant) -> MeshInstant
    /// The first true instant at which the node's mesh time is `mesh` or later, if nobody touches the clock.
    func truth(of mesh: MeshInstant) -> MeshInstant
    /// How far from the truth it is at most.
    var bound: Duration { get }
    /// Somebody sets the system's clock by this much.
    mutating func step(by amount: Duration)
}

/// A clock that wanders to and fro within a bound at a constant rate, as one that is disciplined does.
struct DriftingClock: NodeClock {
    private let amplitude: Int64
    private let partsPerMillion: Double
    private let phase: Double
    private var stepped: Int64 = 0

    /// A clock that errs by up to `amplitude` and drifts at `partsPerMillion` (up to 200).
    init(amplitude: Duration, partsPerMillion: Double, phase: Double) {
        self.amplitude = amplitude.nanoseconds
        self.partsPerMillion = partsPerMillion
        self.phase = phase
    }

    var bound: Duration { .nanoseconds(amplitude + abs(stepped)) }

    func mesh(at truth: MeshInstant) -> MeshInstant {
        MeshInstant(nanoseconds: truth.nanoseconds + error(truth.nanoseconds))
    }

    func truth(of mesh: MeshInstant) -> MeshInstant {
        // The error changes by 200 ppm at most, so that each round gains three digits and more.
        var guess = mesh.nanoseconds - stepped
        for _ in 0..<5 { guess = mesh.nanoseconds - error(guess) }
        while guess + error(guess) < mesh.nanoseconds { guess += 1 }
        return MeshInstant(nanoseconds: guess)
    }

    mutating func step(by amount: Duration) { stepped += amount.nanoseconds }

    /// A triangle wave between -amplitude and +amplitude.
    private func error(_ truth: Int64) -> Int64 {
        guard amplitude > 0 else { return stepped }
        let period = Double(amplitude) * 4 / (partsPerMillion * 1e-6)
        var turns = Double(truth % 1_000_000_000_000_000) / period + phase
        turns -= turns.rounded(.down)
        return stepped + Int64((abs(turns - 0.5) * 4 - 1) * Double(amplitude))
    }
}
