/// A resource of a template or of a plan, its functions worked out, before it becomes a value of the model.
///
/// Terraform's resources come in CloudFormation's words too, so that one importer serves both.
struct ImportedResource: Sendable {
    var name: String
    /// CloudFormation's type.
    var type: String
    var properties: ImportedValue
    var line: Int
    var updatePolicy = ImportedValue.absent
    var creationPolicy = ImportedValue.absent
    var deletionPolicy: String?
    /// The file that it stands in, where that isn't the one that was asked about.
    var file: String?
    /// A macro that may change it.
    var macro: String?
    /// The condition that it is made under, where that isn't known.
    var openCondition: String?

    /// What of it has been looked at; nil where nobody asks.
    var seen: SeenKeys?

    subscript(key: String) -> ImportedValue {
        seen?.note(key)
        return properties[key]
    }

    /// Lists of what has properties of its own: a name in their place says nothing of what it holds.
    private static let structured: Set<Substring> = [
        "Actions", "BlockDeviceMappings", "DefaultActions", "Listeners", "LoadBalancerAttributes", "NetworkInterfaces",
        "Overrides", "Policies", "Routes", "Rules", "SecurityGroupEgress", "SecurityGroupIngress",
        "ServerSideEncryptionConfiguration", "Statement", "SubnetMappings", "TargetGroupAttributes", "Transitions",
    ]

    /// Every property that isn't known, with its path; items of a list go by the path of the list, attributes
    /// (`{Key, Value}`) by their key.
    ///
    /// One item by a parameter of its own (`[!Ref SubnetA]`) leaves a list of names known: it is one thing, whichever.
    var unresolved: [UnresolvedValue] {
        var found: [UnresolvedValue] = []
        func walk(_ value: ImportedValue, _ path: String, isItem: Bool = false) {
            var isOne = false
            if isItem, case .text(let text) = value, !text.contains(ImportedValue.dynamic) {
                isOne = !Self.structured.contains(path.split(separator: ".").last ?? "")
            }
            if value.isUnknown, !isOne {
                found.append(UnresolvedValue(resource: name, property: path, expression: value.referred ?? ""))
            }
            switch value {
            case .list(let items): for item in items { walk(item, path, isItem: true) }
            case .mapping(let entries):
                if isItem, entries.contains(where: { $0.key == "Value" }) {
                    // Whose value it is, if that isn't known, may be any.
                    let key = value["Key"]
                    return walk(
                        key.isUnknown ? .unknown(key.referred ?? path) : value["Value"],
                        key.known.map { "\(path).\($0)" } ?? path)
                }
                for entry in entries { walk(entry.value, path.isEmpty ? entry.key : "\(path).\(entry.key)") }
            default: break
            }
        }
        walk(properties, "")
        walk(updatePolicy, "UpdatePolicy")
        walk(creationPolicy, "CreationPolicy")
        if let macro { found.append(UnresolvedValue(resource: name, property: "", expression: macro)) }
        if let openCondition {
            found.append(UnresolvedValue(resource: name, property: "Condition", expression: openCondition))
        }
        return found
    }
}
