/// Judges what the bars of a zone showed, in the order in which the wave takes them. Each rule gives a sentence for each
/// bar that breaks it; instants are nanoseconds of the monotonic clock.
package struct LightJudge: Sendable {
    /// A bar of the zone, by its place.
    package struct Bar: Sendable {
        /// What the zone calls it, and the node that fills the place.
        package var name: String
        /// What it showed.
        package var trace: BarTrace

        /// A bar.
        package init(name: String, trace: BarTrace) { (self.name, self.trace) = (name, trace) }
    }

    /// Below this lightness a bar is dark: what rounds to no light at all.
    package static let darkness = 0.001

    private let bars: [Bar]
    /// How late the machine woke the judge itself: what nobody could have done better.
    private let lateness: Int64

    /// A judge of bars in the order of the wave; `lateness` in nanoseconds.
    package init(_ bars: [Bar], lateness: Int64 = 0) { (self.bars, self.lateness) = (bars, lateness) }

    /// Whether each bar gives light at `t`.
    package func isLit(at t: Int64) -> Bool { bars.allSatisfy { $0.trace.lightness(at: t) > LightJudge.darkness } }
    /// Whether each bar is dark at `t`.
    package func isDark(at t: Int64) -> Bool { bars.allSatisfy { $0.trace.lightness(at: t) <= LightJudge.darkness } }

    /// Demands light of each bar within `limit` after `start`, none before the one before it in the wave (less 20 ms, and
    /// what the machine was late).
    package func lightsUp(after start: Int64, within limit: Int64) -> [String] {
        var faults: [String] = []
        var last: (name: String, t: Int64)?
        for bar in bars {
            if bar.trace.lightness(at: start) > LightJudge.darkness { continue }
            let frames = bar.trace.frames(after: start, through: start + limit + lateness)
            guard let first = frames.first(where: { $0.lightness > LightJudge.darkness }) else {
                faults.append("\(bar.name) gave no light within \(seconds(limit)) s (lateness \(seconds(lateness)) s)")
                continue
            }
            if let last, first.t < last.t - 20_000_000 - lateness {
                faults.append("\(bar.name) lit \(seconds(last.t - first.t)) s before \(last.name), against the wave")
            }
            last = (bar.name, first.t)
        }
        return faults
    }

    /// Demands light of each bar from `start` to `end` without a pause.
    package func staysLit(from start: Int64, to end: Int64) -> [String] {
        bars.compactMap { bar in
            if bar.trace.lightness(at: start) <= LightJudge.darkness {
                return "\(bar.name) was dark in the midst of motion"
            }
            return bar.trace.frames(after: start, through: end).first { $0.lightness <= LightJudge.darkness }
                .map { "\(bar.name) went dark \(seconds(end - $0.t)) s too early" }
        }
    }

    /// Demands darkness of each bar from `start` to `end`.
    package func staysDark(from start: Int64, to end: Int64) -> [String] {
        bars.compactMap { bar in
            let level = bar.trace.lightness(at: start)
            if level > LightJudge.darkness { return "\(bar.name) still showed \(hundredths(level))" }
            return bar.trace.frames(after: start, through: end).first { $0.lightness > LightJudge.darkness }
                .map { "\(bar.name) lit up though nobody came, \(seconds($0.t - start)) s on" }
        }
    }

    /// Demands the same light of all bars at `t`.
    package func agrees(at t: Int64) -> [String] {
        let levels = bars.map { $0.trace.lightness(at: t) }
        guard let least = levels.min(), let most = levels.max(), most - least > 0.01 else { return [] }
        let list = zip(bars, levels).map { "\($0.name) \(hundredths($1))" }.joined(separator: ", ")
        return ["they don't agree: \(list)"]
    }

    /// Demands that no bar's light steps by more than `limit` from one frame to the next, a second's ease at most
    /// `perSecond` more for each second that the machine was late; the first frame of a life may step.
    package func neverJumps(from start: Int64, to end: Int64, limit: Double, perSecond: Double) -> [String] {
        let allowed = limit + perSecond * Double(lateness) / 1e9
        return bars.compactMap { bar in
            var last = bar.trace.lightness(at: start)
            var isFirstOfLife = false
            for frame in bar.trace.frames(after: start, through: end) {
                if frame.beginsLife {
                    isFirstOfLife = true
                } else {
                    let step = abs(frame.lightness - last)
                    if step > allowed, !isFirstOfLife {
                        return "\(bar.name) jumped from \(hundredths(last)) to \(hundredths(frame.lightness)) "
                            + "\(seconds(frame.t - start)) s on; \(hundredths(allowed)) is allowed"
                    }
                    isFirstOfLife = false
                }
                last = frame.lightness
            }
            return nil
        }
    }

    private func seconds(_ nanoseconds: Int64) -> String { thousandths(Double(nanoseconds) / 1e9) }
    private func hundredths(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    private func thousandths(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
