/// A kind of resource in the explicit part of Footlight's own form: its key, how all of it are read and written.
struct ExplicitKind {
    /// The key of the section, `subnets`.
    let key: String
    /// Reads one resource into a topology.
    let read: (inout Topology, String, inout FieldReader) throws(TopologyError) -> Void
    /// The names of a topology's resources of this kind, with their fields.
    let write: (Topology) -> [(name: String, fields: [TemplateValue.Entry])]

    private init<R: Resource & DescribedByFields>(_ key: String, _ type: R.Type) {
        self.key = key
        read = { (topology, name, reader) throws(TopologyError) in
            var resource = R.blank
            resource.name = name
            try resource.read(&reader)
            topology[keyPath: R.collection].append(resource)
        }
        write = { topology in
            topology[keyPath: R.collection].map { ($0.name, $0.entries(beside: R.blank)) }
        }
    }

    /// All of them, in the order in which they are written.
    static var all: [ExplicitKind] {
        [
            ExplicitKind("vpcs", VPC.self), ExplicitKind("subnets", Subnet.self),
            ExplicitKind("routeTables", RouteTable.self), ExplicitKind("internetGateways", InternetGateway.self),
            ExplicitKind("elasticAddresses", ElasticAddress.self), ExplicitKind("natGateways", NATGateway.self),
            ExplicitKind("gatewayEndpoints", GatewayEndpoint.self),
            ExplicitKind("interfaceEndpoints", InterfaceEndpoint.self),
            ExplicitKind("securityGroups", SecurityGroup.self), ExplicitKind("flowLogs", FlowLog.self),
            ExplicitKind("loadBalancers", LoadBalancer.self), ExplicitKind("listeners", Listener.self),
            ExplicitKind("targetGroups", TargetGroup.self), ExplicitKind("autoScalingGroups", AutoScalingGroup.self),
            ExplicitKind("scheduledActions", ScheduledAction.self),
            ExplicitKind("scalingPolicies", ScalingPolicy.self), ExplicitKind("launchTemplates", LaunchTemplate.self),
            ExplicitKind("instances", Instance.self), ExplicitKind("imagePipelines", ImagePipeline.self),
            ExplicitKind("databaseInstances", DatabaseInstance.self),
            ExplicitKind("databaseSubnetGroups", DatabaseSubnetGroup.self),
            ExplicitKind("databaseClusters", DatabaseCluster.self), ExplicitKind("buckets", Bucket.self),
            ExplicitKind("roles", Role.self), ExplicitKind("accessKeys", AccessKey.self),
            ExplicitKind("logGroups", LogGroup.self), ExplicitKind("topics", Topic.self),
            ExplicitKind("alarms", Alarm.self),
        ]
    }
}
