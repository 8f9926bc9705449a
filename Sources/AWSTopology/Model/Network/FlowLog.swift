/// A flow log of a VPC.
public struct FlowLog: Resource {
    /// A destination of records.
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
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [FlowLog]> { \.flowLogs }

    /// The logical name.
    public var name: String
    /// The VPC whose traffic it records.
    public var vpc: Reference<VPC>
    /// `ALL`, `ACCEPT` or `REJECT`.
    public var trafficType = "ALL"
    /// The destination of the records.
    public var destination: Destination
}
