internal import Lighting

// The standard library's are generic, and cost thirty times as much; these are asked for after every event.
extension Duration {
    /// So many times as long.
    static func * (duration: Duration, factor: Int) -> Duration { .nanoseconds(duration.nanoseconds * Int64(factor)) }

    /// So many times shorter.
    static func / (duration: Duration, divisor: Int) -> Duration { .nanoseconds(duration.nanoseconds / Int64(divisor)) }
}
