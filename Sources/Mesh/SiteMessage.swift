public import Lighting

/// The configuration of a site as a whole, as the operator publishes it.
public struct SiteMessage: Payload, Hashable {
    /// The instant at which it was applied, nanoseconds since 1970; of two, the later holds.
    public var revision: Int64
    /// The names of the zones that there are. One that a node knows and that isn't listed has been removed.
    public var zones: [String]
    /// The time zone that profiles go by, by its IANA name; absent: each node's own.
    public var timeZone: String?
    /// The site's place on the earth, by whose sun profiles go; absent: nobody knows.
    public var location: Place?
    /// The settings by which the site shows itself to Home Assistant; absent: it doesn't.
    public var homeAssistant: HomeAssistantSettings?
    /// The contract of who wrote it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case revision, zones, timeZone, location, homeAssistant
        case contract = "protocol"
    }

    /// A place on the Earth, in degrees north and east.
    public struct Place: Codable, Sendable, Hashable {
        var latitude: Double
        var longitude: Double

        /// A place.
        public init(_ location: Location) {
            latitude = location.latitude
            longitude = location.longitude
        }

        /// The place; nil where there is none.
        public var location: Location? { Location(latitude: latitude, longitude: longitude) }
    }

    /// A site.
    public init(
        revision: Int64, zones: [String], timeZone: String?, location: Location? = nil,
        homeAssistant: HomeAssistantSettings? = nil
    ) {
        self.revision = revision
        self.zones = zones
        self.timeZone = timeZone
        self.location = location.map(Place.init)
        self.homeAssistant = homeAssistant
        contract = Version.contract
    }

    /// - Throws: ``MessageError`` for names that are none in a message of this contract or an earlier one.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try checkInstant(revision, field: "revision")
        var known: [String] = []
        for zone in zones {
            if let zone = try tolerance.read(SiteMessage.name(zone), or: nil) { known.append(zone) }
        }
        zones = known
        if let timeZone { self.timeZone = try tolerance.read(SiteMessage.timeZone(timeZone), or: nil) }
        if let location { self.location = try tolerance.read(SiteMessage.place(location), or: nil) }
        if let homeAssistant { self.homeAssistant = try tolerance.read(SiteMessage.settings(homeAssistant), or: nil) }
    }

    private static func name(_ zone: String) throws(MessageError) -> String? {
        guard Name.isValid(zone) else {
            throw MessageError(.outOfRange, field: "zones", reason: "\"\(zone.prefix(80))\" is not \(Name.rule)")
        }
        return zone
    }

    private static func place(_ place: Place) throws(MessageError) -> Place? {
        guard place.location != nil else {
            throw MessageError(
                .outOfRange, field: "location", reason: "is not within -90…90 degrees north and -180…180 east")
        }
        return place
    }

    private static func settings(
        _ settings: HomeAssistantSettings
    ) throws(MessageError) -> HomeAssistantSettings? {
        guard HomeAssistantSettings.isPrefix(settings.prefix) else {
            throw MessageError(
                .outOfRange, field: "homeAssistant.prefix",
                reason: "\"\(settings.prefix.prefix(80))\" is not \(HomeAssistantSettings.rule)")
        }
        return settings
    }

    private static func timeZone(_ text: String) throws(MessageError) -> String? {
        guard isTimeZone(text) else {
            throw MessageError(
                .outOfRange, field: "timeZone", reason: "is not the name of a time zone, Europe/Rome say")
        }
        return text
    }

    /// Whether `text` may be the name of a time zone: `Europe/Rome`, `Etc/GMT+5`; it becomes part of a file's path.
    private static func isTimeZone(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && !text.hasPrefix("/")
            && text.utf8.allSatisfy {
                (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || "+-_/".utf8.contains($0)
            }
    }
}
