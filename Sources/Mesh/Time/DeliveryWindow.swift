internal import Lighting

/// How long messages take to arrive here: the last of them, and what almost all of them stay below.
struct DeliveryWindow: Sendable, Hashable {
    /// How many are remembered.
    static let capacity = 128

    private var samples: [Duration] = []
    private var next = 0

    /// How many have been measured, ``capacity`` at most.
    var count: Int { samples.count }

    /// A message took this long. One from the future (clocks differ) took no time.
    mutating func add(_ delay: Duration) {
        let delay = max(delay, .zero)
        if samples.count < DeliveryWindow.capacity {
            samples.append(delay)
        } else {
            samples[next] = delay
            next = (next + 1) % DeliveryWindow.capacity
        }
    }

    /// The delay that 99 of 100 messages stay below (of fewer than a hundred: the longest); nil before the first.
    var p99: Duration? {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        return sorted[(sorted.count - 1) * 99 / 100]
    }
}
