import YAML

/// A file that describes a topology in any of the forms that are understood, and what it says to lint.
public struct TopologyDocument: Sendable {
    /// A form in which a file describes a topology.
    public enum Form: String, Sendable, CaseIterable {
        /// Footlight's own concise form.
        case footlight
        /// A CloudFormation template, YAML or JSON.
        case cloudFormation
        /// The output of `terraform show -json`.
        case terraformPlan
        /// A `terraform.tfstate`, or the output of `terraform show -json` without a plan.
        case terraformState
    }

    /// The form that the file has.
    public let form: Form
    /// The topology.
    public private(set) var topology: Topology
    /// Findings that the file itself says are accepted.
    public let suppressions: [LintSuppression]
    /// Properties that nothing was made of, by resource; of templates, where that was asked for.
    public private(set) var unread: [String: [String]] = [:]

    /// Reads a file, whatever its form.
    ///
    /// - Parameters:
    ///   - text: YAML; JSON is YAML too.
    ///   - file: The file's name, for errors and places.
    ///   - parameters: Values of a template's parameters, and of `AWS::Region` and its like.
    ///   - nested: The way to the templates of nested stacks.
    ///   - notesUnread: Whether to note what of a template nothing is made of.
    /// - Throws: ``TopologyError`` with file and line.
    public init(
        reading text: String, file: String, parameters: [String: String] = [:], nested: NestedTemplates = .none,
        notesUnread: Bool = false
    ) throws(TopologyError) {
        let root: YAMLNode
        let repetitions: [RepeatedKeys.Repetition]
        do {
            let read = try RepeatedKeys(text)
            root = read.root
            repetitions = read.repetitions
        } catch {
            throw TopologyError(
                .malformed, at: SourcePlace(file: file, line: error.mark.line), found: error.message,
                allowed: "one YAML or JSON document", remedy: "correct it at column \(error.mark.column)")
        }
        form = try Self.form(of: root, file: file)
        if form != .cloudFormation, let name = parameters.keys.sorted().first {
            throw TopologyError(
                .unknownKey, at: SourcePlace(file: file, line: 1), field: "--parameter", found: "\"\(name)\"",
                allowed: "parameters of a CloudFormation template, which this file is not", remedy: "leave it out")
        }
        switch form {
        case .footlight:
            topology = try Topology(reading: text, file: file)
            suppressions = try LintSuppression.all(in: root["suppress"], file: file)
        case .cloudFormation:
            let template = try ImportedTemplate(root, file: file, given: parameters, nested: nested)
            var resources = template.resources
            if notesUnread { for index in resources.indices { resources[index].seen = SeenKeys() } }
            var importer = ResourceImporter(resources, file: file)
            var topology = importer.build()
            unread = SeenKeys.unread(resources, others: topology.others)
            topology.parameters = template.parameters
            topology.openings = template.openings
            for resource in template.resources {
                // One is enough to leave all open.
                if let opening = template.openings.first(where: { $0.touches == nil }) {
                    topology.unresolved.insert(
                        UnresolvedValue(resource: resource.name, property: "", expression: opening.what))
                }
            }
            topology.region = parameters["AWS::Region"] ?? topology.regionOfZones
            self.topology = topology
            suppressions = template.suppressions
            note(repetitions, file)
        case .terraformPlan, .terraformState:
            let plan = TerraformPlan(root)
            let translator = TerraformTranslator(plan)
            var importer = ResourceImporter(translator.resources, file: file)
            var topology = importer.build()
            topology.others += translator.foreign
            for planned in plan.planned where planned.type.hasPrefix("aws_") {
                if let id = planned.values["id"]?.text, !id.isEmpty { topology.ids[planned.address] = id }
            }
            topology.region = topology.regionOfZones
            self.topology = topology
            suppressions = []
            note(repetitions, file)
        }
    }

    /// Notes keys that stand twice, with the resource, or else the section, that has them.
    private mutating func note(_ repetitions: [RepeatedKeys.Repetition], _ file: String) {
        for each in repetitions {
            let isResource = each.path.first == "Resources"
            let owner = (isResource ? each.path.dropFirst().first : each.path.first) ?? each.key
            let place = SourcePlace(file: file, line: each.second)
            topology.repeatedKeys.append(
                RepeatedKey(owner: owner, key: each.key, first: each.first, second: place))
            topology.places["\(owner) twice \(each.second)"] = place
        }
    }

    private static func form(of root: YAMLNode, file: String) throws(TopologyError) -> Form {
        if root["addresses"] != nil { return .footlight }
        if root["planned_values"] != nil { return .terraformPlan }
        if root["terraform_version"] != nil { return root["configuration"] == nil ? .terraformState : .terraformPlan }
        if root["Resources"]?.entries != nil { return .cloudFormation }
        if root["resources"]?.entries != nil { return .footlight }
        throw TopologyError(
            .unknownForm, at: SourcePlace(file: file, line: root.mark.line),
            found: root.entries == nil
                ? root.kind
                : "a file without \"addresses\", \"resources\", \"Resources\" or \"planned_values\"",
            allowed: "Footlight's own form, a CloudFormation template, the output of terraform show -json, or a "
                + "terraform.tfstate",
            remedy: "begin with \"footlight topology init\", or give one of those")
    }
}
