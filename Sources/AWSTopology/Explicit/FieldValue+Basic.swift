extension String: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> String { try node.text("a text") }
    var written: TemplateValue { .text(self) }
}

extension Int: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Int {
        guard let number = Int(try node.text("a whole number")) else {
            throw node.fault(allowed: "a whole number", remedy: "write a number")
        }
        return number
    }
    var written: TemplateValue { .integer(self) }
}

extension Double: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Double {
        guard let number = Double(try node.text("a number")), number.isFinite, abs(number) < 1e15 else {
            throw node.fault(allowed: "a number", remedy: "write a number")
        }
        return number
    }
    var written: TemplateValue { .number(self) }
}

extension Bool: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Bool {
        switch try node.text("true or false") {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw node.fault(allowed: "true or false", remedy: "write true or false")
        }
    }
    var written: TemplateValue { .boolean(self) }
}

extension Duration: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Duration {
        let allowed = "a time with its unit (s, m, h, d)"
        guard let duration = Duration(brief: try node.text(allowed)) else {
            throw node.fault(allowed: allowed, remedy: "write 60s, 5m, 1h or 7d, say")
        }
        return duration
    }
    var written: TemplateValue { .text(briefly) }
}

extension IPv4Network: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> IPv4Network {
        let text = try node.text("a network in CIDR notation, such as 10.0.0.0/20")
        do { return try IPv4Network(text) } catch {
            throw node.fault(error.code, error.found, allowed: error.allowed, remedy: error.remedy)
        }
    }
    var written: TemplateValue { .text(description) }
}

extension AvailabilityZone: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> AvailabilityZone {
        AvailabilityZone(try node.text("a zone, such as eu-central-1a"))
    }
    var written: TemplateValue { .text(name) }
}

extension Reference: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Reference {
        Reference(try node.text("the name of a resource"))
    }
    var written: TemplateValue { .text(name) }
}

extension Array: FieldValue where Element: FieldValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> [Element] {
        var all: [Element] = []
        for item in node.items { all.append(try Element.read(item)) }
        return all
    }
    var written: TemplateValue { .list(map(\.written)) }
}

/// A kind of one of AWS's words.
protocol WordValue: FieldValue, RawRepresentable, CaseIterable where RawValue == String {}

extension WordValue {
    static func read(_ node: FieldNode) throws(TopologyError) -> Self {
        let words = allCases.map(\.rawValue)
        let text = try node.text(words.joined(separator: ", "))
        guard let value = Self(rawValue: text) else {
            throw node.fault(
                .outOfRange, allowed: words.joined(separator: ", "),
                remedy: Spelling.nearest(to: text, in: words).map { "did you mean \"\($0)\"?" }
                    ?? "write one of them")
        }
        return value
    }
    var written: TemplateValue { .text(rawValue) }
}

extension AutoScalingGroup.HealthCheckType: WordValue {}
extension LoadBalancer.Kind: WordValue {}
extension LoadBalancer.Scheme: WordValue {}
extension ObjectLock.Mode: WordValue {}
extension PolicyStatement.Effect: WordValue {}
