internal import Mesh

/// The state of a node in its group, in the words of an Auto Scaling group.
///
/// - Source: AWS, EC2 Auto Scaling: "Amazon EC2 Auto Scaling instance lifecycle".
public enum LifecycleState: String, Codable, Sendable, Hashable {
    /// The node is awaited: it has a place and hasn't passed a check yet.
    case pending = "Pending"
    /// The node is at work, and checked.
    case inService = "InService"
    /// An operator wants it out of service; an activity on it ends first.
    case enteringStandby = "EnteringStandby"
    /// Out of service by an operator's wish: not checked, not replaced.
    case standby = "Standby"
    /// Its place is being given to a spare.
    case terminating = "Terminating"
    /// Its place has been given away. Once it is Healthy again it is a spare.
    case terminated = "Terminated"

    /// With a word that only later contracts have, the node is looked at anew: none is left alone for ever.
    public init(from decoder: any Decoder) throws { try self.init(from: decoder, unknown: .pending) }
}
