/// A motion sensor of the board, behind a descriptor. It never blocks.
public protocol MotionSensor {
    /// The sensor's name in its node.
    var name: String { get }
    /// The descriptor to wait on, readable when there is something to read; nil while there is none.
    var descriptor: Int32? { get }
    /// The latest instant for the next call of ``attend(at:)``, in nanoseconds of the monotonic clock.
    var nextDue: Int64 { get }
    /// Does what there is to do at `now`, in nanoseconds of the monotonic clock.
    mutating func attend(at now: Int64) -> [MotionReport]
}

/// A report of a motion sensor.
public enum MotionReport: Sendable, Hashable {
    /// Motion began or ended, at an instant of `CLOCK_MONOTONIC`: the kernel's stamp, where there is one.
    case motion(Bool, at: Int64)
    /// The sensor works, whatever was known of it: it sees nothing, or says anew what it sees.
    case alive
    /// The sensor can't be read, for this reason; nil: it can again.
    case fault(String?)
}
