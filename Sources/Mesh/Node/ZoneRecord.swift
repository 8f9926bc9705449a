internal import Lighting

/// What a node knows of a zone that it has a part in.
struct ZoneRecord: Sendable {
    var state: ZoneState
    /// The configuration as it came, to restore it to a broker that lost its memory.
    var configuration: [UInt8]
    var revision: Int64
    /// The nodes that have a part in the zone.
    var nodes: [String]
    /// The registers of all its sensors as last heard, by `node/sensor`; whose node is gone, still.
    var registers: [String: SensorRegister] = [:]
    var override = OverrideMessage()
    /// What came since the last connect.
    var configurationSeen = false
    var overrideSeen = false
    /// What the node last published of the zone as its keeper.
    var reported: ZoneReport?

    init(zone: Zone, clock: CivilClock, configuration: [UInt8], revision: Int64) {
        state = ZoneState(zone: zone, clock: clock)
        self.configuration = configuration
        self.revision = revision
        nodes = ZoneRecord.nodes(of: zone)
    }

    static func nodes(of zone: Zone) -> [String] {
        Set((zone.bars + zone.sensors.keys).compactMap { Name.place($0)?.node }).sorted()
    }
}
