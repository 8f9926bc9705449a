internal import Lighting

/// How long messages take to arrive at a node, so that those who plan can wait for the slowest.
public struct DeliveryMessage: Codable, Sendable, Hashable {
    /// What 99 of 100 don't exceed, in seconds.
    public var seconds: Double
    /// How many were measured.
    public var samples: Int
    /// The share of them, 0…1, that took 38 to 50 ms: as long as TCP's delayed acknowledgement holds messages of a
    /// broker without TCP_NODELAY back. Absent where nobody says.
    public var heldBack: Double?

    /// A figure.
    init(_ delay: Duration, samples: Int, heldBack: Double) {
        seconds = delay.seconds
        self.samples = samples
        self.heldBack = (heldBack * 100).rounded() / 100
    }

    /// The figure where it can be: 0…10 s.
    ///
    /// - Throws: ``MessageError``.
    func checked() throws(MessageError) -> Duration {
        try checkSeconds(seconds, within: .zero ... .seconds(10), field: "seconds")
    }
}
