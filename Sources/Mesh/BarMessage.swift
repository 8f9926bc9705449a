/// A node's report of the light of one of its bars.
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

    /// The deviation of an activation's first light from its plan.
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

    /// True if it gives light.
    public var on: Bool
    /// Its brightness once at rest, 0…1.
    public var level: Double
    /// The colour of its light.
    public var colour: String
    /// Its first light in the last activation that lit it; absent before the first, and after a late start.
    public var firstLight: FirstLight?
    /// The deviations of its last first lights from their plans, the latest last.
    public var deviations: [Deviation]?
    /// The reason why it doesn't work; absent while it does.
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
