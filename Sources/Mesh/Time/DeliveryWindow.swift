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
        // The second or third longest at most: no need to sort for that.
        var longest: [Duration] = []
        let rank = samples.count - 1 - (samples.count - 1) * 99 / 100
        for sample in samples where longest.count <= rank || sample > longest[0] {
            if longest.count > rank { longest.removeFirst() }
            longest.insert(sample, at: longest.firstIndex { $0 > sample } ?? longest.count)
        }
        return longest[0]
    }
}
