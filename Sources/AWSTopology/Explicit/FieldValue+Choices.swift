import YAML

/// Values of which one of several keys says what they are.
extension FieldNode {
    /// The one key of a mapping that says which of several it is.
    func choice(_ reader: inout FieldReader, _ keys: [String]) throws(TopologyError) -> (key: String, node: FieldNode) {
        for key in keys {
            guard let node = reader.value(key) else { continue }
            for other in keys where other != key { _ = reader.value(other) }
            return (key, FieldNode(node: node, file: file, path: reader.field(key)))
        }
        throw fault(
            .missing, "none of them", allowed: "one of \(keys.joined(separator: ", "))",
            remedy: "say which it is")
    }
}

extension Route: FieldValue {
    private static let targets = ["internetGateway", "natGateway", "instance", "target"]

    static func read(_ node: FieldNode) throws(TopologyError) -> Route {
        var reader = try node.fields()
        let destination = try reader.require(
            try reader.text("destination"), "destination", allowed: "a block of addresses, such as 0.0.0.0/0")
        let (key, value) = try node.choice(&reader, targets)
        var target: Target
        switch key {
        case "internetGateway": target = .internetGateway(try Reference.read(value))
        case "natGateway": target = .natGateway(try Reference.read(value))
        case "instance": target = .instance(try Reference.read(value))
        default:
            target = .other(property: try reader.text("by") ?? "unknown", value: try String.read(value))
        }
        try reader.finish()
        return Route(destination: destination, target: target)
    }

    var written: TemplateValue {
        switch target {
        case .internetGateway(let to): .fields(["destination": .text(destination), "internetGateway": to.written])
        case .natGateway(let to): .fields(["destination": .text(destination), "natGateway": to.written])
        case .instance(let to): .fields(["destination": .text(destination), "instance": to.written])
        case .other(let property, let value):
            .fields(["destination": .text(destination), "by": .text(property), "target": .text(value)])
        }
    }
}

extension SecurityGroupRule: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> SecurityGroupRule {
        var reader = try node.fields()
        let (key, value) = try node.choice(&reader, ["cidr", "securityGroup", "prefixList"])
        let peer: Peer =
            switch key {
            case "cidr": .network(try String.read(value))
            case "securityGroup": .securityGroup(try Reference.read(value))
            default: .prefixList(try String.read(value))
            }
        var rule = SecurityGroupRule(peer: peer)
        rule.ipProtocol = try reader.text("protocol") ?? "tcp"
        rule.description = try reader.text("description") ?? ""
        if let text = try reader.text("ports") {
            let ends = text.split(separator: "-").map { Int($0) }
            guard let low = ends.first ?? nil, let high = ends.last ?? nil, ends.count <= 2, 0 <= low, low <= high
            else {
                throw reader.fault(
                    .malformed, "ports", found: "\"\(text)\"", allowed: "a port or a range of them",
                    remedy: "write 443, or 8000-8080")
            }
            rule.ports = low...high
        }
        try reader.finish()
        return rule
    }

    var written: TemplateValue {
        var entries = [TemplateValue.Entry(key: "protocol", value: .text(ipProtocol))]
        if let ports {
            let text = ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
            entries.append(.init(key: "ports", value: .text(text)))
        }
        switch peer {
        case .network(let network): entries.append(.init(key: "cidr", value: .text(network)))
        case .securityGroup(let group): entries.append(.init(key: "securityGroup", value: group.written))
        case .prefixList(let list): entries.append(.init(key: "prefixList", value: .text(list)))
        }
        if !description.isEmpty { entries.append(.init(key: "description", value: .text(description))) }
        return .mapping(entries)
    }
}

extension Listener.Action: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Listener.Action {
        var reader = try node.fields()
        let (key, value) = try node.choice(&reader, ["forward", "redirect", "fixedResponse", "other"])
        let action: Listener.Action
        switch key {
        case "forward": action = .forward(try Reference.read(value))
        case "redirect":
            action = .redirect(protocol: try String.read(value), port: try reader.int("port", in: 0...65535) ?? 0)
        case "fixedResponse": action = .fixedResponse(try Int.read(value))
        default: action = .other(try String.read(value))
        }
        try reader.finish()
        return action
    }

    var written: TemplateValue {
        switch self {
        case .forward(let target): .fields(["forward": target.written])
        case .redirect(let word, let port): .fields(["redirect": .text(word), "port": .integer(port)])
        case .fixedResponse(let code): .fields(["fixedResponse": .integer(code)])
        case .other(let text): .fields(["other": .text(text)])
        }
    }
}

extension FlowLog.Destination: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> FlowLog.Destination {
        var reader = try node.fields()
        let (key, value) = try node.choice(&reader, ["logGroup", "bucket", "other"])
        let destination: FlowLog.Destination
        switch key {
        case "logGroup":
            let role = try reader.require(try reader.text("role"), "role", allowed: "the role that writes the logs")
            destination = .logGroup(try Reference.read(value), role: Reference(role))
        case "bucket": destination = .bucket(try Reference.read(value))
        default: destination = .other(try String.read(value))
        }
        try reader.finish()
        return destination
    }

    var written: TemplateValue {
        switch self {
        case .logGroup(let group, let role): .fields(["logGroup": group.written, "role": role.written])
        case .bucket(let bucket): .fields(["bucket": bucket.written])
        case .other(let text): .fields(["other": .text(text)])
        }
    }
}

extension UpdatePolicy: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> UpdatePolicy {
        switch node.node.text {
        case "replacingUpdate": return .replacingUpdate
        case "instanceRefresh": return .instanceRefresh
        default:
            var reader = try node.fields()
            let (_, value) = try node.choice(&reader, ["rollingUpdate"])
            try reader.finish()
            return .rollingUpdate(try RollingUpdate.read(value))
        }
    }

    var written: TemplateValue {
        switch self {
        case .rollingUpdate(let update): .fields(["rollingUpdate": update.written])
        case .replacingUpdate: "replacingUpdate"
        case .instanceRefresh: "instanceRefresh"
        }
    }
}

extension PolicyStatement.Principal: FieldValue {
    /// `everyone`, or its kind and value, `Service ec2.amazonaws.com`.
    static func read(_ node: FieldNode) throws(TopologyError) -> PolicyStatement.Principal {
        let allowed = "everyone, or a kind and a value, such as Service ec2.amazonaws.com"
        let text = try node.text(allowed)
        if text == "everyone" { return .everyone }
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw node.fault(allowed: allowed, remedy: "write both, a space between them") }
        return PolicyStatement.Principal(kind: parts[0], value: parts[1])
    }

    var written: TemplateValue { self == .everyone ? "everyone" : .text("\(kind) \(value)") }
}
