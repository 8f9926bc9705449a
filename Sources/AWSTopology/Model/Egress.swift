/// The way from a subnet to the world outside of the VPC.
///
/// Two classes of private subnet: with NAT egress, and with endpoints only.
public enum Egress: String, Sendable, Hashable, CaseIterable {
    /// Public: a default route to the internet gateway.
    case internet
    /// Private: a default route to a NAT gateway.
    case nat
    /// Private: no default route; only AWS services, through endpoints.
    case endpoints
}
