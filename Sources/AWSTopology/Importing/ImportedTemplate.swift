import YAML

/// A CloudFormation template, its functions worked out as far as they can be.
struct ImportedTemplate {
    private(set) var resources: [ImportedResource] = []
    private(set) var parameters: [Parameter] = []
    private(set) var suppressions: [LintSuppression] = []
    private var evaluator: TemplateEvaluator

    /// Reads a template.
    ///
    /// - Parameter given: Values of parameters, of `AWS::Region` and its like too.
    /// - Throws: ``TopologyError`` for what is no template, or a parameter that it doesn't have.
    init(_ root: YAMLNode, file: String, given: [String: String]) throws(TopologyError) {
        evaluator = TemplateEvaluator(file: file)
        try readParameters(root["Parameters"], given, SourcePlace(file: file, line: root.mark.line))
        for entry in root["Mappings"]?.entries ?? [] { evaluator.mappings[entry.key] = entry.value }
        for entry in root["Conditions"]?.entries ?? [] { evaluator.conditions[entry.key] = entry.value }
        let entries = root["Resources"]?.entries ?? []
        for entry in entries { evaluator.resources[entry.key] = entry.value }
        suppressions += try LintSuppression.all(inMetadata: root["Metadata"], of: nil, file: file)
        for entry in entries {
            guard let type = entry.value["Type"]?.text else { continue }
            try LogicalName.check(entry.key, at: SourcePlace(file: file, line: entry.keyMark.line))
            suppressions += try LintSuppression.all(inMetadata: entry.value["Metadata"], of: entry.key, file: file)
            var open: String?
            if let name = entry.value["Condition"]?.text {
                switch try evaluator.condition(named: name) {
                case false?: continue
                case true?: break
                case nil: open = name
                }
            }
            var resource = ImportedResource(
                name: entry.key, type: type, properties: try evaluate(entry.value["Properties"]),
                line: entry.keyMark.line)
            resource.openCondition = open
            resource.updatePolicy = try evaluate(entry.value["UpdatePolicy"])
            resource.creationPolicy = try evaluate(entry.value["CreationPolicy"])
            resource.deletionPolicy = try evaluate(entry.value["DeletionPolicy"]).known
            resources.append(resource)
        }
    }

    private mutating func evaluate(_ node: YAMLNode?) throws(TopologyError) -> ImportedValue {
        guard let node else { return .absent }
        return try evaluator.value(node)
    }

    private mutating func readParameters(
        _ node: YAMLNode?, _ given: [String: String], _ place: SourcePlace
    ) throws(TopologyError) {
        var names: [String] = []
        for entry in node?.entries ?? [] {
            try LogicalName.check(entry.key, at: SourcePlace(file: place.file, line: entry.keyMark.line))
            names.append(entry.key)
            let type = entry.value["Type"]?.text ?? "String"
            let parameter = Parameter(
                name: entry.key, type: type, defaultValue: entry.value["Default"]?.text,
                description: entry.value["Description"]?.text ?? "")
            parameters.append(parameter)
            evaluator.parameters[entry.key] = parameter
            // What a Systems Manager parameter holds isn't in the file, only its name is.
            // Nor is a secret that is given for the occasion.
            let isGivenSecret = given[entry.key] != nil && entry.value["NoEcho"]?.text?.lowercased() == "true"
            guard !type.hasPrefix("AWS::SSM::Parameter::Value"), !isGivenSecret,
                let text = given[entry.key] ?? parameter.defaultValue
            else { continue }
            let isList = type.hasPrefix("List<") || type == "CommaDelimitedList"
            let parts = text.separated(by: ",").map { ImportedValue.text($0.trimmed) }
            evaluator.values[entry.key] =
                isList ? (text.isEmpty ? .unknown("!Ref \(entry.key)") : .list(parts)) : .text(text)
        }
        for (name, text) in given.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            guard name.hasPrefix("AWS::") else {
                throw TopologyError(
                    .unknownName, at: place, field: "--parameter", found: "\"\(name)\"",
                    allowed: names.isEmpty ? "none, for the template has no parameters" : names.joined(separator: ", "),
                    remedy: Spelling.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" } ?? "leave it out")
            }
            evaluator.values[name] = .text(text)
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
