public import Lighting

/// The site file: which bars and sensors make a zone, and how it lights. The same for all nodes.
///
/// ```yaml
/// site: home
/// timeZone: Europe/Berlin
/// zones:
///   stairs:
///     bars: [stair-01, stair-02, stair-03]
///     sensors: {stair-01/bottom: first, landing/top: last}
///     hold: 60s
///     look: {brightness: 60%, colour: 2700K, easeIn: 400ms, easeOut: 1.5s, curve: smooth}
///     wave: {delay: 50ms, order: fromSensor, off: follow}
///     profile:
///       - {from: "22:00", brightness: 10%, colour: 1900K}
///     lead: auto
/// ```
public struct SiteFile: Sendable, Hashable {
    /// The site's name.
    public var site: String
    /// The time zone that profiles go by, as the time zone database names it (whether it is there, isn't checked);
    /// nil: the system's.
    public var timeZone: String?
    /// The zones by name, at least one.
    public var zones: [String: Zone]

    /// A site made in code.
    public init(site: String, timeZone: String? = nil, zones: [String: Zone]) {
        self.site = site
        self.timeZone = timeZone
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
        let top = try ConfigurationText.parse(bytes, file: file)
        let read = SiteFile(top)
        guard top.faults.isEmpty, let read else { throw top.faults.collected }
        self = read
    }

    /// What the file says, as far as it can be read; what can't be, is among the faults.
    private init?(_ top: Field) {
        guard let fields = top.fields(["site", "timeZone", "zones"], example: "site: home") else { return nil }
        let site = fields.required("site", example: "home")?.name("a site's name", example: "home")
        let timeZone = fields["timeZone"]?.timeZone()
        let zones = fields.required("zones", example: "{stairs: {bars: [stair-01]}}")?.zones()
        guard let site, let zones else { return nil }
        self.init(site: site, timeZone: timeZone, zones: zones)
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

    /// The name of a time zone, which is also the path of a file: nothing that could lead elsewhere.
    func timeZone() -> String? {
        guard let text = text("a time zone", example: "Europe/Berlin") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isName =
            parts.count <= 3
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x5f: true
                        default: false
                        }
                    }
            }
        guard isName else {
            fail(
                .malformed, "is no name of a time zone", allowed: "names are those of the time zone database",
                remedy: write("Europe/Berlin"))
            return nil
        }
        return text
    }
}
