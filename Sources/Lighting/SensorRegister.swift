/// A sensor's word of itself to a zone: the activation that it believes in, its own part in it, and its last motion.
///
/// Only the sensor's own node writes it; everybody merges all registers of a zone and comes to the same conclusion.
public struct SensorRegister: Sendable, Hashable {
    /// The start of the activation that the sensor believes in.
    public var start: MeshInstant
    /// The sensor that began it.
    public var origin: String
    /// This sensor's own first motion in it.
    public var firstMotion: MeshInstant
    /// The time after a first motion at which its wave's first bar lights.
    public var lead: Duration
    /// The instant at which the sensor last began to see motion: its last rising edge.
    public var lastEdge: MeshInstant
    /// The instant at which the sensor last saw motion; while it still does, renewed from time to time.
    public var lastMotion: MeshInstant
    /// True if the sensor sees motion still.
    public var motion: Bool
    /// The time for which the light stays after the last motion, as the sensor's node has it; nil: as whoever hears it
    /// has it. With it a register means the same to who knew another configuration when it was said, and to who knows
    /// this one only.
    public var hold: Duration?

    /// A register.
    public init(
        start: MeshInstant, origin: String, firstMotion: MeshInstant, lead: Duration, lastEdge: MeshInstant,
        lastMotion: MeshInstant, motion: Bool, hold: Duration? = nil
    ) {
        self.start = start
        self.origin = origin
        self.firstMotion = firstMotion
        self.lead = lead
        self.lastEdge = lastEdge
        self.lastMotion = lastMotion
        self.motion = motion
        self.hold = hold
    }

    /// The same, by a clock that was set by `step`.
    public func shifted(by step: Duration) -> SensorRegister {
        SensorRegister(
            start: start + step, origin: origin, firstMotion: firstMotion + step, lead: lead, lastEdge: lastEdge + step,
            lastMotion: lastMotion + step, motion: motion, hold: hold)
    }

    /// When what it tells of is over, if nothing more is heard.
    ///
    /// - Parameter hold: the zone's, where it doesn't say its own.
    func end(hold: Duration, lease: Duration) -> MeshInstant {
        lastMotion + (self.hold ?? hold) + (motion ? lease : .zero)
    }
}
