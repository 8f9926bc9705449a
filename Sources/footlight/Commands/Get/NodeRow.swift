internal import Lighting
internal import Mesh

/// A node as it is.
struct NodeRow: Encodable {
    let node: String
    /// `online`, `offline` or `sleeping`.
    let state: String
    let version: String
    let bootId: String
    /// When its agent started, nanoseconds since 1970.
    let started: Int64
    /// How long its agent has run; nil unless it is online.
    let uptimeSeconds: Double?
    /// How many times its agent has connected.
    let connection: Int
    let bars: [NodeStatus.Bar]
    let sensors: [NodeStatus.Sensor]
    /// Whether its clock is kept by NTP or the like.
    let synchronised: Bool
    let priority: Int
    /// The contract that its agent speaks.
    let `protocol`: Int
    /// The boot id of another agent that goes by its name; nil: none is known.
    let conflict: String?
    /// The broker that it says it is on; nil: it isn't, or doesn't say.
    let broker: String?

    static func all(in snapshot: SiteSnapshot) -> [NodeRow] {
        snapshot.presence.all.sorted { $0.key < $1.key }.map { NodeRow($0.key, $0.value, at: snapshot.time) }
    }

    private init(_ node: String, _ status: NodeStatus, at now: MeshInstant) {
        self.node = node
        state = status.state.rawValue
        version = status.version
        bootId = status.bootId
        started = status.started
        uptimeSeconds =
            status.state == .online ? max(0, (now - MeshInstant(nanoseconds: status.started)).seconds) : nil
        connection = status.connection
        bars = status.bars
        sensors = status.sensors
        synchronised = status.synchronised
        priority = status.priority
        `protocol` = status.contract ?? 1
        conflict = status.conflict
        broker = status.broker
    }

    static func table(_ rows: [NodeRow], at now: MeshInstant) -> Table {
        var table = Table(["NODE", "STATE", "VERSION", "UP", "CONNECTS", "BOOT", "BARS", "SENSORS"])
        for row in rows {
            let style: Style =
                switch row.state {
                case "online": .green
                case "sleeping": .yellow
                default: .red
                }
            table.add([
                .init(row.node), .init(row.state, style), .init(row.version),
                .init(row.uptimeSeconds.map { HumanTime.span($0) } ?? ""), .init("\(row.connection)"),
                .init(String(row.bootId.prefix(8)), .dim),
                .init(row.bars.map { "\($0.name) (\($0.channels))" }.joined(separator: ", ")),
                .init(row.sensors.map { "\($0.name) (\($0.driver))" }.joined(separator: ", ")),
            ])
        }
        return table
    }
}
