/// The whole of a backend's home in AWS: every resource is a value with a name, nothing is implied.
///
/// Strings other than names may hold `${Name}`, `${Name.Attribute}` and `${AWS::Region}` in the meaning of CloudFormation's
/// `Fn::Sub`, so that a template's intrinsics have a place here, and emitting them is natural.
public struct Topology: Sendable, Hashable {
    /// The name; the stack's, too.
    public var name = ""
    /// The region, `eu-central-1`; nil where it isn't said, as in most templates.
    public var region: String?
    /// The zones that it means to span, in order.
    public var zones: [AvailabilityZone] = []
    /// The plan that its subnets were cut by; nil for a topology that has none (an imported one).
    public var addressPlan: AddressPlan?
    /// Values given at deployment.
    public var parameters: [Parameter] = []

    // Network.
    /// VPCs.
    public var vpcs: [VPC] = []
    /// Subnets.
    public var subnets: [Subnet] = []
    /// Route tables.
    public var routeTables: [RouteTable] = []
    /// Internet gateways.
    public var internetGateways: [InternetGateway] = []
    /// Elastic addresses.
    public var elasticAddresses: [ElasticAddress] = []
    /// NAT gateways.
    public var natGateways: [NATGateway] = []
    /// Gateway endpoints.
    public var gatewayEndpoints: [GatewayEndpoint] = []
    /// Interface endpoints.
    public var interfaceEndpoints: [InterfaceEndpoint] = []
    /// Security groups.
    public var securityGroups: [SecurityGroup] = []
    /// Flow logs.
    public var flowLogs: [FlowLog] = []

    // Compute.
    /// Load balancers.
    public var loadBalancers: [LoadBalancer] = []
    /// Listeners.
    public var listeners: [Listener] = []
    /// Target groups.
    public var targetGroups: [TargetGroup] = []
    /// Auto scaling groups.
    public var autoScalingGroups: [AutoScalingGroup] = []
    /// Scheduled actions.
    public var scheduledActions: [ScheduledAction] = []
    /// Scaling policies.
    public var scalingPolicies: [ScalingPolicy] = []
    /// Launch templates.
    public var launchTemplates: [LaunchTemplate] = []
    /// Instances.
    public var instances: [Instance] = []
    /// Image pipelines.
    public var imagePipelines: [ImagePipeline] = []

    // Data.
    /// Database instances.
    public var databaseInstances: [DatabaseInstance] = []
    /// Database subnet groups.
    public var databaseSubnetGroups: [DatabaseSubnetGroup] = []
    /// Database clusters.
    public var databaseClusters: [DatabaseCluster] = []
    /// Services that lie in subnets, which are read and not written.
    public var placements: [Placement] = []
    /// Buckets.
    public var buckets: [Bucket] = []

    // Identity and observation.
    /// Roles.
    public var roles: [Role] = []
    /// Access keys.
    public var accessKeys: [AccessKey] = []
    /// Log groups.
    public var logGroups: [LogGroup] = []
    /// SNS topics.
    public var topics: [Topic] = []
    /// Alarms.
    public var alarms: [Alarm] = []

    /// Resources of types that the model has no words for.
    public var others: [OtherResource] = []

    /// The place of each resource in the file that it was read from, by logical name.
    public var places: [String: SourcePlace] = [:]
    /// Properties whose values the file doesn't say.
    public var unresolved: Set<UnresolvedValue> = []
    /// Things that the file leaves open: macros, nested stacks and their like.
    public var openings: [Opening] = []

    /// Identifiers that AWS gave the resources, `subnet-0123`, by logical name; of what a state knows.
    public var ids: [String: String] = [:]

    /// Keys that stand twice in the file.
    public var repeatedKeys: [RepeatedKey] = []

    /// A topology of nothing.
    public init() {}
}
