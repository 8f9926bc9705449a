/// What one bar has shown, as the trace of its output has it, over all lives of its node's agent.
package struct BarTrace: Sendable {
    /// A frame that was written to the bar.
    package struct Frame: Sendable, Hashable {
        /// Nanoseconds of the monotonic clock.
        package var t: Int64
        /// 0…1 of CIE L*.
        package var lightness: Double
        /// Whether a life of the agent begins here: nothing is known of what the bar showed before.
        package var beginsLife = false

        /// A frame.
        package init(t: Int64, lightness: Double, beginsLife: Bool = false) {
            (self.t, self.lightness, self.beginsLife) = (t, lightness, beginsLife)
        }
    }

    /// The frames, in order.
    package private(set) var frames: [Frame]
    private var unfinished: [UInt8] = []

    /// A trace of frames.
    package init(_ frames: [Frame] = []) { self.frames = frames }

    /// Notes that an agent starts at `t`: its bar counts as dark until its first frame.
    package mutating func beginLife(at t: Int64) {
        unfinished = []
        frames.append(Frame(t: t, lightness: 0, beginsLife: true))
    }

    /// Takes further bytes of the trace: `{"t":123,"bar":"stair-01/bar","lightness":0.370000,"channels":[24311]}`.
    package mutating func read(_ bytes: [UInt8]) {
        unfinished += bytes
        guard let end = unfinished.lastIndex(of: 0x0a) else { return }
        for line in unfinished[..<end].split(separator: 0x0a) {
            guard case .object(let fields)? = PlainJSON(line), case .number(let t)? = fields["t"],
                case .number(let lightness)? = fields["lightness"]
            else { continue }
            frames.append(Frame(t: Int64(t), lightness: lightness))
        }
        unfinished.removeFirst(end + 1 - unfinished.startIndex)
    }

    /// What the bar shows at `t`.
    package func lightness(at t: Int64) -> Double {
        let next = firstIndex(after: t)
        return next == 0 ? 0 : frames[next - 1].lightness
    }

    /// The frames after `start`, up to and with `end`.
    package func frames(after start: Int64, through end: Int64) -> ArraySlice<Frame> {
        let first = firstIndex(after: start)
        return frames[first..<max(first, firstIndex(after: end))]
    }

    private func firstIndex(after t: Int64) -> Int {
        var (low, high) = (0, frames.count)
        while low < high {
            let middle = (low + high) / 2
            if frames[middle].t <= t { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
