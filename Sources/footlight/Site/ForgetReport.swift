internal import Fleet
internal import Mesh

/// What became of a node's topics.
struct ForgetReport: Sendable, Encodable {
    /// What became of one.
    enum Outcome: String, Sendable, Encodable {
        case wouldBeCleared = "would be cleared"
        case cleared
        /// The node said it again.
        case back = "back: the node is there"
        /// The fleet agent goes on with its record.
        case fleet = "kept by the fleet agent"
        /// The broker has it as it was.
        case kept = "not cleared"
    }

    /// A topic and what became of it.
    struct Row: Sendable, Encodable {
        /// Below the site.
        var topic: String
        var outcome: Outcome
    }

    let node: String
    let rows: [Row]
    let zones: [ForgetPlan.ZonePlaces]
    let standIns: [ForgetPlan.StandIn]
    let remarks: [String]

    /// - Parameter after: what the broker keeps afterwards; nil: nothing was cleared.
    init(_ plan: ForgetPlan, after: SiteSnapshot?) {
        node = plan.node
        zones = plan.zones
        standIns = plan.standIns
        rows = ForgetReport.rows(plan.topics, of: plan.node, after: after)
        var remarks = plan.remarks
        if rows.contains(where: { $0.outcome == .fleet }) {
            remarks.append(
                plan.zones.isEmpty
                    ? "a fleet agent's file has \(plan.node) among its spares, or is about to replace it: footlight fleet describe"
                    : "the fleet agent goes on looking for \(plan.node), as long as a zone names it")
        }
        self.remarks = remarks
    }

    /// What became of topics of a node's, and of those that are new since.
    static func rows(_ topics: [String], of node: String, after: SiteSnapshot?) -> [Row] {
        guard let after else { return topics.map { row($0, .wouldBeCleared) } }
        let there = Set(ForgetPlan.topics(of: node, in: after))
        let isThere = (after.presence[node]?.state ?? .offline) != .offline
        let record = FleetTopic.node(node).name(site: after.site)
        return (topics + there.subtracting(topics).sorted()).map { topic in
            guard there.contains(topic) else { return row(topic, .cleared) }
            return row(topic, topic == record ? .fleet : isThere ? .back : .kept)
        }
    }

    private static func row(_ topic: String, _ outcome: Outcome) -> Row {
        Row(topic: topic.split(separator: "/").dropFirst(2).joined(separator: "/"), outcome: outcome)
    }

    /// A line for each topic.
    static func table(_ rows: [Row]) -> Table {
        var table = Table(["TOPIC", "WHAT BECAME OF IT"])
        for row in rows {
            let style: Style = row.outcome == .back || row.outcome == .kept ? .red : .plain
            table.add([.init(row.topic), .init(row.outcome.rawValue, style)])
        }
        return table
    }

    /// - Throws: ``Failure`` where something of the node's stays that shouldn't.
    static func check(_ rows: [Row], of node: String, site: String) throws {
        if rows.contains(where: { $0.outcome == .back }) {
            throw Failure(
                .notSo, "\(node) is there and has said it again: end its agent, then run footlight forget \(node)")
        }
        if let row = rows.first(where: { $0.outcome == .kept }) {
            throw Failure(
                .refused,
                "the broker took the messages and still has \(row.topic). Has this user the right to write "
                    + "footlight/\(site)/#?")
        }
    }
}
