public import Lighting

/// A time during which a sensor saw motion: what a trigger on the running mesh says.
public struct MotionPulse: Sendable, Hashable {
    /// The beginning, by the log's own clock.
    public var start: MeshInstant
    /// The sensor, by its place in ``MotionLogParser/sensors``.
    public var sensor: Int
    /// The length.
    public var length: Duration

    /// A pulse.
    public init(start: MeshInstant, sensor: Int, length: Duration) {
        self.start = start
        self.sensor = sensor
        self.length = length
    }

    /// The instant that it began at, to the second: `2010-11-04 00:03:50`.
    public var startText: String { LogTime.textWithSeconds(start) }
}
