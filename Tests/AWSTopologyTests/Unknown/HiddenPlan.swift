import Foundation
import YAML

@testable import AWSTopology

/// A Terraform plan in which parts can be hidden, as Terraform writes what it knows only after apply.
struct HiddenPlan {
    /// A way to hide an attribute.
    enum Way: CaseIterable {
        /// By a local value, which no plan says.
        case local
        /// By a data source, beside what is known.
        case data
        /// By a variable without a value.
        case variable
    }

    struct Spot {
        var address: String
        var key: String
    }

    private var root: YAMLNode
    private(set) var log: [String] = []
    /// Whether the plan says what is known only after apply; those of old versions don't.
    var saysUnknowns = true

    init(_ text: String) throws { root = try YAML.parse(text) }

    /// The plan of a service over three zones, made by Terraform 1.11 with provider 5.100 of a file of ours, and cut to
    /// what is read; lint finds nothing in it.
    static func clean() throws -> HiddenPlan {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Topologies/clean-plan.json")
        return try HiddenPlan(String(contentsOf: file, encoding: .utf8))
    }

    /// Addresses of the resources.
    var addresses: [String] { (root["resource_changes"]?.items ?? []).compactMap { $0["address"]?.text } }

    /// What the configuration says of each resource.
    var spots: [Spot] {
        addresses.flatMap { address in
            (expressions(of: address)?.entries ?? []).map { Spot(address: address, key: $0.key) }
        }
    }

    private func configurationPath(of address: String) -> HiddenTemplate.Path? {
        let plain = TerraformPlan.withoutIndices(address)
        var path: HiddenTemplate.Path = [.key("configuration"), .key("root_module")]
        var rest = plain
        while rest.hasPrefix("module.") {
            let name = String(rest.dropFirst(7).prefix { $0 != "." })
            path += [.key("module_calls"), .key(name), .key("module")]
            rest = String(rest.dropFirst(7 + name.count + 1))
        }
        var node = root
        for case .key(let key) in path { node = node[key] ?? node }
        let resources = node["resources"]?.items ?? []
        guard let index = resources.firstIndex(where: { $0["address"]?.text == rest }) else { return nil }
        return path + [.key("resources"), .index(index), .key("expressions")]
    }

    private func expressions(of address: String) -> YAMLNode? {
        guard let path = configurationPath(of: address) else { return nil }
        return path.reduce(root) { node, step in
            switch step {
            case .key(let key): node[key] ?? node
            case .index(let index): node.items?[index] ?? node
            }
        }
    }

    /// Hides an attribute of every instance of a resource, for they share a configuration.
    mutating func hide(_ spot: Spot, _ way: Way) throws {
        log.append("\(spot.address).\(spot.key) by \(way)")
        let base = TerraformPlan.withoutIndices(spot.address)
        for address in addresses where TerraformPlan.withoutIndices(address) == base {
            edit(address) { values in
                values.removing(spot.key)
            } unknown: { unknown in
                try? unknown.setting(spot.key, "true")
            }
        }
        guard let path = configurationPath(of: spot.address) else { return }
        let old = expressions(of: spot.address)?[spot.key]?["references"]?.items?.compactMap(\.text) ?? []
        let more =
            switch way {
            case .local: ["local.hidden"]
            case .data: old + ["data.aws_hidden.other.ids", "data.aws_hidden.other"]
            case .variable: ["var.hidden"]
            }
        let list = more.map { "\"\($0.separated(by: "\"").joined(separator: "\\\""))\"" }.joined(separator: ", ")
        root = HiddenTemplate.changing(root, path[...]) { node in
            (try? node.setting(spot.key, "{\"references\": [\(list)]}")) ?? node
        }
    }

    /// Has nothing be known of a resource: such a one has no values in a plan.
    mutating func hideValues(of address: String) {
        log.append("values of \(address)")
        let said = (expressions(of: address)?.entries ?? []).map(\.key)
        edit(address) { _ in
            nil
        } unknown: { unknown in
            let keys = Set(said + (unknown.entries ?? []).map(\.key))
            return try? YAML.parse("{\(keys.sorted().map { "\"\($0)\": true" }.joined(separator: ", "))}")
        }
    }

    private mutating func edit(
        _ address: String, values: (YAMLNode) -> YAMLNode?, unknown: (YAMLNode) -> YAMLNode?
    ) {
        func visit(_ node: YAMLNode) -> YAMLNode {
            var node = node
            switch node.content {
            case .scalar: break
            case .sequence(let items): node.content = .sequence(items.map(visit))
            case .mapping(let entries):
                guard node["address"]?.text == address, node["change"] != nil || node["type"] != nil else {
                    node.content = .mapping(
                        entries.map {
                            var entry = $0
                            entry.value = entry.key == "configuration" ? entry.value : visit(entry.value)
                            return entry
                        })
                    break
                }
                if let old = node["values"] {
                    node = node.removing("values")
                    if let new = values(old) { node = (try? node.setting("values", HiddenTemplate.json(new))) ?? node }
                } else if let old = node["change"]?["after_unknown"], let new = unknown(old) {
                    node = (try? node.setting("change", "{\"after_unknown\": \(HiddenTemplate.json(new))}")) ?? node
                }
            }
            return node
        }
        root = visit(root)
    }

    /// The plan, in JSON.
    var text: String { HiddenTemplate.json(saysUnknowns ? root : root.removing("resource_changes")) }
}

extension YAMLNode {
    func removing(_ key: String) -> YAMLNode {
        var node = self
        node.content = .mapping((entries ?? []).filter { $0.key != key })
        return node
    }

    func setting(_ key: String, _ json: String) throws -> YAMLNode {
        var node = self
        let added = try YAML.parse("{\(JSONText.quoted(key)): \(json)}").entries ?? []
        node.content = .mapping((entries ?? []).filter { $0.key != key } + added)
        return node
    }
}
