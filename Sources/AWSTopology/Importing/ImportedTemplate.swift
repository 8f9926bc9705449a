import YAML

/// A CloudFormation template, its functions worked out as far as they can be.
struct ImportedTemplate {
    private(set) var resources: [ImportedResource] = []
    private(set) var parameters: [Parameter] = []
    private(set) var suppressions: [LintSuppression] = []
    /// What makes more than the template says.
    private(set) var openings: [Opening] = []
    /// What the template hands to the one that it is nested in.
    private(set) var outputs: [String: ImportedValue] = [:]
    private var evaluator: TemplateEvaluator

    /// The names of all resources, with their stacks'.
    var names: Set<String> { evaluator.names }

    /// Transforms whose effect is known: none on what the file has of other types than their own.
    private static let known = [
        "AWS::LanguageExtensions", "AWS::Serverless-2016-10-31", "AWS::SecretsManager-2020-07-23",
        "AWS::SecretsManager-2024-09-16", "AWS::CodeDeployBlueGreen", "AWS::ServiceCatalog",
    ]

    /// Reads a template.
    ///
    /// - Parameter given: Values of parameters, of `AWS::Region` and its like too.
    /// - Throws: ``TopologyError`` for what is no template, or a parameter that it doesn't have.
    init(
        _ root: YAMLNode, file: String, given: [String: String], nested: NestedTemplates = .none
    ) throws(TopologyError) {
        var evaluator = TemplateEvaluator(file: file)
        evaluator.nested = nested
        try self.init(root, with: evaluator, given: given.mapValues { .text($0) })
    }

    /// Reads a template with an evaluator that already knows what is around it.
    ///
    /// - Parameter isNested: Whether values that it has no parameter for are passed over.
    init(
        _ root: YAMLNode, with evaluator: TemplateEvaluator, given: [String: ImportedValue], isNested: Bool = false
    ) throws(TopologyError) {
        self.evaluator = evaluator
        let file = evaluator.file
        try readParameters(root["Parameters"], given, SourcePlace(file: file, line: root.mark.line), isNested)
        for entry in root["Mappings"]?.entries ?? [] { self.evaluator.mappings[entry.key] = entry.value }
        let conditions = try self.evaluator.unrolled(root["Conditions"]?.entries ?? [])
        for entry in conditions.entries { self.evaluator.conditions[entry.key] = entry.value }
        let (entries, closed) = try self.evaluator.unrolled(root["Resources"]?.entries ?? [])
        self.evaluator.resources = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        self.evaluator.names.formUnion(entries.map { evaluator.prefix + $0.key })
        suppressions += try LintSuppression.all(inMetadata: root["Metadata"], of: nil, file: file)
        try read(transforms: root["Transform"])
        for entry in closed { open(entry, entry.key) }
        for entry in entries { try read(resource: entry) }
        for entry in try self.evaluator.unrolled(root["Outputs"]?.entries ?? []).entries {
            outputs[entry.key] = try evaluate(entry.value["Value"])
        }
    }

    private mutating func read(resource entry: YAMLNode.Entry) throws(TopologyError) {
        guard let type = entry.value["Type"]?.text else { return }
        let file = evaluator.file
        let name = evaluator.prefix + entry.key
        try LogicalName.check(entry.key, at: SourcePlace(file: file, line: entry.keyMark.line))
        suppressions += try LintSuppression.all(inMetadata: entry.value["Metadata"], of: name, file: file)
        var unsure: String?
        if let condition = entry.value["Condition"]?.text {
            switch try evaluator.condition(named: condition) {
            case false?: return
            case true?: break
            case nil: unsure = condition
            }
        }
        if let child = try evaluator.child(entry.key) {
            return adopt(child, unsure: unsure)
        }
        if TemplateEvaluator.isOpaque(type) {
            open(entry, type == "AWS::CloudFormation::Stack" ? "the nested stack \(name)" : "\(name) (\(type))")
        }
        var resource = ImportedResource(
            name: name, type: type, properties: try evaluate(entry.value["Properties"]), line: entry.keyMark.line)
        resource.file = file
        resource.openCondition = unsure
        resource.updatePolicy = try evaluate(entry.value["UpdatePolicy"])
        resource.creationPolicy = try evaluate(entry.value["CreationPolicy"])
        resource.deletionPolicy = try evaluate(entry.value["DeletionPolicy"]).known
        // Beside its parts a resource may have what a macro makes of it.
        if let macro = entry.value.entries?.first(where: { $0.key.hasPrefix("Fn::") }) {
            resource.macro = TemplateEvaluator.words(macro.key, macro.value)
        }
        resources.append(resource)
    }

    /// Takes a nested stack's resources in, which are made only if it is.
    private mutating func adopt(_ child: ImportedTemplate, unsure: String?) {
        for resource in child.resources {
            var resource = resource
            resource.openCondition = resource.openCondition ?? unsure
            resources.append(resource)
        }
        parameters += child.parameters
        suppressions += child.suppressions
        openings += child.openings
    }

    /// Notes that something makes more than the file says, and what it is handed.
    private mutating func open(_ entry: YAMLNode.Entry, _ what: String) {
        var touches: Set<String> = []
        (entry.value["Properties"] ?? entry.value).eachText { text in
            for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
                let name = evaluator.prefix + word
                if evaluator.names.contains(name) { touches.insert(name) }
            }
        }
        openings.append(
            Opening(
                what: what, touches: touches, place: SourcePlace(file: evaluator.file, line: entry.keyMark.line)))
    }

    private mutating func read(transforms node: YAMLNode?) throws(TopologyError) {
        guard let node else { return }
        for item in node.items ?? [node] {
            let name = item.text ?? item["Name"]?.text ?? "not said"
            guard !Self.known.contains(name) else { continue }
            openings.append(
                Opening(
                    what: "the macro \(name)", touches: nil,
                    place: SourcePlace(file: evaluator.file, line: item.mark.line)))
        }
    }

    private mutating func evaluate(_ node: YAMLNode?) throws(TopologyError) -> ImportedValue {
        guard let node else { return .absent }
        return try evaluator.value(node)
    }

    private mutating func readParameters(
        _ node: YAMLNode?, _ given: [String: ImportedValue], _ place: SourcePlace, _ isNested: Bool
    ) throws(TopologyError) {
        var names: [String] = []
        for entry in node?.entries ?? [] {
            try LogicalName.check(entry.key, at: SourcePlace(file: place.file, line: entry.keyMark.line))
            names.append(entry.key)
            let type = entry.value["Type"]?.text ?? "String"
            let parameter = Parameter(
                name: evaluator.prefix + entry.key, type: type, defaultValue: entry.value["Default"]?.text,
                description: entry.value["Description"]?.text ?? "")
            parameters.append(parameter)
            evaluator.parameters[entry.key] = parameter
            // What a Systems Manager parameter holds isn't in the file, only its name is.
            // Nor is a secret that is given for the occasion.
            let isGivenSecret = given[entry.key] != nil && entry.value["NoEcho"]?.text?.lowercased() == "true"
            guard !type.hasPrefix("AWS::SSM::Parameter::Value"), !isGivenSecret,
                let value = given[entry.key] ?? parameter.defaultValue.map({ .text($0) }), !value.isAbsent
            else { continue }
            let isList = type.hasPrefix("List<") || type == "CommaDelimitedList"
            evaluator.values[entry.key] = isList ? list(value, of: parameter.name) : value
        }
        for (name, value) in given.sorted(by: { $0.key < $1.key }) where !names.contains(name) && !isNested {
            guard name.hasPrefix("AWS::") else {
                throw TopologyError(
                    .unknownName, at: place, field: "--parameter", found: "\"\(name)\"",
                    allowed: names.isEmpty ? "none, for the template has no parameters" : names.joined(separator: ", "),
                    remedy: Spelling.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" } ?? "leave it out")
            }
            evaluator.values[name] = value
        }
    }

    /// A list that a parameter is given: as such, or as text with commas, in which each may be a resource.
    private func list(_ value: ImportedValue, of name: String) -> ImportedValue {
        guard case .text(let text) = value else { return value }
        guard !text.isEmpty, !text.contains(ImportedValue.dynamic) else { return .unknown("!Ref \(name)") }
        let parts = text.separated(by: ",").map { evaluator.unfolded($0.trimmed) }
        // One name in place of all is a list that isn't known.
        if parts.count == 1, parts[0].isUnknown { return .unknown("!Ref \(name)") }
        return .list(parts)
    }
}

extension YAMLNode {
    /// Visits every text in it, keys left out.
    func eachText(_ body: (String) -> Void) {
        switch content {
        case .scalar(let text, _): body(text)
        case .sequence(let items): for item in items { item.eachText(body) }
        case .mapping(let entries): for entry in entries { entry.value.eachText(body) }
        }
    }
}

extension String {
    /// Without spaces at either end.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
