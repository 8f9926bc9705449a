/// A rule by which one of a node's checks is judged.
public struct CheckRule: Sendable, Hashable {
    /// True if a fault makes the node Unhealthy; false: it is merely shown.
    public var counts: Bool
    /// The highest figure that is no fault, in the check's unit; nil: any.
    public var maximum: Double?
    /// The lowest figure that is no fault, in the check's unit; nil: any.
    public var minimum: Double?

    /// A rule.
    public init(counts: Bool, maximum: Double? = nil, minimum: Double? = nil) {
        self.counts = counts
        self.maximum = maximum
        self.minimum = minimum
    }

    /// The rules of a file that says nothing, by check; a name that ends in `/` stands for all that begin so.
    public static let defaults = Dictionary(
        uniqueKeysWithValues: HealthCheck.allCases.compactMap { check in check.rule.map { (check.rawValue, $0) } })

    /// The fault that the rule finds in a check; nil: none.
    public func fault(of check: HealthMessage.Check) -> String? {
        let figure = "\(check.value) \(check.unit)"
        if !check.healthy { return "\(check.check): \(check.detail ?? figure)" }
        if let maximum, !(check.value <= maximum) { return "\(check.check): \(figure), more than \(maximum)" }
        if let minimum, !(check.value >= minimum) { return "\(check.check): \(figure), less than \(minimum)" }
        return nil
    }

    /// The rule for a check by its name; nil: there is none, it is merely shown.
    public static func rule(for check: String, in rules: [String: CheckRule]) -> CheckRule? {
        if let rule = rules[check] { return rule }
        guard let slash = check.firstIndex(of: "/") else { return nil }
        return rules[String(check[...slash])]
    }
}
