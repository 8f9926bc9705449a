/// Makes a topology of a template's or a plan's resources.
struct ResourceImporter {
    var topology = Topology()
    /// The template's resources by name.
    let byName: [String: ImportedResource]
    private let resources: [ImportedResource]
    private let file: String

    init(_ resources: [ImportedResource], file: String) {
        self.resources = resources
        self.file = file
        byName = Dictionary(resources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The topology: resources that stand by themselves first, then what is attached to them.
    mutating func build() -> Topology {
        for resource in resources {
            topology.places[resource.name] = SourcePlace(file: resource.file ?? file, line: resource.line)
            topology.unresolved.formUnion(resource.unresolved)
            if !network(resource), !compute(resource), !balancing(resource), !data(resource), !identity(resource) {
                topology.others.append(OtherResource(name: resource.name, type: resource.type))
            }
        }
        attach()
        topology.zones = Set(topology.subnets.compactMap(\.zone)).sorted()
        return topology
    }

    mutating func unresolved(_ resource: String, _ property: String, _ expression: String) {
        topology.unresolved.insert(
            UnresolvedValue(resource: resource, property: property, expression: expression))
    }

    /// What a property refers to.
    static func reference<R>(_ value: ImportedValue, to type: R.Type = R.self) -> Reference<R>? {
        guard let name = value.referred, !name.isEmpty else { return nil }
        return Reference(name)
    }

    /// What each item of a property refers to; items that aren't known are in ``Topology/unresolved``.
    static func references<R>(_ value: ImportedValue, to type: R.Type = R.self) -> [Reference<R>] {
        value.items.flatMap { (item) -> [Reference<R>] in
            switch item {
            case .unknown: []
            // Several in one text, as groups take them.
            case .text(let text) where text.contains(",") && !text.contains("${"):
                text.separated(by: ",").map(\.trimmed).filter { !$0.isEmpty }.map { Reference($0) }
            default: reference(item).map { [$0] } ?? []
            }
        }
    }

    /// A network; nil where it isn't known or isn't one.
    static func network(_ value: ImportedValue) -> IPv4Network? { value.known.flatMap { try? IPv4Network($0) } }

    /// Seconds.
    static func seconds(_ value: ImportedValue) -> Duration? { value.int.map { .seconds(min(max(0, $0), 31_536_000)) } }

    /// Attributes as load balancers have them, `[{Key, Value}]`.
    static func attributes(_ value: ImportedValue) -> [String: ImportedValue] {
        Dictionary(
            value.items.compactMap { item in item["Key"].known.map { ($0, item["Value"]) } },
            uniquingKeysWith: { _, last in last })
    }

    private mutating func attach() {
        let tables = index(\.routeTables)
        let subnets = index(\.subnets)
        let gateways = index(\.internetGateways)
        let groups = index(\.securityGroups)
        let buckets = index(\.buckets)
        let roles = index(\.roles)
        for resource in resources {
            if resource.openCondition != nil {
                leaveOpen(resource)
                continue
            }
            switch resource.type {
            case "AWS::EC2::Route":
                guard let at = resource["RouteTableId"].referred.flatMap({ tables[$0] }) else { break }
                topology.routeTables[at].routes.append(Self.route(resource.properties))
            case "AWS::EC2::SubnetRouteTableAssociation":
                guard let at = resource["SubnetId"].referred.flatMap({ subnets[$0] }) else { break }
                topology.subnets[at].routeTable = Self.reference(resource["RouteTableId"])
            case "AWS::EC2::VPCGatewayAttachment":
                guard let at = resource["InternetGatewayId"].referred.flatMap({ gateways[$0] }) else { break }
                topology.internetGateways[at].vpc = Self.reference(resource["VpcId"])
            case "AWS::EC2::VPCCidrBlock":
                guard let vpc = resource["VpcId"].referred else { break }
                unresolved(vpc, "CidrBlock", "a second block, \(resource.name)")
            case "AWS::EC2::SecurityGroupIngress":
                guard let at = resource["GroupId"].referred.flatMap({ groups[$0] }) else { break }
                topology.securityGroups[at].ingress += Self.rules(resource.properties)
            case "AWS::S3::BucketPolicy":
                guard let name = resource["Bucket"].referred, let at = buckets[name] else { break }
                topology.buckets[at].policy = Self.policy(resource["PolicyDocument"])
                topology.places["\(name).policy"] = topology.places[resource.name]
                if resource["PolicyDocument"].isUnknown { unresolved(name, "PolicyDocument", "its policy") }
            case "AWS::IAM::Policy", "AWS::IAM::RolePolicy":
                let policy = Role.Policy(
                    name: resource["PolicyName"].string ?? resource.name,
                    document: Self.policy(resource["PolicyDocument"]) ?? PolicyDocument())
                let named = resource["Roles"].items + [resource["RoleName"]]
                for at in named.compactMap(\.referred).compactMap({ roles[$0] }) {
                    topology.roles[at].policies.append(policy)
                }
            case "AWS::AutoScaling::LifecycleHook":
                guard let group = resource["AutoScalingGroupName"].referred else { break }
                unresolved(group, "HealthCheckGracePeriod", "begins after the lifecycle hook \(resource.name)")
            default: break
            }
        }
    }

    /// What may or may not be attached leaves what it would be attached to unknown.
    private mutating func leaveOpen(_ resource: ImportedResource) {
        let (owner, property): (String?, String) =
            switch resource.type {
            case "AWS::EC2::Route": (resource["RouteTableId"].referred, "Routes")
            case "AWS::EC2::SubnetRouteTableAssociation": (resource["SubnetId"].referred, "RouteTableId")
            case "AWS::S3::BucketPolicy": (resource["Bucket"].referred, "PolicyDocument")
            case "AWS::AutoScaling::LifecycleHook":
                (resource["AutoScalingGroupName"].referred, "HealthCheckGracePeriod")
            case "AWS::EC2::VPCCidrBlock": (resource["VpcId"].referred, "CidrBlock")
            default: (nil, "")
            }
        if let owner { unresolved(owner, property, resource.openCondition ?? "") }
        for role in resource["Roles"].items.compactMap(\.referred) {
            unresolved(role, "Policies", resource.openCondition ?? "")
        }
    }

    private func index<R: Resource>(_ path: KeyPath<Topology, [R]>) -> [String: Int] {
        Dictionary(
            topology[keyPath: path].enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
