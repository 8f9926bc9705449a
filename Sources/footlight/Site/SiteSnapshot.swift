internal import Lighting
internal import MQTT
internal import Mesh

/// What the broker keeps of a site, at one instant.
struct SiteSnapshot: Sendable {
    /// A retained message that can't be read.
    struct Fault: Sendable, Hashable {
        var topic: String
        var reason: String
    }

    /// The site's name.
    let site: String
    /// When it was read.
    let time = MeshInstant.now
    private(set) var siteMessage: SiteMessage?
    private(set) var zoneMessages: [String: ZoneMessage] = [:]
    /// Who fills which place.
    private(set) var places = Places()
    /// The configuration of each zone that can be read, as it names places.
    private(set) var configured: [String: Zone] = [:]
    /// The configuration of each zone that can be read, with hardware in the stead of places.
    private(set) var zones: [String: Zone] = [:]
    private(set) var overrides: [String: OverrideMessage] = [:]
    private(set) var reports: [String: ZoneReport] = [:]
    private(set) var presence = Presence()
    /// How long messages take to nodes.
    private(set) var deliveries: [String: DeliveryMessage] = [:]
    /// What bars report, by `node/bar`.
    private(set) var bars: [String: BarMessage] = [:]
    /// What sensors report, by `node/sensor`.
    private(set) var sensors: [String: SensorMessage] = [:]
    /// How bright light sensors find it, by `node/name`.
    private(set) var lights: [String: LightMessage] = [:]
    private(set) var faults: [Fault] = []
    /// What was left out of messages, since only later versions know it, a sentence each.
    private(set) var remarks: [String] = []
    /// Topics of commands and actions, which should not have been retained.
    private(set) var retainedCommands: [String] = []
    /// The payloads of all topics of the mesh, readable or not.
    private(set) var payloads: [Topic: [UInt8]] = [:]
    /// The names of all topics of the site, the fleet agents' and unknown ones, too.
    private(set) var topics: [String] = []

    init(_ messages: [ReceivedMessage], site: String) {
        self.site = site
        for message in messages {
            topics.append(message.topic)
            guard let topic = Topic(name: message.topic, site: site) else { continue }
            payloads[topic] = message.payload
            do throws(MessageError) {
                try take(topic, message.payload)
            } catch {
                let error = error.written(by: JSON.contract(in: message.payload))
                faults.append(Fault(topic: message.topic, reason: error.description))
            }
        }
        zones = configured.mapValues { places.filled($0) }
    }

    private mutating func take(_ topic: Topic, _ payload: [UInt8]) throws(MessageError) {
        var remark: String?
        defer { if let remark { remarks.append("\(topic.name(site: site)): \(remark)") } }
        switch topic {
        // Whatever they say.
        case .action, .set: return retainedCommands.append(topic.name(site: site))
        case .health, .result, .zoneResult, .records, .recorded, .collector: return
        default: break
        }
        switch try MeshMessage(topic, payload, remark: &remark) {
        case .siteConfiguration(let message): siteMessage = message
        case .zoneConfiguration(let zone, let message):
            zoneMessages[zone] = message
            configured[zone] = message?.zone
        case .nodeConfiguration(let node, let message): places.update(message, of: node)
        case .override(let zone, let message): overrides[zone] = message
        case .state(let zone, let report): reports[zone] = report
        case .status(let node, let status): presence.update(status, of: node)
        case .bar(let node, let bar, let report): bars["\(node)/\(bar)"] = report
        case .sensor(let node, let sensor, let message): sensors["\(node)/\(sensor)"] = message
        case .light(let node, let light, let message): lights["\(node)/\(light)"] = message
        case .delivery(let node, let message): deliveries[node] = message
        case .action, .set, .health, .result, .zoneResult, .telemetry: break
        }
    }

    /// The report of a bar by its name in a zone: `node/bar`, or `node` for that node's only bar.
    func report(of place: String) -> BarMessage? {
        bars[place] ?? presence[place]?.bars.first.flatMap { bars["\(place)/\($0.name)"] }
    }

    /// The zones of which the broker keeps anything at all.
    var zoneNames: Set<String> {
        Set(
            payloads.keys.compactMap { topic in
                switch topic {
                case .zoneConfiguration(let zone), .override(let zone), .state(let zone): zone
                default: nil
                }
            })
    }

    /// The zones whose configuration can be read, in the order of their names.
    var sortedZones: [(name: String, zone: Zone)] {
        zones.sorted { $0.key < $1.key }.map { (name: $0.key, zone: $0.value) }
    }

    /// The nodes that have a part in a zone.
    static func nodes(of zone: Zone) -> [String] {
        Set((zone.bars + zone.sensors.keys).compactMap { Name.place($0)?.node }).sorted()
    }

    /// The full name, `node/bar`, of a bar as a zone has it: `node` alone is the node's only bar.
    func fullName(ofBar place: String) -> String {
        guard !place.contains("/"), let status = presence[place], status.bars.count == 1 else { return place }
        return "\(place)/\(status.bars[0].name)"
    }
}
