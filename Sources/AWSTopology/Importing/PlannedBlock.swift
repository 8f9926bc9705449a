import YAML

/// One block of a plan with the values that are known, and the references of those that aren't.
struct PlannedBlock {
    let plan: TerraformPlan
    let resource: TerraformPlan.Planned
    let values: YAMLNode
    let expressions: YAMLNode?

    init(_ resource: TerraformPlan.Planned, in plan: TerraformPlan) {
        self.init(resource, plan, resource.values, resource.expressions)
    }

    private init(
        _ resource: TerraformPlan.Planned, _ plan: TerraformPlan, _ values: YAMLNode, _ expressions: YAMLNode?
    ) {
        self.plan = plan
        self.resource = resource
        self.values = values
        self.expressions = expressions
    }

    /// A value: what is known, else unknown where the configuration says something, else absent.
    func value(_ key: String) -> ImportedValue {
        if let node = values[key], !node.isNull, !(node.items?.isEmpty ?? false), node.text != "" {
            return Self.plain(node)
        }
        if let expression = expressions?[key] {
            if let constant = expression["constant_value"], values[key] == nil { return Self.plain(constant) }
            guard expression["references"] != nil, values[key]?.text != "" else { return .absent }
            return .unknown(expression["references"]?.items?.first?.text ?? key)
        }
        return expressions == nil && values[key] == nil ? .unknown(key) : .absent
    }

    /// A resource: by the configuration, else by a known identifier.
    func reference(_ key: String) -> ImportedValue {
        let found = references(key)
        if case .list(let items) = found { return items.count == 1 ? items[0] : .unknown(key) }
        return found
    }

    /// Resources.
    func references(_ key: String) -> ImportedValue {
        let names = plan.resources(of: expressions?[key], in: resource)
        let known = value(key)
        if !names.isEmpty {
            let count = values[key]?.items?.count ?? 0
            guard count > 0, count != names.count else {
                return .list(names.map { .reference($0, attribute: nil) })
            }
            // The configuration's list was filtered or sliced: which are meant isn't known.
            if known.strings.contains(where: { plan.identifiers[$0] == nil }) { return .unknown(key) }
        }
        if case .unknown = known { return known }
        return known.isAbsent
            ? .absent
            : .list(
                known.strings.map { text in
                    plan.identifiers[text].map { .reference($0, attribute: nil) } ?? .text(text)
                })
    }

    /// The blocks under a key.
    func blocks(_ key: String) -> [PlannedBlock] {
        let each = expressions?[key]?.items ?? []
        let nodes = values[key]?.items ?? []
        return nodes.enumerated().map { index, node in
            let inner = each.count == nodes.count ? each[index] : each.first
            return PlannedBlock(resource, plan, node, inner ?? YAMLNode(.mapping([])))
        }
    }

    /// JSON in a string, a policy for instance.
    func document(_ key: String) -> ImportedValue {
        guard let text = value(key).string else { return value(key) }
        guard let node = try? YAML.parse(text) else { return .unknown(key) }
        return Self.plain(node)
    }

    /// A node without functions.
    private static func plain(_ node: YAMLNode) -> ImportedValue {
        switch node.content {
        case .scalar(let text, _): node.isNull ? .absent : .text(text)
        case .sequence(let items): .list(items.map { plain($0) }.filter { !$0.isAbsent })
        case .mapping(let entries):
            .mapping(
                entries.compactMap {
                    let value = plain($0.value)
                    return value.isAbsent ? nil : ImportedValue.Entry(key: $0.key, value: value)
                })
        }
    }
}
