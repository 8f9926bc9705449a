public import Documents
public import Lighting
public import Mesh
import YAML

/// The site file: which bars and sensors make a zone, and how it lights. The same for all nodes.
///
/// ```yaml
/// site: home
/// timeZone: Europe/Berlin
/// location: {latitude: 52.52, longitude: 13.4}
/// homeAssistant: {discovery: true, prefix: homeassistant}
/// zones:
///   stairs:
///     bars: [stair-01, stair-02, stair-03]
///     sensors: {stair-01/bottom: first, landing/top: last}
///     hold: 60s
///     look: {brightness: 60%, colour: 2700K, easeIn: 400ms, easeOut: 1.5s, curve: smooth}
///     wave: {delay: 50ms, order: fromSensor, off: follow}
///     profile:
///       - {from: sunset - 30m, brightness: 40%}
///       - {from: "22:00", brightness: 10%, colour: 1900K, hold: 30s, easeIn: 2s, easeOut: 5s}
///     lead: auto
/// ```
public struct SiteFile: Sendable, Hashable {
    /// The site's name.
    public var site: String
    /// The time zone that profiles go by, as the time zone database names it; nil: the system's.
    public var timeZone: String?
    /// The place by whose sun profiles go; nil: none does.
    public var location: Location?
    /// The settings by which Home Assistant finds the site; nil: it is not to.
    public var homeAssistant: HomeAssistantSettings?
    /// The zones by name, at least one.
    public var zones: [String: Zone]

    /// A site made in code.
    public init(
        site: String, timeZone: String? = nil, location: Location? = nil,
        homeAssistant: HomeAssistantSettings? = .usual, zones: [String: Zone]
    ) {
        self.site = site
        self.timeZone = timeZone
        self.location = location
        self.homeAssistant = homeAssistant
        self.zones = zones
    }

    /// The site file at `path`.
    ///
    /// - Throws: all that is wrong with it.
    public init(path: String) throws(ConfigurationErrors) {
        try self.init(bytes: ConfigurationText.bytes(ofFile: path), file: path)
    }

    /// The site file that `text` holds.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: all that is wrong with it.
    public init(text: String, file: String) throws(ConfigurationErrors) {
        try self.init(bytes: Array(text.utf8), file: file)
    }

    /// The site file that `bytes` hold.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: all that is wrong with it.
    public init(bytes: [UInt8], file: String) throws(ConfigurationErrors) {
        self = try ConfigurationText.document(bytes, file: file) { SiteFile($0) }
    }

    /// What the file says, as far as it can be read; what can't be, is among the faults.
    private init?(_ top: Field) {
        let known = ["site", "timeZone", "location", "homeAssistant", "zones"]
        guard let fields = top.fields(known, example: "site: home") else { return nil }
        let site = fields.required("site", example: "home")?.name("a site's name", example: "home")
        let timeZone = fields["timeZone"]?.timeZone()
        let location = fields["location"]?.location()
        let homeAssistant = fields.optional("homeAssistant", usual: HomeAssistantSettings?.some(.usual)) {
            $0.homeAssistant()
        }
        let zones = fields.required("zones", example: "{stairs: {bars: [stair-01]}}")?.zones()
        guard let site, let zones, let homeAssistant else { return nil }
        if fields["location"] == nil, let zone = zones.filter({ $0.value.profile.needsSun }).keys.min() {
            top.faults.add(
                .missing, at: top.node.mark, field: "location",
                problem: "is missing, and the profile of \(zone) goes by the sun",
                allowed: "the sun rises and sets by where the site is, to a tenth of a degree or so",
                remedy: "Write location: {latitude: 52.5, longitude: 13.4}, for instance")
        }
        self.init(
            site: site, timeZone: timeZone, location: location, homeAssistant: homeAssistant, zones: zones)
    }
}

extension Field {
    /// The zones by name.
    fileprivate func zones() -> [String: Zone]? {
        let example = "{stairs: {bars: [stair-01]}}"
        guard let entries = named("zones", example: example) else { return nil }
        guard !entries.isEmpty else {
            faults.add(
                .missing, at: keyMark, field: path, problem: "has no zone",
                allowed: "a site has at least one", remedy: write(example))
            return nil
        }
        var zones: [String: Zone] = [:]
        for (name, field) in entries {
            let isNamed = field.key(name, "a zone's name", example: "stairs")
            if let zone = field.zone(), isNamed { zones[name] = zone }
        }
        return zones
    }

    /// A place on the Earth.
    fileprivate func location() -> Location? {
        guard let fields = fields(["latitude", "longitude"], example: "{latitude: 52.5, longitude: 13.4}") else {
            return nil
        }
        let latitude = fields.required("latitude", example: "52.5")?
            .decimal(in: -90...90, "a latitude, in degrees north,", example: "52.5")
        let longitude = fields.required("longitude", example: "13.4")?
            .decimal(in: -180...180, "a longitude, in degrees east,", example: "13.4")
        guard let latitude, let longitude else { return nil }
        return Location(latitude: latitude, longitude: longitude)
    }

    /// The name of a time zone that the database has; where this machine has no database, any name that could be one.
    func timeZone() -> String? {
        let example = "Europe/Berlin"
        guard let text = text("a time zone", example: example) else { return nil }
        let database = TimeZoneDatabase.system
        if database.allows(text) { return text }
        fail(
            .malformed, "is no name of a time zone", allowed: "names are those of the time zone database",
            remedy: database.nearest(to: text).map { "Did you mean \($0)?" } ?? write(example))
        return nil
    }
}
