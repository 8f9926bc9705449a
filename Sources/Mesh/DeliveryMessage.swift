internal import Lighting

/// How long messages take to arrive at a node, so that those who plan can wait for the slowest.
public struct DeliveryMessage: Codable, Sendable, Hashable {
    /// What 99 of 100 stay below, in seconds.
    public var seconds: Double
    /// How many were measured.
    public var samples: Int

    /// A figure.
    init(_ delay: Duration, samples: Int) {
        seconds = delay.seconds
        self.samples = samples
    }

    /// The figure where it can be: 0…10 s.
    ///
    /// - Throws: ``MessageError``.
    func checked() throws(MessageError) -> Duration {
        try checkSeconds(seconds, within: .zero ... .seconds(10), field: "seconds")
    }
}
