/// The brightness of a node's surroundings, as its light sensor finds it.
public struct LightMessage: Payload, Hashable {
    /// The illuminances that there are, in lux: direct sun has 100,000.
    public static let range = 0.0...200_000.0

    /// The illuminance in lux; absent while it can't be read.
    public var lux: Double?
    /// The reason why it can't be read; absent while it can.
    public var failed: String?

    /// A reading, or why there is none.
    public init(lux: Double?, failed: String? = nil) {
        self.lux = lux
        self.failed = failed
    }

    /// - Throws: ``MessageError``, also for what says neither: it is no word of a light sensor's, and takes back none.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        guard lux != nil || failed != nil else {
            throw MessageError(.missing, field: "lux", reason: "is missing, and so is \"failed\"")
        }
        if let lux { _ = try check(lux, within: LightMessage.range, field: "lux") }
    }
}
