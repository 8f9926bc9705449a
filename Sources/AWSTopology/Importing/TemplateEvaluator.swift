import YAML

/// Works out the functions of a CloudFormation template as far as the file and the parameters given allow.
///
/// It ends on any input: nodes nest no deeper than the YAML reader allows, conditions and attributes that lead back to
/// themselves are refused or left unknown, and no text grows beyond ``longestText``.
struct TemplateEvaluator {
    /// Texts that functions make beyond this many bytes count as unknown.
    static let longestText = 65536

    /// Conditions and attributes that depend on each other over more steps than this count as unknown.
    static let longestChain = 64
    /// What nests deeper than this, conditions and attributes followed, counts as unknown.
    static let deepest = 256

    let file: String
    /// The template's resources by name, for attributes that repeat a property.
    var resources: [String: YAMLNode] = [:]
    var parameters: [String: Parameter] = [:]
    /// Known values: of parameters, and of AWS's own such as `AWS::Region`.
    var values: [String: ImportedValue] = [:]
    var mappings: [String: YAMLNode] = [:]
    var conditions: [String: YAMLNode] = [:]
    /// What stands before the names of resources: a nested stack's own, with a slash.
    var prefix = ""
    /// How deep the stack is nested.
    var level = 0
    var nested = NestedTemplates.none
    /// Nested stacks that are read already.
    var children: [String: ImportedTemplate] = [:]
    /// Nested stacks that are just being read.
    var opening: Set<String> = []
    /// Resources of this template and of those around and in it, by their whole names.
    var names: Set<String> = []
    /// What loops have made.
    var looped = 0
    private var decided: [String: Bool?] = [:]
    private var deciding: Set<String> = []
    private var attributes: Set<String> = []
    private var depth = 0

    init(file: String) { self.file = file }

    /// What `node` comes to.
    mutating func value(_ node: YAMLNode) throws(TopologyError) -> ImportedValue {
        guard depth < Self.deepest else { return .unknown("nested too deep") }
        depth += 1
        defer { depth -= 1 }
        if let (function, argument) = Self.function(of: node) { return try call(function, argument) }
        switch node.content {
        case .scalar(let text, _): return node.isNull ? .absent : .text(text)
        case .sequence(let nodes):
            var items: [ImportedValue] = []
            for node in nodes {
                let item = try value(node)
                if !item.isAbsent { items.append(item) }
            }
            return .list(items)
        case .mapping(let all):
            let (nodes, closed) = try unrolled(all)
            // What is made here beside the file's own keys, nobody can say.
            if let hidden = closed.first {
                return .unknown(Self.words(hidden.key, hidden.value))
            }
            var entries: [ImportedValue.Entry] = []
            for node in nodes {
                let each = try value(node.value)
                if !each.isAbsent { entries.append(ImportedValue.Entry(key: node.key, value: each)) }
            }
            return .mapping(entries)
        }
    }

    /// The function that a node calls, by its long name, and its argument: of `!Ref X` and of `{Ref: X}`.
    static func function(of node: YAMLNode) -> (String, YAMLNode)? {
        if let tag = node.tag, tag.hasPrefix("!"), !tag.hasPrefix("!!"), tag.utf8.count > 1 {
            let name = String(tag.dropFirst())
            var argument = node
            argument.tag = nil
            return (name == "Ref" || name == "Condition" ? name : "Fn::" + name, argument)
        }
        guard let entries = node.entries, entries.count == 1, let entry = entries.first else { return nil }
        return entry.key == "Ref" || entry.key.hasPrefix("Fn::") ? (entry.key, entry.value) : nil
    }

    /// A name's value: a parameter's, AWS's own, or the resource itself.
    func reference(_ name: String) -> ImportedValue {
        if let value = values[name] { return value }
        if name == "AWS::NoValue" { return .absent }
        if name.hasPrefix("AWS::") { return .text("${\(name)}") }
        if let parameter = parameters[name] {
            let isList = parameter.type.contains("List<") || parameter.type == "CommaDelimitedList"
            return isList ? .unknown("!Ref \(name)") : .text("${\(prefix)\(name)}")
        }
        return isSaid(name) ? .reference(prefix + name, attribute: nil) : .unknown("!Ref \(name)")
    }

    /// Whether the file says what a resource is, so that its name and attributes mean what AWS's do: not of one that
    /// isn't in the file, nor of a custom one, a stack's or a module's.
    private func isSaid(_ resource: String) -> Bool {
        guard let type = resources[resource]?["Type"]?.text else { return false }
        return !Self.isOpaque(type)
    }

    /// Whether what a type makes isn't said in the file that has it.
    static func isOpaque(_ type: String) -> Bool {
        type.hasPrefix("Custom::") || type.hasSuffix("::MODULE")
            || ["AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Stack", "AWS::CloudFormation::Macro"]
                .contains(type)
    }

    /// An attribute of a resource; the block of a VPC or a subnet is the property itself.
    mutating func attribute(_ name: String, of resource: String) throws(TopologyError) -> ImportedValue {
        let key = "\(resource).\(name)"
        if let output = try output(name, of: resource) { return output }
        let isValue = name == "Value" && resources[resource]?["Type"]?.text == "AWS::SSM::Parameter"
        guard isValue || ["CidrBlock", "AvailabilityZone"].contains(name), attributes.count < Self.longestChain,
            let node = resources[resource]?["Properties"]?[name], attributes.insert(key).inserted
        else {
            return isSaid(resource) && !isValue
                ? .reference(prefix + resource, attribute: name) : .unknown("!GetAtt \(key)")
        }
        defer { attributes.remove(key) }
        return try value(node)
    }

    /// Whether a condition holds; nil where that isn't known.
    mutating func condition(named name: String) throws(TopologyError) -> Bool? {
        if let known = decided[name] { return known }
        guard let node = conditions[name] else { return nil }
        guard deciding.insert(name).inserted else {
            throw TopologyError(
                .malformed, at: SourcePlace(file: file, line: node.mark.line), field: "Conditions.\(name)",
                found: "a condition that depends on itself", allowed: "conditions without a cycle",
                remedy: "take \"\(name)\" out of what it depends on")
        }
        defer { deciding.remove(name) }
        // Nobody writes a longer chain, and the stack is finite.
        guard deciding.count <= Self.longestChain else { return nil }
        let result = try condition(node)
        decided[name] = .some(result)
        return result
    }

    private mutating func condition(_ node: YAMLNode) throws(TopologyError) -> Bool? {
        guard depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        var called = Self.function(of: node)
        if called == nil, node.entries?.count == 1, let inner = node["Condition"] { called = ("Condition", inner) }
        guard let (function, argument) = called else { return try value(node).bool }
        let items = argument.items ?? []
        switch function {
        case "Condition":
            return try argument.text.flatMap { (name) throws(TopologyError) in try condition(named: name) }
        case "Fn::Not":
            guard let first = items.first else { return nil }
            return try condition(first).map { !$0 }
        case "Fn::And", "Fn::Or":
            let decisive = function == "Fn::Or"
            var isKnown = true
            for item in items {
                guard let each = try condition(item) else {
                    isKnown = false
                    continue
                }
                if each == decisive { return decisive }
            }
            return isKnown ? !decisive : nil
        case "Fn::Equals":
            guard items.count == 2 else { return nil }
            let a = try value(items[0])
            let b = try value(items[1])
            if a == b { return true }
            guard let a = a.known, let b = b.known else { return nil }
            return a == b
        default: return nil
        }
    }
}
