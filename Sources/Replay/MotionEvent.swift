public import Lighting

/// One line of a motion log that counts: a motion sensor began or ceased to see motion.
public struct MotionEvent: Sendable, Hashable {
    /// When, by the log's own clock, taken as UTC.
    public var time: MeshInstant
    /// Which sensor: its place in ``MotionLogParser/sensors``.
    public var sensor: Int
    /// Whether it sees motion from now on.
    public var motion: Bool

    /// An event.
    public init(time: MeshInstant, sensor: Int, motion: Bool) {
        self.time = time
        self.sensor = sensor
        self.motion = motion
    }
}
