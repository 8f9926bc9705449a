internal import Mesh

/// A node's check whose figure is a metric of its own.
struct CheckFigure: Sendable {
    let check: HealthCheck
    let family: MetricFamily

    private init?(_ check: HealthCheck) {
        guard let metric = check.metric else { return nil }
        self.check = check
        family = MetricFamily("footlight_node_" + metric.name, metric.help)
    }

    /// All of them.
    static let all = HealthCheck.allCases.compactMap(CheckFigure.init)

    /// How many faults that are merely shown are told of a node: their names are the node's own words.
    static let maximumShown = 20
    /// What is the matter with a node, though it doesn't make it Unhealthy.
    static let shown = MetricFamily(
        "footlight_node_shown_fault", "What a check of the node says is the matter, though it doesn't count: 1.")

    /// The figure of a check in base units; nil where its unit is none of those known.
    static func value(of check: HealthMessage.Check) -> Double? {
        switch String(check.unit.prefix(while: { $0 != " " })) {
        case "ms": check.value / 1e3
        case "s", "B", "°C": check.value
        case "MB": check.value * 1e6
        case "%": check.value / 100
        default: nil
        }
    }
}
