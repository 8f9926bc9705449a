internal import Mesh

/// How the frames of a report's time went.
struct FrameStatistics: Sendable {
    /// A frame later than this counts as late: a quarter of the time between frames at 100 Hz.
    private static let lateNanoseconds: Int64 = 2_500_000

    private var drawn = 0
    private var late = 0
    private var worst: Int64 = 0

    /// A frame was written `late` nanoseconds after it was due.
    mutating func drew(late nanoseconds: Int64) {
        drawn += 1
        worst = max(worst, nanoseconds)
        if nanoseconds > FrameStatistics.lateNanoseconds { late += 1 }
    }

    /// The checks for a health report; counting begins anew.
    mutating func checks() -> [HealthMessage.Check] {
        defer { self = FrameStatistics() }
        return [
            .init(.frames, healthy: true, value: Double(drawn)),
            .init(.lateFrames, healthy: late * 10 <= drawn, value: Double(late)),
            .init(.worstFrame, healthy: true, value: Double(worst) / 1e6),
        ]
    }
}
