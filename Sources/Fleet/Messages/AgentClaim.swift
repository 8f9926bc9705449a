public import Mesh

/// A fleet agent's word of itself: its sign of life and, if it leads, its lease.
public struct AgentClaim: Payload, Hashable {
    /// True while the agent is there; false in its will and its farewell.
    public var online: Bool
    /// An identifier of this start of the agent; each start has another.
    public var bootId: String
    /// The agent's version.
    public var version: String
    /// Counts its signs of life.
    public var beat: Int64
    /// True if the agent leads, or is about to.
    public var leads: Bool
    /// The term it leads in, or the highest that it has heard of. The higher term leads.
    public var term: Int64
    /// The operator's preference: the higher leads where nobody does yet. 0…100.
    public var priority: Int
    /// The reason why its view of the fleet is poor at present; absent: it is good.
    public var problem: String?
    /// The start of the agent, nanoseconds since 1970; absent: its version doesn't say.
    public var started: Int64?
    /// A matter that a person should see to, another agent of its name, say; absent: none.
    public var remark: String?
    /// The state of the outbox for records; absent: the agent sends none.
    public var telemetry: UplinkState?
    /// The contract that the agent speaks, ``Version/contract``; nil: the first, whose agents don't say so.
    public var contract: Int? = Version.contract

    private enum CodingKeys: String, CodingKey {
        case online, bootId, version, beat, leads, term, priority, problem, started, remark, telemetry
        case contract = "protocol"
    }

    /// - Throws: ``MessageError`` for what no agent says.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try check(term, within: 0...Stamp.lastTerm, field: "term")
        _ = try check(beat, within: 0...Int64.max, field: "beat")
        _ = try check(priority, within: 0...100, field: "priority")
        guard bootId.utf8.count <= 64, version.utf8.count <= 64 else {
            throw MessageError(.outOfRange, field: "bootId", reason: "is, or version is, longer than 64 bytes")
        }
        if let started { _ = try checkInstant(started, field: "started") }
        remark = remark.map { String($0.prefix(300)) }
        problem = problem.map { String($0.prefix(300)) }
        telemetry = try telemetry?.checked()
    }
}
