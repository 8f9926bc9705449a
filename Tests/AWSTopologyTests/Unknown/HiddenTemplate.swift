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
        // JSON has no tags.
        root = try Self.plain(RepeatedKeys(text).root)
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

    mutating func hide(_ path: Path, _ way: Way) throws {
        hidden += 1
        log.append("\(way) at \(path)")
        let name = "Hidden\(hidden)"
        let custom = "{\"Fn::GetAtt\": \"Custom.\(name)\"}"
        try change(path[...]) { old in
            switch way {
            case .parameter: return "{\"Ref\": \"\(name)\"}"
            case .listParameter: return "{\"Ref\": \"\(name)List\"}"
            case .custom: return custom
            case .export: return "{\"Fn::ImportValue\": \"\(name)\"}"
            case .dynamicReference: return "\"{{resolve:ssm:/\(name)}}\""
            case .condition: return "{\"Fn::If\": [\"HiddenOpen\", \(Self.json(old)), {\"Ref\": \"AWS::NoValue\"}]}"
            case .list:
                guard let items = old.items else { return "{\"Ref\": \"\(name)\"}" }
                return "[\((items.map(Self.json) + [custom]).joined(separator: ", "))]"
            case .transform:
                guard old.entries != nil, TemplateEvaluator.function(of: old) == nil else {
                    return "{\"Fn::Transform\": {\"Name\": \"\(name)\"}}"
                }
                return Self.mapping(old, and: "\"Fn::Transform\": {\"Name\": \"AWS::Include\"}")
            }
        }
    }

    /// Makes it open whether a resource is made.
    mutating func condition(_ resource: String) throws {
        log.append("condition of \(resource)")
        try change([.key("Resources"), .key(resource)]) {
            Self.mapping($0.removing("Condition"), and: "\"Condition\": \"HiddenOpen\"")
        }
    }

    /// Has a loop over what isn't known make a resource in the file's place.
    mutating func loop(_ resource: String) throws {
        log.append("loop for \(resource)")
        try change([.key("Resources")]) { old in
            let body = "{\"\(resource)\": \(Self.json(old[resource] ?? old))}"
            return Self.mapping(
                old.removing(resource),
                and: "\"Fn::ForEach::\(resource)\": [\"Each\", {\"Ref\": \"HiddenList\"}, \(body)]")
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
    private static func plain(_ node: YAMLNode) throws -> YAMLNode {
        var inner = node
        inner.tag = nil
        switch inner.content {
        case .scalar: break
        case .sequence(let items): inner.content = .sequence(try items.map { try plain($0) })
        case .mapping(let entries):
            inner.content = .mapping(
                try entries.map {
                    var entry = $0
                    entry.value = try plain($0.value)
                    return entry
                })
        }
        guard let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!"), tag.utf8.count > 1 else { return inner }
        let name = String(tag.dropFirst())
        let function = name == "Ref" || name == "Condition" ? name : "Fn::" + name
        return try YAML.parse("{\(JSONText.quoted(function)): \(json(inner))}")
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

    /// A mapping with one more entry.
    private static func mapping(_ node: YAMLNode, and entry: String) -> String {
        let own = (node.entries ?? []).map { "\(JSONText.quoted($0.key)): \(json($0.value))" }
        return "{\((own + [entry]).joined(separator: ", "))}"
    }

    private mutating func change(_ path: ArraySlice<Step>, _ body: (YAMLNode) -> String) throws {
        root = try Self.changing(root, path) { try YAML.parse(body($0)) }
    }

    static func changing(
        _ node: YAMLNode, _ path: ArraySlice<Step>, _ change: (YAMLNode) throws -> YAMLNode
    ) rethrows -> YAMLNode {
        guard let step = path.first else { return try change(node) }
        var node = node
        switch (step, node.content) {
        case (.key(let key), .mapping(var entries)):
            for index in entries.indices where entries[index].key == key {
                entries[index].value = try changing(entries[index].value, path.dropFirst(), change)
            }
            node.content = .mapping(entries)
        case (.index(let index), .sequence(var items)) where items.indices.contains(index):
            items[index] = try changing(items[index], path.dropFirst(), change)
            node.content = .sequence(items)
        default: break
        }
        return node
    }
}
