import YAML

@testable import AWSTopology

/// A template in which parts can be hidden: what stood there is something that the file doesn't say.
struct HiddenTemplate {
    /// A way to hide a value.
    enum Way: CaseIterable {
        case parameter, listParameter, custom, export, dynamicReference, condition, list, transform
    }

    /// Keys and indices from the root.
    typealias Path = [Step]
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    private(set) var root: YAMLNode
    private var hidden = 0
    /// What was hidden, for people.
    private(set) var log: [String] = []

    init(_ text: String) throws {
        root = try RepeatedKeys(text).root
        // JSON has no tags.
        root = Self.plain(root)
    }

    /// Where values stand that can be hidden: in properties and policies of resources.
    var spots: [Path] {
        var spots: [Path] = []
        for resource in root["Resources"]?.entries ?? [] {
            for part in ["Properties", "UpdatePolicy", "DeletionPolicy"] {
                guard let node = resource.value[part] else { continue }
                Self.visit(node, [.key("Resources"), .key(resource.key), .key(part)], &spots)
            }
        }
        return spots
    }

    /// The names of the resources.
    var resources: [String] { root["Resources"]?.entries?.map(\.key) ?? [] }

    private static func visit(_ node: YAMLNode, _ path: Path, _ spots: inout [Path]) {
        spots.append(path)
        // What stands in a function is the function's.
        guard TemplateEvaluator.function(of: node) == nil else { return }
        switch node.content {
        case .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() { visit(item, path + [.index(index)], &spots) }
        case .mapping(let entries):
            for entry in entries { visit(entry.value, path + [.key(entry.key)], &spots) }
        }
    }

    mutating func hide(_ path: Path, _ way: Way) {
        hidden += 1
        log.append("\(way) at \(path)")
        let name = "Hidden\(hidden)"
        root = Self.changing(root, path[...]) { old in
            switch way {
            case .parameter: Self.call("Ref", name)
            case .listParameter: Self.call("Ref", "\(name)List")
            case .custom: Self.call("Fn::GetAtt", "Custom.\(name)")
            case .export: Self.call("Fn::ImportValue", name)
            case .dynamicReference: YAMLNode(.scalar("{{resolve:ssm:/\(name)}}", plain: false))
            case .condition:
                try! YAML.parse(
                    "{\"Fn::If\": [\"HiddenOpen\", \(Self.json(old)), {\"Ref\": \"AWS::NoValue\"}]}")
            case .list:
                try! YAML.parse(
                    old.items == nil
                        ? "{\"Ref\": \"\(name)\"}"
                        : "[\(((old.items ?? []).map(Self.json) + ["{\"Fn::GetAtt\": \"Custom.\(name)\"}"]).joined(separator: ","))]"
                )
            case .transform:
                old.entries == nil || TemplateEvaluator.function(of: old) != nil
                    ? Self.call("Fn::Transform", name)
                    : try! YAML.parse(
                        "{\(((old.entries ?? []).map { "\"\($0.key)\": \(Self.json($0.value))" } + ["\"Fn::Transform\": {\"Name\": \"AWS::Include\"}"]).joined(separator: ","))}"
                    )
            }
        }
    }

    /// Makes it open whether a resource is made.
    mutating func condition(_ resource: String) {
        log.append("condition of \(resource)")
        root = Self.changing(root, [.key("Resources"), .key(resource)]) { old in
            let entries = (old.entries ?? []).filter { $0.key != "Condition" }
                .map { "\"\($0.key)\": \(Self.json($0.value))" }
            return try! YAML.parse("{\((entries + ["\"Condition\": \"HiddenOpen\""]).joined(separator: ","))}")
        }
    }

    /// Has a loop over what isn't known make a resource in the file's place.
    mutating func loop(_ resource: String) {
        log.append("loop for \(resource)")
        let entries = (root["Resources"]?.entries ?? []).map { entry in
            entry.key == resource
                ? "\"Fn::ForEach::\(entry.key)\": [\"Each\", {\"Ref\": \"HiddenList\"}, {\"\(entry.key)\": \(Self.json(entry.value))}]"
                : "\"\(entry.key)\": \(Self.json(entry.value))"
        }
        root = Self.changing(root, [.key("Resources")]) { _ in
            try! YAML.parse("{\(entries.joined(separator: ","))}")
        }
    }

    /// The template, in JSON.
    var text: String {
        let parameters = (0...hidden).flatMap { number in
            [
                "\"Hidden\(number)\": {\"Type\": \"String\"}",
                "\"Hidden\(number)List\": {\"Type\": \"CommaDelimitedList\"}",
            ]
        }
        let own = (root["Parameters"]?.entries ?? []).map { "\"\($0.key)\": \(Self.json($0.value))" }
        let conditions = (root["Conditions"]?.entries ?? []).map { "\"\($0.key)\": \(Self.json($0.value))" }
        let resources = (root["Resources"]?.entries ?? []).map { "\"\($0.key)\": \(Self.json($0.value))" }
        let rest = (root.entries ?? []).filter { !["Parameters", "Conditions", "Resources"].contains($0.key) }
            .map { ", \"\($0.key)\": \(Self.json($0.value))" }.joined()
        let lists = own + parameters + ["\"HiddenList\": {\"Type\": \"CommaDelimitedList\"}"]
        let open = conditions + ["\"HiddenOpen\": {\"Fn::Equals\": [{\"Ref\": \"Hidden0\"}, \"x\"]}"]
        let custom = resources + ["\"Custom\": {\"Type\": \"Custom::Thing\"}"]
        return """
            {"Parameters": {\(lists.joined(separator: ","))}, "Conditions": {\(open.joined(separator: ","))},
             "Resources": {\(custom.joined(separator: ",\n"))}\(rest)}
            """
    }

    // MARK: Nodes

    /// With short functions in their long form.
    static func plain(_ node: YAMLNode) -> YAMLNode {
        var inner = node
        inner.tag = nil
        switch inner.content {
        case .scalar: break
        case .sequence(let items): inner.content = .sequence(items.map(plain))
        case .mapping(let entries):
            inner.content = .mapping(
                entries.map {
                    var entry = $0
                    entry.value = plain($0.value)
                    return entry
                })
        }
        guard let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!"), tag.utf8.count > 1 else { return inner }
        let name = String(tag.dropFirst())
        return call(name == "Ref" || name == "Condition" ? name : "Fn::" + name, json: json(inner))
    }

    private static func call(_ function: String, _ argument: String) -> YAMLNode {
        call(function, json: JSONText.quoted(argument))
    }

    private static func call(_ function: String, json: String) -> YAMLNode {
        try! YAML.parse("{\(JSONText.quoted(function)): \(json)}")
    }

    static func json(_ node: YAMLNode) -> String {
        switch node.content {
        // Numbers and truths of JSON stay what they are.
        case .scalar(let text, let plain):
            node.isNull
                ? "null"
                : plain && (text == "true" || text == "false" || Int(text) != nil) ? text : JSONText.quoted(text)
        case .sequence(let items): "[\(items.map(json).joined(separator: ", "))]"
        case .mapping(let entries):
            "{\(entries.map { "\(JSONText.quoted($0.key)): \(json($0.value))" }.joined(separator: ", "))}"
        }
    }

    static func changing(
        _ node: YAMLNode, _ path: ArraySlice<Step>, _ change: (YAMLNode) -> YAMLNode
    ) -> YAMLNode {
        guard let step = path.first else { return change(node) }
        var node = node
        switch (step, node.content) {
        case (.key(let key), .mapping(var entries)):
            for index in entries.indices where entries[index].key == key {
                entries[index].value = changing(entries[index].value, path.dropFirst(), change)
            }
            node.content = .mapping(entries)
        case (.index(let index), .sequence(var items)) where items.indices.contains(index):
            items[index] = changing(items[index], path.dropFirst(), change)
            node.content = .sequence(items)
        default: break
        }
        return node
    }
}
