/// A flow log of a VPC.
public struct FlowLog: Resource {
    /// Where records go.
    public enum Destination: Sendable, Hashable {
        /// A log group, written with a role.
        case logGroup(Reference<LogGroup>, role: Reference<Role>)
        /// A bucket.
        case bucket(Reference<Bucket>)
        /// An address (ARN) outside of the topology.
        case other(String)
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::FlowLog" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [FlowLog]> { \.flowLogs }

    /// The logical name.
    public var name: String
    /// The VPC whose traffic it records.
    public var vpc: Reference<VPC>
    /// `ALL`, `ACCEPT` or `REJECT`.
    public var trafficType = "ALL"
    /// Where records go.
    public var destination: Destination
}
