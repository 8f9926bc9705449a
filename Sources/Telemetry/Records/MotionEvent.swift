internal import Mesh

/// A sensor began or ceased to see motion, at the record's instant.
public struct MotionEvent: Codable, Sendable, Hashable {
    /// The sensor's name on its node.
    public var sensor: String
    /// True if the sensor sees motion from now on.
    public var motion: Bool

    /// An event.
    public init(sensor: String, motion: Bool) {
        self.sensor = sensor
        self.motion = motion
    }

    func check() throws(MessageError) { try RecordText.checkName(sensor, field: "body.sensor") }
}
