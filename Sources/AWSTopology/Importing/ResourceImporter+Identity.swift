extension ResourceImporter {
    mutating func identity(_ resource: ImportedResource) -> Bool {
        switch resource.type {
        case "AWS::IAM::Role":
            var role = Role(
                name: resource.name,
                assumeRolePolicy: Self.policy(resource["AssumeRolePolicyDocument"]) ?? PolicyDocument())
            role.managedPolicies = resource["ManagedPolicyArns"].strings
            role.policies = resource["Policies"].items.map {
                Role.Policy(
                    name: $0["PolicyName"].string ?? "", document: Self.knownPart(of: $0["PolicyDocument"]))
            }
            // A managed policy of the template's own is as good as the role's.
            for item in resource["ManagedPolicyArns"].items {
                guard let name = item.referred, let policy = byName[name], policy.type == "AWS::IAM::ManagedPolicy"
                else { continue }
                role.policies.append(
                    Role.Policy(name: name, document: Self.knownPart(of: policy["PolicyDocument"])))
            }
            topology.roles.append(role)
        case "AWS::IAM::AccessKey":
            topology.accessKeys.append(AccessKey(name: resource.name, user: resource["UserName"].referred ?? ""))
        default: return false
        }
        return true
    }

    /// A policy; nil for none, or for one that isn't known.
    static func policy(_ value: ImportedValue) -> PolicyDocument? {
        guard case .mapping = value else { return nil }
        let statements = value["Statement"]
        return PolicyDocument(
            statements: statements.items.compactMap { if case .mapping = $0 { statement($0) } else { nil } },
            isComplete: statements.items.allSatisfy { if case .mapping = $0 { true } else { false } }
                && statements.isComplete)
    }

    /// A policy as far as it is known: one that isn't is not complete.
    static func knownPart(of value: ImportedValue) -> PolicyDocument {
        policy(value) ?? PolicyDocument(isComplete: value.isAbsent)
    }

    /// Whether a part of a statement, or a key or a name in it, isn't known.
    private static func isOpen(_ value: ImportedValue) -> Bool {
        switch value {
        case .unknown: true
        case .list(let items): items.contains { isOpen($0) }
        case .mapping(let entries): entries.contains { isOpen($0.value) }
        case .text(let text): text.contains(ImportedValue.dynamic) || (text.hasPrefix("${") && value.isUnknown)
        default: false
        }
    }

    private static func statement(_ value: ImportedValue) -> PolicyStatement {
        var statement = PolicyStatement()
        statement.sid = value["Sid"].string
        statement.effect = value["Effect"].known == "Deny" ? .deny : .allow
        statement.principals = principals(value["Principal"])
        statement.notPrincipals = principals(value["NotPrincipal"])
        statement.actions = value["Action"].strings
        statement.notActions = value["NotAction"].strings
        statement.resources = value["Resource"].strings
        statement.notResources = value["NotResource"].strings
        // A condition's values may be anything: that there is one, and on which key, is what counts.
        let parts = ["Effect", "Principal", "NotPrincipal", "Action", "NotAction"].map { value[$0] }
        statement.isEffectKnown = value["Effect"].known != nil
        statement.isKnown = !parts.contains { isOpen($0) } && value["Resource"].isComplete
        func isMapping(_ value: ImportedValue) -> Bool { if case .mapping = value { true } else { value.isAbsent } }
        if !isMapping(value["Condition"]) { statement.isKnown = false }
        for each in value["Condition"].entries {
            if !isMapping(each.value) { statement.isKnown = false }
            for entry in each.value.entries {
                statement.conditions.append(
                    PolicyCondition(
                        conditionOperator: each.key, key: entry.key,
                        values: conditionValues(entry.value)))
            }
        }
        return statement
    }

    /// The values of a condition; one that isn't known as `${…}`, for there is one.
    private static func conditionValues(_ value: ImportedValue) -> [String] {
        let items = value.isComplete ? value.items : value.items + [.unknown("not known")]
        return items.compactMap { item in
            if case .unknown(let words) = item { return words == "not known" ? "${not known}" : nil }
            return item.known == nil && item.isUnknown ? "${not known}" : item.string
        }
    }

    private static func principals(_ value: ImportedValue) -> [PolicyStatement.Principal] {
        if let text = value.string { return [PolicyStatement.Principal(kind: "*", value: text)] }
        return value.entries.flatMap { entry in
            entry.value.strings.map { PolicyStatement.Principal(kind: entry.key, value: $0) }
        }
    }
}
