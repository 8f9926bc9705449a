/// One lit period of a zone, as all its sensors' registers together tell it.
public struct Activation: Sendable, Hashable {
    /// The instant of the first motion.
    public var start: MeshInstant
    /// The sensor that saw it.
    public var origin: String
    /// A wave begins at each sensor's own first motion.
    public var waves: [WaveStart]
    /// The instant at which the hold ends; nil while any sensor sees motion.
    public var end: MeshInstant?
    /// The instant at which the light goes off if nothing more is heard: at the end, or when a sensor that saw motion
    /// has long been due to say so again.
    public var lapse: MeshInstant
    /// The sensor at whose end going off begins (`follow`), see ``walkOrigin(of:)``.
    public var offOrigin: String

    /// One wave of an activation.
    public struct WaveStart: Sendable, Hashable {
        /// The sensor that it starts from.
        public var sensor: String
        /// The instant at which its first bar lights.
        public var at: MeshInstant
    }

    /// Returns true if the activation's hold lasts at `instant`.
    public func isHeld(at instant: MeshInstant) -> Bool {
        start <= instant && instant < lapse
    }

    /// The same, by a clock that was set by `step`.
    func shifted(by step: Duration) -> Activation {
        var shifted = self
        shifted.start = start + step
        shifted.waves = waves.map { WaveStart(sensor: $0.sensor, at: $0.at + step) }
        shifted.end = end.map { $0 + step }
        shifted.lapse = lapse + step
        return shifted
    }

    /// The time for which motion counts that isn't renewed: sensors renew it every 10 s at least, so that two renewals
    /// may be lost. Without it, a bar that lost the network, or a sensor's node that died unnoticed, would leave light
    /// on for ever.
    public static let motionLease = Duration.seconds(25)

    /// The latest activation that `registers` tell of, or nil where there is no register.
    ///
    /// A function of the set of registers alone: it doesn't matter in which order, or how often, they came.
    /// Registers whose lit periods overlap tell of one activation: the earliest start; of equal ones, the lower name.
    ///
    /// - Parameters:
    ///   - hold: how long the light stays after motion at an instant.
    ///   - ends: when those ended that were over when the hold was another, by sensor.
    public static func merging(
        _ registers: [String: SensorRegister], lease: Duration = motionLease, ends: [String: MeshInstant] = [:],
        hold: (MeshInstant) -> Duration
    ) -> Activation? {
        let spans = registers.map { name, register in
            Span(
                name: name, register: register,
                end: ends[name] ?? register.end(hold: hold(register.lastMotion), lease: lease))
        }.sorted { ($0.register.start, $0.register.origin, $0.name) < ($1.register.start, $1.register.origin, $1.name) }
        guard var first = spans.first else { return nil }

        // The spans in the order of their starts: a gap before one begins another activation; the last one counts.
        var members: [Span] = []
        var end = MeshInstant.distantPast
        for span in spans {
            if members.isEmpty || span.register.start > end {
                members = [span]
                first = span
            } else {
                members.append(span)
            }
            end = max(end, span.end)
        }
        let waves = members.map { WaveStart(sensor: $0.name, at: $0.register.firstMotion + $0.register.lead) }
        return Activation(
            start: first.register.start, origin: first.register.origin, waves: waves,
            end: members.contains { $0.register.motion } ? nil : end, lapse: end, offOrigin: walkOrigin(of: members))
    }

    /// The longest time between the edges of two sensors that one person caused by walking from one to the other.
    ///
    /// Stairs take 5 to 20 s; twice that leaves room for the old, and is less than any hold that people choose.
    public static let longestWalk = Duration.seconds(30)

    /// The sensor that the last walk began at.
    ///
    /// The newest edge alone would mistake the sensor that a person leaves by for the one they came from; the
    /// activation's origin may be of an hour ago. So: of the last two sensors that rose within a walk's time, the
    /// earlier; if only one did, that one.
    private static func walkOrigin(of members: [Span]) -> String {
        let byEdge = members.sorted { ($0.register.lastEdge, $0.name) > ($1.register.lastEdge, $1.name) }
        guard byEdge.count > 1, byEdge[0].register.lastEdge - byEdge[1].register.lastEdge <= longestWalk else {
            return byEdge[0].name
        }
        return byEdge[1].name
    }

    private struct Span {
        var name: String
        var register: SensorRegister
        var end: MeshInstant
    }
}
