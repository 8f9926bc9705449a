public import Documents
public import Fleet

/// The file of one `footlight-fleet`: whose nodes it looks after, and how. Two agents of a site have the same file but for
/// `id` (and `priority`).
///
/// ```yaml
/// site: home
/// id: fleet-a
/// brokers: [mqtt://127.0.0.1:1883]
/// health: {interval: 10s, timeout: 5s, healthyThreshold: 2, unhealthyThreshold: 3}
/// spares: {spare-01: any, spare-02: [stair-03, stair-04]}
/// scheduledActions:
///   - {name: night, group: stairs, action: sleep, recurrence: "0 1 * * *", timeZone: Europe/Berlin}
/// ```
public struct FleetFile: Sendable, Hashable {
    /// The priorities that may be asked for.
    public static let priorityRange = 0...100
    /// The priority of a file that says nothing.
    public static let defaultPriority = 50

    /// The site's name.
    public var site: String
    /// The agent's own name; another for each agent of a site.
    public var id: String
    /// The agent's rank as a leader, 0…100; the higher goes first.
    public var priority: Int
    /// The brokers that it connects to, and its credentials there.
    public var access: BrokerAccess
    /// The folder in which it keeps its copy of the site's configuration; nil: it keeps it in memory only.
    public var stateDirectory: String?
    /// The address at which it tells of the fleet over HTTP; nil: it doesn't.
    public var http: ListenAddress?
    /// The backend that it sends the site's records to; nil: there are no records.
    public var telemetry: TelemetrySettings?
    /// The rules by which nodes are checked, replaced and put to sleep.
    public var policy: FleetPolicy

    /// The fleet's file at `path`.
    ///
    /// - Throws: all that is wrong with it.
    public init(path: String) throws(ConfigurationErrors) {
        try self.init(bytes: ConfigurationText.bytes(ofFile: path), file: path)
    }

    /// The fleet's file that `text` holds.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: all that is wrong with it.
    public init(text: String, file: String) throws(ConfigurationErrors) {
        try self.init(bytes: Array(text.utf8), file: file)
    }

    /// The fleet's file that `bytes` hold.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: all that is wrong with it.
    public init(bytes: [UInt8], file: String) throws(ConfigurationErrors) {
        self = try ConfigurationText.document(bytes, file: file) { $0.fleetFile() }
    }

    init(
        site: String, id: String, priority: Int, access: BrokerAccess, stateDirectory: String?,
        http: ListenAddress?, telemetry: TelemetrySettings?, policy: FleetPolicy
    ) {
        self.site = site
        self.id = id
        self.priority = priority
        self.access = access
        self.stateDirectory = stateDirectory
        self.http = http
        self.telemetry = telemetry
        self.policy = policy
    }
}
