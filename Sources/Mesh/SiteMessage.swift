/// What a site as a whole has, as the operator publishes it.
public struct SiteMessage: Codable, Sendable, Hashable {
    /// When it was applied, nanoseconds since 1970; of two, the later holds.
    public var revision: Int64
    /// The names of the zones that there are. One that a node knows and that isn't listed has been removed.
    public var zones: [String]
    /// The time zone that profiles go by, by its IANA name; absent: each node's own.
    public var timeZone: String?

    /// A site.
    public init(revision: Int64, zones: [String], timeZone: String?) {
        self.revision = revision
        self.zones = zones
        self.timeZone = timeZone
    }

    /// The message itself where it can be acted on.
    ///
    /// - Throws: ``MessageError`` for names that are none.
    public func checked() throws(MessageError) -> SiteMessage {
        _ = try checkInstant(revision, field: "revision")
        for zone in zones where !Name.isValid(zone) {
            throw MessageError(.outOfRange, field: "zones", reason: "\"\(zone.prefix(80))\" is not \(Name.rule)")
        }
        if let timeZone, !SiteMessage.isTimeZone(timeZone) {
            throw MessageError(
                .outOfRange, field: "timeZone", reason: "is not the name of a time zone, Europe/Rome say")
        }
        return self
    }

    /// Whether `text` may be the name of a time zone: `Europe/Rome`, `Etc/GMT+5`; it becomes part of a file's path.
    private static func isTimeZone(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && !text.hasPrefix("/")
            && text.utf8.allSatisfy {
                (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || "+-_/".utf8.contains($0)
            }
    }
}
