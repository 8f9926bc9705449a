public import Mesh

/// The topics by which a site and Home Assistant find each other.
public struct DiscoveryTopic: Sendable, Hashable {
    /// The part of the site that a device stands for.
    public enum Subject: Sendable, Hashable {
        case zone(String)
        /// The same zone as a group of nodes, of which the fleet agent that leads tells.
        case group(String)
        case node(String)
    }

    let site: String
    let prefix: String

    /// The topics of a site.
    public init(site: String, _ settings: HomeAssistantSettings) {
        self.site = site
        prefix = settings.prefix
    }

    /// The topic on which Home Assistant says that it has started, and that it ends.
    public var status: String { prefix + "/status" }

    /// The filter of all devices', whoever's.
    public var all: String { prefix + "/device/+/config" }

    /// Returns what there is of a zone.
    public static func subjects(ofZone name: String) -> [Subject] { [.zone(name), .group(name)] }

    /// Returns the topic of a device.
    public func name(of subject: Subject) -> String { "\(prefix)/device/\(objectID(of: subject))/config" }

    /// Returns the id of a device.
    public func objectID(of subject: Subject) -> String {
        switch subject {
        case .zone(let name): "footlight_\(site)_zone_\(name)"
        case .group(let name): "footlight_\(site)_group_\(name)"
        case .node(let name): "footlight_\(site)_node_\(name)"
        }
    }

    /// Returns what the device of a topic stands for; nil: it isn't of this site.
    public func subject(of topic: String) -> Subject? {
        let (start, end) = ("\(prefix)/device/footlight_\(site)_", "/config")
        guard topic.hasPrefix(start), topic.hasSuffix(end), topic.utf8.count > start.utf8.count + end.utf8.count else {
            return nil
        }
        let parts = topic.dropFirst(start.count).dropLast(end.count).split(
            separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, Name.isValid(parts[1]) else { return nil }
        switch parts[0] {
        case "zone": return .zone(String(parts[1]))
        case "group": return .group(String(parts[1]))
        case "node": return .node(String(parts[1]))
        default: return nil
        }
    }
}
