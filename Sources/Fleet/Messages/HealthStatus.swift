internal import Mesh

/// A judgement of a node's work.
public enum HealthStatus: String, Codable, Sendable, Hashable {
    /// The node does its work.
    case healthy = "Healthy"
    /// The node doesn't do its work.
    case unhealthy = "Unhealthy"
    /// The node can't be judged, which never causes an action.
    case unobservable = "unobservable"

    /// A word that only later contracts have says nothing.
    public init(from decoder: any Decoder) throws { try self.init(from: decoder, unknown: .unobservable) }
}
