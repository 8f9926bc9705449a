extension ResourceImporter {
    /// Where something is attached.
    private enum Target {
        /// At one of the file's resources.
        case one(Int)
        /// At something that isn't in the file.
        case elsewhere
        /// At any, for the file doesn't say.
        case any
    }

    private static func target(_ value: ImportedValue, among index: [String: Int]) -> Target {
        switch value {
        case .reference(let name, _): return index[name].map { .one($0) } ?? .elsewhere
        case .text(let text):
            if let at = index[text] { return .one(at) }
            return value.isUnknown ? .any : .elsewhere
        case .unknown: return .any
        default: return .elsewhere
        }
    }

    /// What is attached to what: routes, associations, policies. Where that isn't known, whatever it may be attached to
    /// isn't known either.
    mutating func attach() {
        let tables = index(\.routeTables)
        let subnets = index(\.subnets)
        let buckets = index(\.buckets)
        let groups = index(\.autoScalingGroups)
        securityGroups = index(\.securityGroups)
        for resource in resources {
            switch resource.type {
            case "AWS::EC2::Route":
                attach(resource, to: tables, by: "RouteTableId", "Routes") { topology, at in
                    topology.routeTables[at].routes.append(Self.route(resource.properties))
                    // Where it leads isn't known, so neither is where the table does.
                    guard let open = resource.unresolved.first else { return }
                    topology.unresolved.insert(
                        UnresolvedValue(
                            resource: topology.routeTables[at].name, property: "Routes", expression: open.expression))
                }
            case "AWS::EC2::SubnetRouteTableAssociation":
                attach(resource, to: subnets, by: "SubnetId", "RouteTableId") { topology, at in
                    topology.subnets[at].routeTable = Self.reference(resource["RouteTableId"])
                }
            case "AWS::EC2::VPCGatewayAttachment":
                attach(resource, to: index(\.internetGateways), by: "InternetGatewayId", "VpcId") { topology, at in
                    topology.internetGateways[at].vpc = Self.reference(resource["VpcId"])
                }
            case "AWS::EC2::VPCCidrBlock":
                attach(block: resource)
            case "AWS::EC2::SecurityGroupIngress": attach(securityRule: resource)
            case "AWS::ElasticLoadBalancingV2::ListenerRule":
                attach(resource, to: index(\.listeners), by: "ListenerArn", "") { topology, at in
                    topology.listeners[at].ruleActions += resource["Actions"].items.suffix(1).map { Self.action($0) }
                }
            case "AWS::S3::BucketPolicy":
                attach(policy: resource, to: buckets)
            case "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy":
                attach(rolePolicy: resource)
            case "AWS::AutoScaling::LifecycleHook":
                attach(resource, to: groups, by: "AutoScalingGroupName", "HealthCheckGracePeriod") { _, _ in }
                guard let group = resource["AutoScalingGroupName"].referred else { break }
                unresolved(group, "HealthCheckGracePeriod", "begins after the lifecycle hook \(resource.name)")
            default: break
            }
        }
        attachMainTables()
    }

    /// A further block of a VPC; where it isn't known, neither is what lies outside of the VPC.
    private mutating func attach(block resource: ImportedResource) {
        guard let vpc = resource["VpcId"].referred else { return }
        let index = topology.vpcs.firstIndex { $0.name == vpc }
        if let index, !resource["Ipv6CidrBlock"].isAbsent || !resource["AmazonProvidedIpv6CidrBlock"].isAbsent {
            topology.vpcs[index].ipv6Network = resource["Ipv6CidrBlock"].string ?? "amazon"
        } else if let index, resource.openCondition == nil, let network = Self.network(resource["CidrBlock"]) {
            topology.vpcs[index].secondaryNetworks.append(network)
        } else {
            unresolved(vpc, "CidrBlock", "a second block, \(resource.name)")
        }
    }

    /// Gives subnets that are associated with no table the main one of their VPC, where the file names it.
    private mutating func attachMainTables() {
        var mains: [String: Reference<RouteTable>] = [:]
        for resource in resources {
            if resource["IsMain"].bool == true, let vpc = resource["VpcId"].referred {
                mains[vpc] = Reference(resource.name)
            }
        }
        for resource in resources where resource.type == "Terraform::MainRouteTable" {
            if let vpc = resource["VpcId"].referred { mains[vpc] = Self.reference(resource["RouteTableId"]) }
        }
        guard !mains.isEmpty else { return }
        for index in topology.subnets.indices where topology.subnets[index].routeTable == nil {
            let subnet = topology.subnets[index]
            let isOpen = topology.unresolved.contains { $0.resource == subnet.name && $0.property == "RouteTableId" }
            if !isOpen { topology.subnets[index].routeTable = mains[subnet.vpc.name] }
        }
    }

    /// Attaches a resource to the one that `key` names; what it may or may not be attached to is left open in
    /// `property`.
    mutating func attach(
        _ resource: ImportedResource, to index: [String: Int], by key: String, _ property: String,
        _ body: (inout Topology, Int) -> Void
    ) {
        switch Self.target(resource[key], among: index) {
        case .one(let at):
            guard let condition = resource.openCondition else { return body(&topology, at) }
            unresolved(resource[key].referred ?? "", property, condition)
        case .any where !property.isEmpty && leftOpen.insert(property).inserted:
            for name in index.keys { unresolved(name, property, "whether \(resource.name) is its") }
        case .any, .elsewhere: break
        }
    }

    /// A rule that is a resource of its own: found at the group if that is in the file, else at itself.
    private mutating func attach(securityRule resource: ImportedResource) {
        let all = resource["Rules"].isAbsent ? [resource.properties] : resource["Rules"].items
        let rules = all.flatMap { Self.rules($0) }
        guard resource.openCondition == nil, case .one(let at) = Self.target(resource["GroupId"], among: securityGroups)
        else {
            topology.securityGroups.append(
                SecurityGroup(name: resource.name, description: "of another group", ingress: rules))
            return
        }
        topology.securityGroups[at].ingress += rules
    }

    private mutating func attach(policy resource: ImportedResource, to buckets: [String: Int]) {
        let document = resource["PolicyDocument"]
        guard let name = bucket(resource["Bucket"])?.name, let at = buckets[name] else {
            // Of a bucket that is elsewhere, or of any; by a name, of one whose own isn't known.
            var isAny = false
            if case .any = Self.target(resource["Bucket"], among: buckets) { isAny = true }
            guard leftOpen.insert("PolicyDocument \(isAny)").inserted else { return }
            for name in buckets.keys where isAny || byName[name]?["BucketName"].isUnknown == true {
                unresolved(name, "PolicyDocument", "whether \(resource.name) is its")
            }
            return
        }
        topology.places["\(name).policy"] = topology.places[resource.name]
        if let condition = resource.openCondition { return unresolved(name, "PolicyDocument", condition) }
        topology.buckets[at].policy = Self.policy(document)
        if topology.buckets[at].policy == nil { unresolved(name, "PolicyDocument", document.referred ?? resource.name) }
    }

    private mutating func attach(rolePolicy resource: ImportedResource) {
        let index = index(\.roles)
        let policy = Role.Policy(
            name: resource["PolicyName"].string ?? resource.name,
            document: Self.knownPart(of: resource["PolicyDocument"]))
        let lists = [resource["Roles"], resource["RoleName"]]
        var isOpen = lists.contains { !$0.isComplete }
        for item in lists.flatMap(\.items) {
            switch Self.target(item, among: index) {
            case .one(let at):
                if let condition = resource.openCondition {
                    unresolved(topology.roles[at].name, "Policies", condition)
                } else {
                    topology.roles[at].policies.append(policy)
                }
            case .any: isOpen = true
            case .elsewhere: break
            }
        }
        guard isOpen, leftOpen.insert("Policies").inserted else { return }
        for name in index.keys { unresolved(name, "Policies", "whether \(resource.name) is its") }
    }
}
