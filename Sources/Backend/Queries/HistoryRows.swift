/// A site, as it is now.
struct SiteRow: TableRow {
    var site: String
    var nodes: Int64
    var healthy: Int64
    var unhealthy: Int64
    var unobservable: Int64
    var lastRecord: Int64?
    var activations: Int64

    static let columns = [
        TableColumn("site", .text, "the site's name"),
        TableColumn("nodes", .count, "how many nodes and fleet agents have records, or are told of in them"),
        TableColumn("healthy", .count, "how many nodes the fleet agent found Healthy last"),
        TableColumn("unhealthy", .count, "how many Unhealthy"),
        TableColumn("unobservable", .count, "of how many it couldn't tell"),
        TableColumn("last_record", .instant, optional: true, "the latest record's instant"),
        TableColumn("activations", .count, "the zones' activations within the last 24 hours, by quarters of an hour"),
    ]
    var cells: [StoreQuery.Value] {
        [
            .text(site), .integer(nodes), .integer(healthy), .integer(unhealthy), .integer(unobservable),
            .init(lastRecord), .integer(activations),
        ]
    }
}

/// A node, as it is now.
struct NodeRow: TableRow {
    var node: String
    var verdict: String?
    var verdictAt: Int64?
    var verdictCause: String?
    var report: String?
    var reportAt: Int64?
    var reportCause: String?
    var firstRecord: Int64?
    var lastRecord: Int64?

    static let columns = [
        TableColumn("node", .text, "the name of the node, or of the fleet agent"),
        TableColumn(
            "verdict", .text, optional: true, "what the fleet agent found last: Healthy, Unhealthy, unobservable"),
        TableColumn("verdict_at", .instant, optional: true, "when"),
        TableColumn("verdict_cause", .text, optional: true, "why"),
        TableColumn("report", .text, optional: true, "what the node itself reported last, of what fails"),
        TableColumn("report_at", .instant, optional: true, "when"),
        TableColumn("report_cause", .text, optional: true, "why"),
        TableColumn("first_record", .instant, optional: true, "its first record's instant"),
        TableColumn("last_record", .instant, optional: true, "its latest record's instant"),
    ]
    var cells: [StoreQuery.Value] {
        [
            .text(node), .init(verdict), .init(verdictAt), .init(verdictCause), .init(report), .init(reportAt),
            .init(reportCause), .init(firstRecord), .init(lastRecord),
        ]
    }
}

/// A word on a node's health.
struct HealthRow: TableRow {
    var at: Int64
    var node: String
    var status: String
    var cause: String
    var writer: String

    static let columns = [
        TableColumn("at", .instant, "since when"),
        TableColumn("node", .text, "the node"),
        TableColumn("status", .text, "Healthy, Unhealthy, unobservable"),
        TableColumn("cause", .text, "why"),
        TableColumn("writer", .text, "who says so: a fleet agent, or the node itself"),
    ]
    var cells: [StoreQuery.Value] { [.integer(at), .text(node), .text(status), .text(cause), .text(writer)] }
}

/// An activation of a zone, and how together its bars lit.
struct ActivationRow: TableRow {
    var at: Int64
    var zone: String
    var bars: Int64
    var late: Int64
    var spread: Int64?

    static let columns = [
        TableColumn("at", .instant, "the activation's start"),
        TableColumn("zone", .text, "the zone"),
        TableColumn("bars", .count, "how many bars' first light is known"),
        TableColumn("late", .duration, "by how much the latest bar lit after its planned instant"),
        TableColumn(
            "spread", .duration, optional: true,
            "between the bar that was latest against its plan and the one that was earliest; none of a single bar"),
    ]
    var cells: [StoreQuery.Value] {
        [.integer(at), .text(zone), .integer(bars), .integer(late), .init(spread)]
    }
}

/// The activations of a zone within a time, and how together they were.
struct SyncRow: TableRow {
    var zone: String
    var start: Int64
    var activations: Int64
    var measured: Int64
    var late: Int64
    var spread: Int64
    /// How many of the measured were within each of ``SpreadSteps``.
    var counts: [Int64]

    /// What a share of the measured activations stayed within.
    func bound(_ share: Double) -> Int64? { SpreadSteps.bound(share, of: counts, largest: spread) }

    /// Both together.
    mutating func add(_ other: SyncRow) {
        start = min(start, other.start)
        activations += other.activations
        measured += other.measured
        late = max(late, other.late)
        spread = max(spread, other.spread)
        counts = zip(counts, other.counts).map { $0 + $1 }
    }

    static let columns = [
        TableColumn("zone", .text, "the zone"),
        TableColumn("start", .instant, "the start of the step"),
        TableColumn("activations", .count, "how many there were"),
        TableColumn("measured", .count, "how many of them have a spread: two bars or more"),
        TableColumn("median", .duration, optional: true, "a spread that half of the measured stayed within"),
        TableColumn("p95", .duration, optional: true, "a spread that 95 % stayed within"),
        TableColumn("p99", .duration, optional: true, "a spread that 99 % stayed within"),
        TableColumn("largest", .duration, optional: true, "the largest spread"),
        TableColumn("late", .duration, "by how much the latest bar lit after its planned instant"),
    ]
    var cells: [StoreQuery.Value] {
        [
            .text(zone), .integer(start), .integer(activations), .integer(measured), .init(bound(0.5)),
            .init(bound(0.95)), .init(bound(0.99)), .init(measured > 0 ? spread : nil), .integer(late),
        ]
    }
}

/// How often motion began in an hour of the week, by the time zone that was asked for.
struct MotionRow: TableRow {
    /// 1: Monday, 7: Sunday.
    var weekday: Int64
    /// 0 to 23.
    var hour: Int64
    var motions: Int64

    static let columns = [
        TableColumn("weekday", .count, "1: Monday, to 7: Sunday"),
        TableColumn("hour", .count, "0 to 23, by the time zone that was asked for"),
        TableColumn("motions", .count, "how often a sensor began to see motion"),
    ]
    var cells: [StoreQuery.Value] { [.integer(weekday), .integer(hour), .integer(motions)] }
}

/// A line of a log.
struct LogRow: TableRow {
    var at: Int64
    var node: String
    var boot: String
    var sequence: Int64
    var level: String
    var text: String

    static let columns = [
        TableColumn("at", .instant, "when"),
        TableColumn("node", .text, "the node, or the fleet agent"),
        TableColumn("boot", .text, "the boot of its agent"),
        TableColumn("sequence", .count, "the record's number in that boot"),
        TableColumn("level", .text, "debug, info, notice, warning, error or critical"),
        TableColumn("text", .text, "the line"),
    ]
    var cells: [StoreQuery.Value] {
        [.integer(at), .text(node), .text(boot), .integer(sequence), .text(level), .text(text)]
    }
}

/// Something that the fleet agent did to a node.
struct ActivityRow: TableRow {
    var began: Int64
    var ended: Int64?
    var id: String
    var node: String
    var zone: String
    var kind: String
    var step: String
    var status: String
    var cause: String
    var detail: String

    static let columns = [
        TableColumn("began", .instant, "when it began"),
        TableColumn("ended", .instant, optional: true, "when it ended"),
        TableColumn("id", .text, "its name"),
        TableColumn("node", .text, "the node"),
        TableColumn("zone", .text, "the group's zone"),
        TableColumn("kind", .text, "why at all: replacement, update, give-back"),
        TableColumn("step", .text, "what was done last: restart, reboot, replace, update"),
        TableColumn("status", .text, "InProgress, Successful, Failed, Cancelled"),
        TableColumn("cause", .text, "why"),
        TableColumn("detail", .text, "what the step came to, or waits for"),
    ]
    var cells: [StoreQuery.Value] {
        [
            .integer(began), .init(ended), .text(id), .text(node), .text(zone), .text(kind), .text(step),
            .text(status), .text(cause), .text(detail),
        ]
    }
}
