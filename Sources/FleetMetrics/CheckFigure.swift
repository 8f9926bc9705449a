internal import Mesh

/// A node's check whose figure is a metric of its own.
struct CheckFigure: Sendable {
    /// The check's name.
    let check: String
    let family: MetricFamily

    private init(_ check: String, _ name: String, _ help: String) {
        self.check = check
        family = MetricFamily("footlight_node_" + name, help)
    }

    /// How far a node's clock is off mesh time.
    static let clock = CheckFigure("clock", "clock_offset_seconds", "How far the node's clock is off mesh time.")

    /// All of them.
    static let all = [
        clock,
        CheckFigure("clock error bound", "clock_error_bound_seconds", "The most that the node's clock can be off."),
        CheckFigure(
            "broker round trip", "broker_round_trip_seconds",
            "How long the node's message takes to the broker and back."),
        CheckFigure("delivery", "delivery_seconds", "How long almost all messages take to the node."),
        CheckFigure(
            "worst frame", "worst_frame_delay_seconds", "How late the latest frame of the last report's time was."),
        CheckFigure("memory", "memory_bytes", "What the node's agent holds of memory."),
        CheckFigure("disk", "disk_free_ratio", "How much of the node's disk is free, 0 to 1."),
        CheckFigure("temperature", "temperature_celsius", "The temperature of the node's processor."),
    ]

    /// How many faults that are merely shown are told of a node: their names are the node's own words.
    static let maximumShown = 20
    /// What is the matter with a node, though it doesn't make it Unhealthy.
    static let shown = MetricFamily(
        "footlight_node_shown_fault", "What a check of the node says is the matter, though it doesn't count: 1.")

    /// The check's figure in base units; nil where its unit is none of those known.
    func value(of check: HealthMessage.Check) -> Double? {
        switch String(check.unit.prefix(while: { $0 != " " })) {
        case "ms": check.value / 1e3
        case "s", "B", "°C": check.value
        case "MB": check.value * 1e6
        case "%": check.value / 100
        default: nil
        }
    }
}
