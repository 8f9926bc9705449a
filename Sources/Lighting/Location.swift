/// A place on the Earth, by which the sun is reckoned.
public struct Location: Sendable, Hashable {
    /// Degrees north of the equator, -90…90.
    public let latitude: Double
    /// Degrees east of Greenwich, -180…180.
    public let longitude: Double

    /// `52.52° north, 13.4° east`
    public var text: String {
        "\(abs(latitude))° \(latitude < 0 ? "south" : "north"), \(abs(longitude))° \(longitude < 0 ? "west" : "east")"
    }

    /// The place at these degrees; nil where there is none.
    public init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }
}
