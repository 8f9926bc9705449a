/// What a bar's node reports of its light.
public struct BarMessage: Payload, Hashable {
    /// Its first light in the last activation that lit it.
    public struct FirstLight: Codable, Sendable, Hashable {
        /// The zone.
        public var zone: String
        /// The activation's start, nanoseconds of mesh time.
        public var activation: Int64
        /// The instant at which it was to light, nanoseconds of mesh time.
        public var planned: Int64
        /// The instant at which its first frame was written, nanoseconds of mesh time.
        public var actual: Int64

        /// Actual less planned instant, milliseconds.
        public var deviationMilliseconds: Double { (Double(actual) - Double(planned)) / 1e6 }
    }

    /// How far the first light of an activation was off its plan.
    public struct Deviation: Codable, Sendable, Hashable {
        /// The activation's start, nanoseconds of mesh time.
        public var activation: Int64
        /// Actual less planned instant, nanoseconds.
        public var nanoseconds: Int64
        /// The zone; absent where the node doesn't say.
        public var zone: String?
    }

    /// How many deviations are told at most.
    static let maximumDeviations = 20

    /// Whether it gives light.
    public var on: Bool
    /// How bright, 0…1, once at rest.
    public var level: Double
    /// In which colour.
    public var colour: String
    /// Its first light in the last activation that lit it; absent before the first, and after a late start.
    public var firstLight: FirstLight?
    /// How far its last first lights were off their plans, the latest last.
    public var deviations: [Deviation]?
    /// Why it doesn't work; absent while it does.
    public var failed: String?

    /// - Throws: ``MessageError`` for a level or an instant that none can be.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try check(level, within: 0...1, field: "level")
        if let firstLight {
            for (field, instant) in [
                ("activation", firstLight.activation), ("planned", firstLight.planned), ("actual", firstLight.actual),
            ] {
                _ = try checkInstant(instant, field: "firstLight.\(field)")
            }
        }
        for deviation in deviations ?? [] {
            _ = try checkInstant(deviation.activation, field: "deviations.activation")
        }
    }
}
