internal import Glibc
internal import Lighting

/// Maps the monotonic clock to mesh time, and back: the one door through which time comes in.
struct MeshClock {
    private var offset: Int64

    /// Mesh time as the system's clock has it.
    init() { offset = MeshClock.systemOffset() }

    /// Nanoseconds of `CLOCK_MONOTONIC`.
    static var monotonicNow: Int64 { read(CLOCK_MONOTONIC) }

    /// Mesh time at a monotonic instant.
    func mesh(_ monotonic: Int64) -> MeshInstant { MeshInstant(nanoseconds: monotonic &+ offset) }

    /// The monotonic instant of a mesh time.
    func monotonic(_ mesh: MeshInstant) -> Int64 { mesh.nanoseconds &- offset }

    /// Takes up a step of the system's clock (NTP at boot, say).
    mutating func refresh() { offset = MeshClock.systemOffset() }

    private static func systemOffset() -> Int64 {
        // Between two looks at the one clock, a look at the other: the closest pair of several counts.
        var best = (width: Int64.max, offset: Int64(0))
        for _ in 0..<5 {
            let before = read(CLOCK_MONOTONIC)
            let system = read(CLOCK_REALTIME)
            let after = read(CLOCK_MONOTONIC)
            if after - before < best.width { best = (after - before, system - before - (after - before) / 2) }
        }
        return best.offset
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
