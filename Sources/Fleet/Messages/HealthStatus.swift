/// Whether a node does its work.
public enum HealthStatus: String, Codable, Sendable, Hashable {
    /// It does.
    case healthy = "Healthy"
    /// It doesn't.
    case unhealthy = "Unhealthy"
    /// Nobody can tell, which never causes an action.
    case unobservable = "unobservable"
}
