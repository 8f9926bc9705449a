import Glibc
import Lighting

/// How long messages take from one node to another, through the broker.
enum NetworkShape: String, CaseIterable, Sendable {
    /// Median 0.1 ms.
    case loopback = "loopback, median 0.1 ms"
    /// Median 3 ms, 99th percentile 15 ms each way.
    case wifi = "Wi-Fi, median 3 ms, p99 15 ms"
    /// The same, and what comes waits for the radio to wake up: 100 ms to 2 s. What goes doesn't.
    case powerSaving = "Wi-Fi with power saving, 0.1–2 s one way"

    /// A delay, nanoseconds.
    func delay(by generator: inout SplitMix64, answer: Bool) -> Int64 {
        func lognormal(median: Double, sigma: Double) -> Double {
            let radius = sqrt(-2 * log(Double.random(in: 1e-12..<1, using: &generator)))
            return median * exp(sigma * radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator)))
        }
        switch self {
        case .loopback: return Int64(lognormal(median: 0.1e6, sigma: 0.5))
        case .wifi: return Int64(lognormal(median: 3e6, sigma: 0.692))
        case .powerSaving:
            let radio = answer ? Double.random(in: 0.1e9...2e9, using: &generator) : 0
            return Int64(lognormal(median: 3e6, sigma: 0.692) + radio)
        }
    }
}
