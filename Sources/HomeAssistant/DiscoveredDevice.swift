internal import Mesh

/// A device as Home Assistant discovers it: one retained message with all of its entities.
///
/// - Source: home-assistant.io/integrations/mqtt, "Device discovery payload"; from Home Assistant 2024.11 on.
public struct DiscoveredDevice: Sendable, Hashable {
    /// The fields of an entity: its platform among them.
    public typealias Component = [String: DiscoveryValue]

    /// The name that the device's topic has, and with which its entities' ids begin: with underscores, which no name of ours
    /// has, so that those of two sites never are the same.
    public let objectID: String
    /// The name by which Home Assistant knows the device: messages that have the same are of one.
    public let identifier: String
    /// The name that people see.
    public var name: String
    /// The kind of device.
    public var model: String
    /// The version of what runs on it; nil: that isn't of this device alone.
    public var version: String?
    /// The topics by which it is available, each with the template that makes `online` or `offline` of it; any is enough.
    public var availability: [Component] = []
    /// The entities, by a key that stays the same.
    public private(set) var components: [String: Component] = [:]

    /// A device without entities; `identifier` is its own unless it is part of another's.
    public init(objectID: String, identifier: String? = nil, name: String, model: String, version: String? = nil) {
        self.objectID = objectID
        self.identifier = identifier ?? objectID
        self.name = name
        self.model = model
        self.version = version
    }

    /// Adds an entity.
    ///
    /// - Parameters:
    ///   - key: what it is called among those of the device.
    ///   - name: what people see behind the device's name; nil: it is what the device is there for.
    public mutating func add(_ key: String, _ platform: String, name: String?, _ fields: Component) {
        var component = fields
        component["platform"] = .text(platform)
        component["unique_id"] = .text("\(objectID)_\(key)")
        component["name"] = name.map { .text($0) } ?? .null
        components[key] = component
    }

    /// The message.
    public var payload: [UInt8] { payload(removing: [:]) }

    /// The message that also takes entities away that there were: Home Assistant forgets none that is merely left out.
    ///
    /// - Parameter former: their platforms, by their keys; those that there still are, stay.
    /// - Source: home-assistant.io/integrations/mqtt, "Remove a component": once with nothing but its platform.
    public func payload(removing former: [String: String]) -> [UInt8] {
        var all = components
        for (key, platform) in former where all[key] == nil { all[key] = ["platform": .text(platform)] }
        var device: Component = [
            "identifiers": .list([.text(identifier)]), "name": .text(name), "manufacturer": "Footlight",
            "model": .text(model),
        ]
        var origin: Component = ["name": "Footlight"]
        if let version {
            device["sw_version"] = .text(version)
            origin["sw_version"] = .text(version)
        }
        var message: Component = [
            "device": .object(device), "origin": .object(origin), "components": .object(all.mapValues { .object($0) }),
        ]
        if !availability.isEmpty {
            message["availability"] = .list(availability.map { .object($0) })
            message["availability_mode"] = "any"
        }
        return JSON.encode(DiscoveryValue.object(message))
    }

    /// Returns the platforms of the entities in a message, by their keys, without those that it takes away; nil where it is
    /// none of ours.
    public static func platforms(in payload: [UInt8]) -> [String: String]? {
        struct Message: Decodable {
            struct Component: Decodable {
                var platform: String
                var uniqueID: String?

                enum CodingKeys: String, CodingKey {
                    case platform
                    case uniqueID = "unique_id"
                }
            }
            struct Origin: Decodable { var name: String }
            var components: [String: Component]
            var origin: Origin
        }
        guard let message = try? JSON.decode(Message.self, from: payload), message.origin.name == "Footlight" else {
            return nil
        }
        return message.components.filter { $0.value.uniqueID != nil }.mapValues(\.platform)
    }
}
