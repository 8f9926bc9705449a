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

    /// The delay that 99 of 100 messages don't exceed (of fewer than a hundred: the longest); nil before the first.
    var p99: Duration? {
        guard let longest = samples.max() else { return nil }
        guard samples.count >= 100, let place = samples.firstIndex(of: longest) else { return longest }
        // The nearest rank of 100 to 128 is the second longest: no need to sort for that.
        return (samples[..<place] + samples[(place + 1)...]).max()
    }

    /// The share of messages, 0…1, that took as long as TCP's delayed acknowledgement holds one back.
    ///
    /// - Source: Linux delays acknowledgements by 40 ms (TCP_DELACK_MIN), which a sender without TCP_NODELAY waits for.
    var heldBack: Double {
        let held = samples.count { (.milliseconds(38)...(.milliseconds(50))).contains($0) }
        return samples.isEmpty ? 0 : Double(held) / Double(samples.count)
    }
}
