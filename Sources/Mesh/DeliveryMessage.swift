internal import Lighting

/// The time that messages take to arrive at a node, so that those who plan can wait for the slowest.
public struct DeliveryMessage: Payload, Hashable {
    /// The time that 99 of 100 don't exceed, in seconds.
    public var seconds: Double
    /// The number of messages that were measured.
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

    /// - Throws: ``MessageError`` for a figure beyond 0…10 s.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try checkSeconds(seconds, within: .zero ... .seconds(10), field: "seconds")
    }

    /// What 99 of 100 messages don't exceed.
    var delay: Duration { .nanoseconds(Int64((seconds * 1e9).rounded())) }
}
