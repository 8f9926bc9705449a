internal import Mesh

/// Whether a node does its work.
public enum HealthStatus: String, Codable, Sendable, Hashable {
    /// It does.
    case healthy = "Healthy"
    /// It doesn't.
    case unhealthy = "Unhealthy"
    /// Nobody can tell, which never causes an action.
    case unobservable = "unobservable"

    /// A word that only later contracts have says nothing.
    public init(from decoder: any Decoder) throws { try self.init(from: decoder, unknown: .unobservable) }
}
