/// A message of the mesh: what was said on one of its ``Topic``s, read and checked. Nil: somebody took it away.
public enum MeshMessage: Sendable {
    /// A node's birth or will.
    case status(node: String, NodeStatus?)
    /// A node's health report.
    case health(node: String, HealthMessage?)
    /// The time that messages take to arrive at a node.
    case delivery(node: String, DeliveryMessage?)
    /// A sensor's register.
    case sensor(node: String, sensor: String, SensorMessage?)
    /// The brightness that a light sensor finds.
    case light(node: String, light: String, LightMessage?)
    /// A bar's reported light.
    case bar(node: String, bar: String, BarMessage?)
    /// An action for a node.
    case action(node: String, ActionMessage?)
    /// A node's answer to an action.
    case result(node: String, ResultMessage?)
    /// The configuration of the site as a whole.
    case siteConfiguration(SiteMessage?)
    /// A zone's configuration.
    case zoneConfiguration(zone: String, ZoneMessage?)
    /// The places that a node's hardware fills.
    case nodeConfiguration(node: String, PlacesMessage?)
    /// A manual command, as it comes: ``ZoneCommand`` reads it, by the zone that it is for.
    case set(zone: String, [UInt8])
    /// A keeper's answer to a command for its zone.
    case zoneResult(zone: String, ZoneResultMessage?)
    /// The manual commands in force.
    case override(zone: String, OverrideMessage?)
    /// A zone as one light.
    case state(zone: String, ZoneReport?)
    /// A message that Telemetry reads: ``Topic/records(node:)``, ``Topic/recorded(node:)``, ``Topic/collector``.
    case telemetry(Topic, [UInt8])

    /// The message on a topic.
    ///
    /// - Throws: ``MessageError`` for what isn't JSON, lacks a field, or holds what it may not; it names the field.
    public init(_ topic: Topic, _ payload: [UInt8]) throws(MessageError) {
        var remark: String?
        try self.init(topic, payload, remark: &remark)
    }

    /// The message on a topic, and a remark on what of it was left out, since only a later contract has it; nil: nothing was.
    ///
    /// - Throws: ``MessageError`` for what isn't JSON, lacks a field, or holds what it may not; it names the field.
    public init(_ topic: Topic, _ payload: [UInt8], remark: inout String?) throws(MessageError) {
        var leftOut: [String] = []
        defer { remark = JSON.remark(leftOut, of: payload) }
        switch topic {
        case .status(let node):
            self = .status(node: node, payload.isEmpty ? nil : try NodeStatus(bytes: payload, leftOut: &leftOut))
        case .sensor(let node, let sensor):
            self = .sensor(node: node, sensor: sensor, payload.isEmpty ? nil : try SensorMessage(bytes: payload))
        case .health(let node): self = .health(node: node, try HealthMessage.kept(in: payload, leftOut: &leftOut))
        case .delivery(let node): self = .delivery(node: node, try DeliveryMessage.kept(in: payload, leftOut: &leftOut))
        case .light(let node, let light):
            self = .light(node: node, light: light, try LightMessage.kept(in: payload, leftOut: &leftOut))
        case .bar(let node, let bar):
            self = .bar(node: node, bar: bar, try BarMessage.kept(in: payload, leftOut: &leftOut))
        case .action(let node): self = .action(node: node, try ActionMessage.kept(in: payload, leftOut: &leftOut))
        case .result(let node): self = .result(node: node, try ResultMessage.kept(in: payload, leftOut: &leftOut))
        case .siteConfiguration: self = .siteConfiguration(try SiteMessage.kept(in: payload, leftOut: &leftOut))
        case .zoneConfiguration(let zone):
            self = .zoneConfiguration(zone: zone, try ZoneMessage.kept(in: payload, leftOut: &leftOut))
        case .nodeConfiguration(let node):
            self = .nodeConfiguration(node: node, try PlacesMessage.kept(in: payload, leftOut: &leftOut))
        case .set(let zone): self = .set(zone: zone, payload)
        case .zoneResult(let zone):
            self = .zoneResult(zone: zone, try ZoneResultMessage.kept(in: payload, leftOut: &leftOut))
        case .override(let zone): self = .override(zone: zone, try OverrideMessage.kept(in: payload, leftOut: &leftOut))
        case .state(let zone): self = .state(zone: zone, try ZoneReport.kept(in: payload, leftOut: &leftOut))
        case .records, .recorded, .collector: self = .telemetry(topic, payload)
        }
    }
}
