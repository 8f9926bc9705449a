extension CloudFormationBuilder {
    /// Security groups, then the rules by which groups refer to each other in a circle, which can't stand within.
    var securityGroups: [TemplateResource] {
        topology.securityGroups.map { group in
            let inner = group.ingress.filter { !isCircular($0, of: group) }
            let outer = group.egress.map { rules in rules.filter { !isCircular($0, of: group) } }
            var resource = make(
                group,
                [
                    "GroupDescription": .text(group.description.isEmpty ? group.name : group.description),
                    "VpcId": group.vpc.map { ref($0) },
                    "SecurityGroupIngress": inner.isEmpty ? nil : .list(inner.map { rule($0, peer: "Source") }),
                    "SecurityGroupEgress": outer.map { rules in
                        .list(rules.isEmpty ? [Self.nothing] : rules.map { rule($0, peer: "Destination") })
                    },
                    "Tags": tags(group.name),
                ])
            if group.ingress.contains(where: isOpenHTTP) {
                resource.skips.append(
                    .init(id: "CKV_AWS_260", comment: "Plain HTTP is answered with a redirect to HTTPS, nothing else."))
            }
            return resource
        } + topology.securityGroups.flatMap(circularRules)
    }

    /// What an empty list can't say: CloudFormation takes it for no list, and AWS then lets everything out.
    ///
    /// - Source: AWS CloudFormation reference, AWS::EC2::SecurityGroup, "Remove default rule".
    private static var nothing: TemplateValue {
        .fields(["IpProtocol": "-1", "CidrIp": "127.0.0.1/32", "Description": "nothing"])
    }

    private func isOpenHTTP(_ rule: SecurityGroupRule) -> Bool {
        guard rule.peer == .network("0.0.0.0/0"), rule.ports?.contains(80) == true else { return false }
        let plain = topology.listeners.filter { $0.port == 80 }
        return plain.allSatisfy { listener in
            if case .redirect = listener.defaultAction { true } else { false }
        }
    }

    private func rule(_ rule: SecurityGroupRule, peer side: String, group: String? = nil) -> TemplateValue {
        var entries: [TemplateValue.Entry] = []
        if let group { entries.append(.init(key: "GroupId", value: .attribute(group, "GroupId"))) }
        entries.append(.init(key: "IpProtocol", value: .text(rule.ipProtocol)))
        if let ports = rule.ports {
            entries.append(.init(key: "FromPort", value: .integer(ports.lowerBound)))
            entries.append(.init(key: "ToPort", value: .integer(ports.upperBound)))
        }
        switch rule.peer {
        case .network(let network):
            entries.append(.init(key: network.contains(":") ? "CidrIpv6" : "CidrIp", value: .interpolated(network)))
        case .securityGroup(let peer):
            entries.append(.init(key: "\(side)SecurityGroupId", value: attribute(peer, "GroupId")))
        case .prefixList(let list):
            entries.append(.init(key: "\(side)PrefixListId", value: .interpolated(list)))
        }
        if !rule.description.isEmpty { entries.append(.init(key: "Description", value: .text(rule.description))) }
        return .mapping(entries)
    }

    private func circularRules(_ group: SecurityGroup) -> [TemplateResource] {
        func resources(_ rules: [SecurityGroupRule], _ suffix: String, _ side: String) -> [TemplateResource] {
            rules.filter { isCircular($0, of: group) }.enumerated().map { index, each in
                TemplateResource(
                    name: "\(group.name)\(suffix)\(index + 1)", type: "AWS::EC2::SecurityGroup\(suffix)",
                    properties: rule(each, peer: side, group: group.name), source: group.name)
            }
        }
        return resources(group.ingress, "Ingress", "Source")
            + resources(group.egress ?? [], "Egress", "Destination")
    }

    private func isCircular(_ rule: SecurityGroupRule, of group: SecurityGroup) -> Bool {
        guard case .securityGroup(let peer) = rule.peer else { return false }
        var seen: Set<Reference<SecurityGroup>> = []
        var next = [peer]
        while let each = next.popLast() {
            if each == group.reference { return true }
            guard seen.insert(each).inserted, let other = topology[each] else { continue }
            for rule in other.ingress + (other.egress ?? []) {
                if case .securityGroup(let peer) = rule.peer { next.append(peer) }
            }
        }
        return false
    }
}
