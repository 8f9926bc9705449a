internal import Lighting

/// Everything that one seed decides beforehand: who is there, how good the links are, what befalls them.
struct Scenario: Sendable, Codable {
    /// A node.
    struct Node: Sendable, Codable {
        var site: String
        var name: String
        var bars: [String]
        var sensors: [Int] = []
        var link: LinkQuality
        var clock: NodeClock
        var frame: Duration
        var bootsAt: Duration
        var isSynchronised: Bool { clock.isSynchronised }
        var priority: Int
        /// Whether its messages are as those of the last release, which lack the fields that came since.
        var isOfLastRelease = false
    }

    /// A sensor.
    struct Sensor: Sendable, Codable {
        var node: Int
        var name: String
        var stuckLimit: Duration
    }

    /// A zone as it is at the beginning.
    struct ZonePlan: Sendable, Codable {
        var site: String
        var name: String
        var zone: Zone
    }

    /// One person walks from one sensor of a zone to another while the network is calm.
    struct Walk: Sendable, Codable {
        var zone: Int
        var from: Int
        var to: Int
        var at: Duration
        /// How long from the one to the other, and how long each sees them.
        var takes: Duration
        var seen: Duration
    }

    /// How bright the day is from an instant on.
    struct Day: Sendable, Codable {
        var at: Duration
        var lux: Double
    }

    /// Below this, in lux, it is dark for the zone that is lit in the dark only.
    static let limit = 10.0

    /// A place by whose hardware is there to begin with: a bar of a node's.
    struct PlaceName: Sendable, Hashable, Codable {
        var node: Int
        var bar: Int
    }

    /// When all worlds begin.
    static let beginning = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)

    var seed: UInt64
    var nodes: [Node] = [] { didSet { longestDelay = nodes.map(\.link.longest).max() ?? .zero } }
    var sensors: [Sensor] = []
    var zones: [ZonePlan] = []
    /// Whether any zone has a guide light.
    var hasGuideLight = false
    var disturbances: [Disturbance] = []
    var walks: [Walk] = []
    /// The node that has the light sensor, and how bright the day is from when on, in lux.
    var light: Int?
    var days: [Day] = []
    /// How many brokers the nodes list.
    var brokerCount = 1
    /// Whether the broker is a cluster that keeps order within a topic only, and whose wills may come late.
    var isCluster = false
    /// Whether the broker acknowledges a subscription before it sends what it kept, rather than after.
    var acknowledgesFirst = false
    /// How probable it is that a message comes twice.
    var duplicates = 0.0
    /// How often the broker saves its retained messages.
    var savesEvery = Duration.seconds(30)
    /// When disturbances have ceased, and when all has come to rest.
    var calmAt = Duration.zero
    var restAt = Duration.zero
    var endAt = Duration.zero

    /// No packet takes longer on any of its links.
    private(set) var longestDelay = Duration.zero

    /// The node's name for a bar in a zone.
    func place(node: Int, bar: Int) -> String { "\(nodes[node].name)/\(nodes[node].bars[bar])" }
    /// The sensor's name in a zone.
    func place(sensor: Int) -> String { "\(nodes[sensors[sensor].node].name)/\(sensors[sensor].name)" }

    /// The shortest ease of each site that is ever in force.
    var shortestEase: [String: Duration] {
        var shortest: [String: Duration] = [:]
        func take(_ zone: Zone, _ site: String) {
            shortest[site] = min(shortest[site] ?? .seconds(60), zone.look.easeIn, zone.look.easeOut)
        }
        for plan in zones { take(plan.zone, plan.site) }
        for disturbance in disturbances {
            switch disturbance.kind {
            case .apply(let zone, let configuration): take(configuration, zones[zone].site)
            case .command(let zone, let payload) where payload.contains(#""easeSeconds":0"#):
                shortest[zones[zone].site] = .zero
            default: break
            }
        }
        return shortest
    }
}
