internal import Lighting

/// From monotonic to mesh time and back: a line, and beside it for a while another by which an error is slewed away.
///
/// Nanoseconds throughout. It never goes backwards but in ``step(by:)``.
struct TimeMapping: Sendable {
    /// Where the line is taken hold of, monotonic.
    private(set) var anchor: Int64
    /// Mesh time less monotonic time there.
    private var offset: Int64
    /// Mesh nanoseconds gained per monotonic nanosecond.
    private(set) var rate = 0.0
    /// The same, more, while slewing.
    private(set) var slew = 0.0
    /// For how long from the anchor.
    private var slewing: Int64 = 0

    init(offset: Int64, at monotonic: Int64) {
        anchor = monotonic
        self.offset = offset
    }

    /// Mesh time less monotonic time at `monotonic`.
    func offset(at monotonic: Int64) -> Int64 {
        let passed = monotonic &- anchor
        let gained = rate * Double(passed) + slew * Double(min(passed, slewing))
        return offset &+ Int64(gained.rounded())
    }

    func mesh(at monotonic: Int64) -> Int64 { monotonic &+ offset(at: monotonic) }

    /// The first monotonic instant at which mesh time is `mesh` or later.
    func monotonic(of mesh: Int64) -> Int64 {
        let passed = Double(mesh &- offset &- anchor)
        let turn = Double(slewing) * (1 + rate + slew)
        let estimate =
            passed <= turn ? passed / (1 + rate + slew) : Double(slewing) + (passed - turn) / (1 + rate)
        // Doubles leave a few hundred nanoseconds over some days; the slope is nearly one, so two corrections settle it.
        var result = anchor &+ Int64(estimate.rounded())
        for _ in 0..<3 { result &+= mesh &- self.mesh(at: result) }
        while self.mesh(at: result) < mesh { result &+= 1 }
        while self.mesh(at: result - 1) >= mesh { result &-= 1 }
        return result
    }

    /// Goes on from where it is at `monotonic`, at `rate`, making up for `error` at no more than `limit`, within
    /// `time` nanoseconds if that suffices.
    mutating func steer(at monotonic: Int64, rate: Double, error: Double, limit: Double, within time: Double) {
        let from = max(monotonic, anchor)
        offset = offset(at: from)
        anchor = from
        self.rate = rate
        slew = max(-limit, min(limit, error / time))
        slewing = slew == 0 ? 0 : Int64((error / slew).rounded())
    }

    /// Jumps.
    mutating func step(by error: Int64) { offset &+= error }
}
