extension CloudFormationBuilder {
    /// A policy document as IAM writes it.
    func document(_ document: PolicyDocument) -> TemplateValue {
        .fields(["Version": "2012-10-17", "Statement": .list(document.statements.map(statement))])
    }

    private func statement(_ statement: PolicyStatement) -> TemplateValue {
        .fields([
            "Sid": statement.sid.map { .text($0) },
            "Effect": .text(statement.effect.rawValue),
            "Principal": principals(statement.principals),
            "NotPrincipal": principals(statement.notPrincipals),
            "Action": few(statement.actions),
            "NotAction": few(statement.notActions),
            "Resource": few(statement.resources),
            "NotResource": few(statement.notResources),
            "Condition": conditions(statement.conditions),
        ])
    }

    /// One value by itself, several as a list, none as nothing.
    private func few(_ texts: [String]) -> TemplateValue? {
        let values = texts.map { TemplateValue.interpolated($0) }
        return values.isEmpty ? nil : values.count == 1 ? values[0] : .list(values)
    }

    private func principals(_ principals: [PolicyStatement.Principal]) -> TemplateValue? {
        guard !principals.isEmpty else { return nil }
        if principals == [.everyone] { return "*" }
        var kinds: [String] = []
        for each in principals where !kinds.contains(each.kind) { kinds.append(each.kind) }
        return .mapping(
            kinds.map { kind in
                let values = principals.filter { $0.kind == kind }.map(\.value)
                return TemplateValue.Entry(key: kind == "*" ? "AWS" : kind, value: few(values) ?? "*")
            })
    }

    private func conditions(_ conditions: [PolicyCondition]) -> TemplateValue? {
        guard !conditions.isEmpty else { return nil }
        var operators: [String] = []
        for each in conditions where !operators.contains(each.conditionOperator) {
            operators.append(each.conditionOperator)
        }
        return .mapping(
            operators.map { name in
                let keys = conditions.filter { $0.conditionOperator == name }
                return TemplateValue.Entry(
                    key: name,
                    value: .mapping(keys.map { TemplateValue.Entry(key: $0.key, value: few($0.values) ?? .list([])) }))
            })
    }

    var roles: [TemplateResource] {
        topology.roles.flatMap { role in
            let inline = role.policies.map {
                TemplateValue.fields(["PolicyName": .text($0.name), "PolicyDocument": document($0.document)])
            }
            let resource = make(
                role,
                [
                    "AssumeRolePolicyDocument": document(role.assumeRolePolicy),
                    "ManagedPolicyArns": role.managedPolicies.isEmpty
                        ? nil : .list(role.managedPolicies.map { .interpolated($0) }),
                    "Policies": inline.isEmpty ? nil : .list(inline),
                ])
            guard role.isAssumed(by: "ec2.amazonaws.com") else { return [resource] }
            return [
                resource,
                part(
                    of: role, "InstanceProfile", type: "AWS::IAM::InstanceProfile",
                    ["Roles": .list([.ref(role.name)])]),
            ]
        }
            + topology.accessKeys.map { key in make(key, ["UserName": .interpolated(key.user)]) }
    }
}
