/// A change of one resource by a stack update.
public struct StackChange: Sendable, Hashable {
    /// A kind of change, in CloudFormation's words.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// The resource is made.
        case add = "Add"
        /// The resource is changed where it is, with no interruption or some.
        case modify = "Modify"
        /// A new one is made, what refers to it is changed, the old one is deleted.
        case replace = "Replace"
        /// The resource is deleted.
        case remove = "Remove"
    }

    /// The kind of change.
    public var action: Action
    /// The resource.
    public var name: String
    /// Its type in CloudFormation.
    public var type: String
    /// The properties that change, by the model's names.
    public var properties: [String] = []

    /// Whether a change of these properties, by the model's names, makes CloudFormation replace a resource of a type.
    static func isReplacement(_ properties: [String], of type: String) -> Bool {
        properties.contains { property in
            let name =
                names["\(type) \(property)"] ?? names[property] ?? property.prefix(1).uppercased()
                + property.dropFirst()
            return UpdateBehavior.of(type: type, property: name).behavior == .replacement
        }
    }

    /// CloudFormation's names of the model's properties, where they are more than a capital letter apart; what is called
    /// otherwise in one type only goes by that type.
    private static let names: [String: String] = [
        "\(FlowLog.type) vpc": "ResourceId", "\(FlowLog.type) destination": "LogDestination",
        "\(DatabaseInstance.type) subnetGroup": "DBSubnetGroupName",
        "\(SecurityGroup.type) description": "GroupDescription",
        "vpc": "VpcId", "network": "CidrBlock", "zone": "AvailabilityZone", "subnet": "SubnetId",
        "elasticAddress": "AllocationId", "service": "ServiceName", "kind": "Type",
        "loadBalancer": "LoadBalancerArn", "group": "AutoScalingGroupName", "targetProtocol": "Protocol",
        "replicaOf": "SourceDBInstanceIdentifier",
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
