/// What a stack update does to one resource.
public struct StackChange: Sendable, Hashable {
    /// How; CloudFormation's words.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// It is made.
        case add = "Add"
        /// It is changed where it is, with no interruption or some.
        case modify = "Modify"
        /// A new one is made, what refers to it is changed, the old one is deleted.
        case replace = "Replace"
        /// It is deleted.
        case remove = "Remove"
    }

    /// How.
    public var action: Action
    /// The resource.
    public var name: String
    /// Its type in CloudFormation.
    public var type: String
    /// What changes, by the model's names of the properties.
    public var properties: [String] = []

    /// The properties whose change makes CloudFormation replace a resource, by type; a change of any other is made in
    /// place.
    ///
    /// - Source: AWS CloudFormation Template Reference, "Update requires" of each property.
    static let replacing: [String: Set<String>] = [
        VPC.type: ["network"],
        Subnet.type: ["network", "zone", "vpc"],
        RouteTable.type: ["vpc"],
        NATGateway.type: ["subnet", "elasticAddress"],
        GatewayEndpoint.type: ["vpc", "service"],
        SecurityGroup.type: ["vpc", "description"],
        FlowLog.type: ["vpc", "trafficType", "destination"],
        LoadBalancer.type: ["kind", "scheme"],
        Listener.type: ["loadBalancer"],
        TargetGroup.type: ["vpc", "port", "targetProtocol", "targetType"],
        ScheduledAction.type: ["group"],
        ScalingPolicy.type: ["group"],
        Instance.type: ["subnet"],
        DatabaseInstance.type: [
            "engine", "subnetGroup", "masterUsername", "storageEncrypted", "zone", "replicaOf",
        ],
        Bucket.type: ["bucketName"],
        LogGroup.type: ["logGroupName"],
    ]

    /// The properties in which two resources of a type differ.
    static func differences(_ a: any Resource, _ b: any Resource) -> [String] {
        zip(Mirror(reflecting: a).children, Mirror(reflecting: b).children).compactMap { left, right in
            guard let label = left.label, let x = left.value as? any Hashable, let y = right.value as? any Hashable,
                AnyHashable(x) != AnyHashable(y)
            else { return nil }
            return label
        }
    }
}
