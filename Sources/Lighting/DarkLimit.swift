/// The limit below which it is dark enough for motion to light a zone.
public struct DarkLimit: Sendable, Hashable {
    /// The limits that may be asked for, in lux: from a night with a moon to full daylight.
    public static let range = 0.1...100_000.0
    /// The multiple of the limit below which it stays dark once it is, so that a cloud doesn't change it twice.
    public static let hysteresis = 1.25

    /// The light sensor that says how bright it is, `node/name`.
    public var sensor: String
    /// Below this it is dark, in lux.
    public var lux: Double

    /// A limit.
    public init(sensor: String, lux: Double) {
        self.sensor = sensor
        self.lux = lux
    }

    /// Returns true if it is dark.
    ///
    /// - Parameters:
    ///   - reading: how bright it is, in lux; nil: nobody knows, and light that isn't needed is better than none.
    ///   - before: whether it was dark until now.
    public func isDark(_ reading: Double?, before: Bool) -> Bool {
        guard let reading else { return true }
        return reading < lux * (before ? DarkLimit.hysteresis : 1)
    }
}
