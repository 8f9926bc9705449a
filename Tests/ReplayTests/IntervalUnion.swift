import Lighting
import Replay

/// What a zone's light does, computed the plain way and without the zone core: the union of each motion's time and hold.
struct IntervalUnion {
    /// When it was lit, in order; periods that touch are one.
    private(set) var periods: [ClosedRange<Int64>] = []
    /// How often a sensor was stuck.
    private(set) var stuck = 0

    init(_ events: [MotionEvent], hold: Duration, stuckLimit: Duration) {
        var spans: [ClosedRange<Int64>] = []
        for sensor in Set(events.map(\.sensor)) {
            var own: [ClosedRange<Int64>] = []
            var since: Int64?
            func end(at off: Int64?) {
                guard let on = since else { return }
                since = nil
                let limit = on + stuckLimit.nanoseconds
                if let off, off <= limit {
                    own.append(on...off + hold.nanoseconds)
                } else {
                    // All that the sensor said is forgotten when it is left out.
                    stuck += 1
                    own = own.map { $0.lowerBound...min($0.upperBound, limit) } + [on...limit]
                }
            }
            for event in events where event.sensor == sensor {
                if event.motion { since = since ?? event.time.nanoseconds } else { end(at: event.time.nanoseconds) }
            }
            end(at: nil)
            spans += own
        }
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = periods.last, span.lowerBound <= last.upperBound {
                periods[periods.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
            } else {
                periods.append(span)
            }
        }
    }

    /// For how long it was lit, nanoseconds.
    var lit: Int64 { periods.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }

    /// How often motion came at most ten seconds after going dark.
    var offOnSomebody: Int {
        zip(periods, periods.dropFirst()).count { $1.lowerBound - $0.upperBound <= 10_000_000_000 }
    }
}
