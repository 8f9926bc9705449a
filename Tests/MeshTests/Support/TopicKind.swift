@testable import Mesh

/// A case of `Topic` without what it names, so that tests can go by all of them.
enum TopicKind: String, CaseIterable, Sendable {
    case status, health, delivery, sensor, light, bar, action, result, records, recorded, collector
    case siteConfiguration, zoneConfiguration, nodeConfiguration, set, zoneResult, override, state

    /// Whoever adds a topic is asked for a kind of its own here.
    init(_ topic: Topic) {
        switch topic {
        case .status: self = .status
        case .health: self = .health
        case .delivery: self = .delivery
        case .sensor: self = .sensor
        case .light: self = .light
        case .bar: self = .bar
        case .action: self = .action
        case .result: self = .result
        case .records: self = .records
        case .recorded: self = .recorded
        case .collector: self = .collector
        case .siteConfiguration: self = .siteConfiguration
        case .zoneConfiguration: self = .zoneConfiguration
        case .nodeConfiguration: self = .nodeConfiguration
        case .set: self = .set
        case .zoneResult: self = .zoneResult
        case .override: self = .override
        case .state: self = .state
        }
    }

    /// A topic of this kind that the node of ``TopicRecipeTests`` would hear, if it hears any.
    var example: Topic {
        switch self {
        case .status: .status(node: "landing")
        case .health: .health(node: "landing")
        case .delivery: .delivery(node: "landing")
        case .sensor: .sensor(node: "landing", sensor: "top")
        case .light: .light(node: "landing", light: "window")
        case .bar: .bar(node: "stair-02", bar: "bar")
        case .action: .action(node: "stair-01")
        case .result: .result(node: "stair-01")
        case .records: .records(node: "stair-01")
        case .recorded: .recorded(node: "stair-01")
        case .collector: .collector
        case .siteConfiguration: .siteConfiguration
        case .zoneConfiguration: .zoneConfiguration(zone: "stairs")
        case .nodeConfiguration: .nodeConfiguration(node: "stair-01")
        case .set: .set(zone: "stairs")
        case .zoneResult: .zoneResult(zone: "stairs")
        case .override: .override(zone: "stairs")
        case .state: .state(zone: "stairs")
        }
    }
}
