public import Mesh

/// A message of the fleet agents: what was said on one of their ``FleetTopic``s, read and checked. Nil: somebody took it
/// away.
public enum FleetMessage: Sendable {
    /// A node's record.
    case node(String, NodeMessage?)
    /// A group's record.
    case group(zone: String, GroupMessage?)
    /// A fleet agent's claim, or its will.
    case agent(String, AgentClaim?)
    /// An activity as it begins or ends.
    case activity(Activity)
    /// An operator's command.
    case command(FleetCommand)
    /// The answer to one.
    case result(ResultMessage?)

    /// The message on a topic.
    ///
    /// - Throws: ``Mesh/MessageError`` for what isn't JSON, lacks a field, or holds what it may not; it names the field.
    public init(_ topic: FleetTopic, _ payload: [UInt8]) throws(MessageError) {
        var remark: String?
        try self.init(topic, payload, remark: &remark)
    }

    /// The message on a topic, and a remark on what of it was left out, since only a later contract has it; nil: nothing
    /// was.
    ///
    /// - Throws: ``Mesh/MessageError`` for what isn't JSON, lacks a field, or holds what it may not; it names the field.
    public init(_ topic: FleetTopic, _ payload: [UInt8], remark: inout String?) throws(MessageError) {
        var leftOut: [String] = []
        defer { remark = JSON.remark(leftOut, of: payload) }
        switch topic {
        case .node(let node): self = .node(node, try NodeMessage.kept(in: payload, leftOut: &leftOut))
        case .group(let zone): self = .group(zone: zone, try GroupMessage.kept(in: payload, leftOut: &leftOut))
        case .agent(let id): self = .agent(id, try AgentClaim.kept(in: payload, leftOut: &leftOut))
        case .activity: self = .activity(try JSON.decode(Activity.self, from: payload, leftOut: &leftOut))
        case .command: self = .command(try JSON.decode(FleetCommand.self, from: payload, leftOut: &leftOut))
        case .result: self = .result(try ResultMessage.kept(in: payload, leftOut: &leftOut))
        }
    }
}
