internal import Lighting
internal import Platform

/// The agent's clock: the system's as it was at the start, going on as the monotonic one does, so that it never jumps.
struct FleetClock {
    /// Further from the system's clock than this, it is the wrong one for schedules.
    private static let tolerance: Int64 = 1_000_000_000

    private let offset = RealTimeClock.now - MonotonicClock.now

    /// What it shows.
    var now: MeshInstant { MeshInstant(nanoseconds: MonotonicClock.now + offset) }

    /// The monotonic instant of an instant of it.
    func monotonic(of instant: MeshInstant) -> Int64 { instant.nanoseconds &- offset }

    /// Whether the system's clock was set since.
    var isWrong: Bool { abs(RealTimeClock.now - MonotonicClock.now - offset) > FleetClock.tolerance }

    /// What the system's clock shows.
    static var systemNow: MeshInstant { MeshInstant(nanoseconds: RealTimeClock.now) }
}
