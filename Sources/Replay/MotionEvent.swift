public import Lighting

/// One line of a motion log that counts: a motion sensor began or ceased to see motion.
public struct MotionEvent: Sendable, Hashable {
    /// The instant, by the log's own clock, taken as UTC.
    public var time: MeshInstant
    /// The sensor, by its place in ``MotionLogParser/sensors``.
    public var sensor: Int
    /// True if the sensor sees motion from now on.
    public var motion: Bool

    /// An event.
    public init(time: MeshInstant, sensor: Int, motion: Bool) {
        self.time = time
        self.sensor = sensor
        self.motion = motion
    }
}
