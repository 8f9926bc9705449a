/// What rules look at: a topology with the questions that several of them ask, answered quickly.
///
/// A question whose answer the file doesn't say is answered nil, and no rule makes a finding of that.
struct LintContext: Sendable {
    let topology: Topology
    let subnets: [String: Subnet]
    let routeTables: [String: RouteTable]
    let natGateways: [String: NATGateway]
    let targetGroups: [String: TargetGroup]
    let loadBalancers: [String: LoadBalancer]
    let launchTemplates: [String: LaunchTemplate]
    let subnetGroups: [String: DatabaseSubnetGroup]
    let roles: [String: Role]
    let parameters: [String: Parameter]
    /// Subnets by VPC.
    let subnetsOfVPC: [String: [Subnet]]
    /// Subnets by route table.
    let subnetsOfTable: [String: [Subnet]]
    /// Buckets that access logs go to.
    let logBuckets: Set<String>
    /// Whether logs go to a bucket that isn't known, so that any may be it. A parameter's is one of another stack.
    let logsGoAnywhere: Bool
    /// The route tables of a VPC that private subnets follow.
    private(set) var privateTablesOfVPC: [String: [RouteTable]] = [:]
    private var zonesByEgress: [String: [Egress?: Set<AvailabilityZone>]] = [:]
    private let unresolved: [String: [UnresolvedValue]]
    private let openings: [Opening]
    private let isOpenEverywhere: Bool
    private let touched: Set<String>
    /// How many subnets have each zone.
    private let usesOfZone: [AvailabilityZone: Int]
    /// What rules asked in vain.
    let questions = OpenQuestions()

    init(_ topology: Topology) {
        self.topology = topology
        func index<R: Resource>(_ all: [R]) -> [String: R] {
            Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
        subnets = index(topology.subnets)
        routeTables = index(topology.routeTables)
        natGateways = index(topology.natGateways)
        targetGroups = index(topology.targetGroups)
        loadBalancers = index(topology.loadBalancers)
        launchTemplates = index(topology.launchTemplates)
        subnetGroups = index(topology.databaseSubnetGroups)
        roles = index(topology.roles)
        parameters = Dictionary(topology.parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        subnetsOfVPC = Dictionary(grouping: topology.subnets, by: \.vpc.name)
        subnetsOfTable = Dictionary(grouping: topology.subnets, by: { $0.routeTable?.name ?? "" })
        logBuckets = Set(
            topology.buckets.compactMap { $0.accessLogging?.bucket.name }
                + topology.loadBalancers.compactMap { $0.accessLogs?.bucket.name })
        unresolved = Dictionary(grouping: topology.unresolved, by: \.resource)
        let destinations = ["LoggingConfiguration", "LoadBalancerAttributes", "AccessLoggingPolicy"]
        logsGoAnywhere = topology.unresolved.contains { value in
            !value.expression.hasPrefix("${")
                && destinations.contains { value.property == $0 || value.property.hasPrefix("\($0).") }
        }
        openings = topology.openings
        isOpenEverywhere = openings.contains { $0.touches == nil }
        touched = openings.reduce(into: []) { $0.formUnion($1.touches ?? []) }
        usesOfZone = topology.subnets.reduce(into: [:]) { uses, subnet in
            if let zone = subnet.zone { uses[zone, default: 0] += 1 }
        }
        for subnet in topology.subnets where knows(subnet.name, "Condition") {
            guard let zone = subnet.zone, !subnet.isSetAside else { continue }
            zonesByEgress[subnet.vpc.name, default: [:]][egress(of: subnet), default: []].insert(zone)
        }
        for table in topology.routeTables where knows(table.name, "Condition") && subnetsOfTable[table.name] != nil {
            guard [.nat, .endpoints].contains(egress(of: table)) else { continue }
            privateTablesOfVPC[table.vpc.name, default: []].append(table)
        }
    }

    /// Whether a property's value is known, be it that it is absent.
    func knows(_ resource: String, _ property: String) -> Bool {
        let open = (unresolved[resource] ?? []).first { value in
            let path = value.property
            return path.isEmpty || path == property || path.hasPrefix(property + ".") || property.hasPrefix(path + ".")
        }
        if let open { questions.note(open) }
        return open == nil
    }

    /// Whether it is known which items a list has, though not all of each may be.
    func knowsItems(_ resource: String, _ property: String) -> Bool {
        let open = (unresolved[resource] ?? []).first { value in
            value.property.isEmpty || value.property == property || property.hasPrefix(value.property + ".")
        }
        if let open { questions.note(open) }
        return open == nil
    }

    /// Whether all that is attached to a resource stands in the file: what isn't there, isn't.
    ///
    /// - Parameter what: What could be attached elsewhere, for people.
    func isClosed(_ resource: String, _ what: String) -> Bool {
        guard isOpenEverywhere || touched.contains(resource) else { return true }
        if let opening = openings.first(where: { $0.touches?.contains(resource) ?? true }) {
            questions.note(UnresolvedValue(resource: resource, property: what, expression: opening.what))
        }
        return false
    }

    /// Whether all of some properties are known.
    func knows(_ resource: String, _ properties: [String]) -> Bool {
        properties.allSatisfy { knows(resource, $0) }
    }

    /// Whether a name that a property holds stands for one thing only: not for a parameter's or an import's value.
    func isConcrete(_ name: String) -> Bool { !name.contains("${") || name == "${AWS::Region}" }

    /// The zones of subnets; nil where one isn't known. `property` is the one of `resource` that names the subnets.
    func zones(_ names: [Reference<Subnet>], of resource: String, _ property: String) -> Set<AvailabilityZone>? {
        guard !names.isEmpty, knows(resource, property) else { return nil }
        var zones: Set<AvailabilityZone> = []
        for name in names {
            guard let zone = subnets[name.name]?.zone, knows(name.name, "Condition") else { return nil }
            zones.insert(zone)
        }
        return zones
    }

    /// Whether all subnets certainly lie in one zone: there is but one, or they have the same.
    func isOneZone(_ names: [Reference<Subnet>], of resource: String, _ property: String) -> Bool {
        guard knows(resource, property), !names.isEmpty else { return false }
        if names.count == 1, isOne(names[0].name) { return true }
        return zones(names, of: resource, property)?.count == 1
    }

    /// Whether a name certainly stands for one subnet, whichever: one of the file, one by its identifier, or by a
    /// parameter for one; a plain text may hold several.
    private func isOne(_ name: String) -> Bool {
        if subnets[name] != nil || (name.hasPrefix("subnet-") && !name.contains(",")) { return true }
        guard name.hasPrefix("${"), name.hasSuffix("}") else { return false }
        let inner = name.dropFirst(2).dropLast()
        guard let dot = inner.firstIndex(of: ".") else {
            return parameters[String(inner)].map { $0.type.hasSuffix("AWS::EC2::Subnet::Id") } ?? false
        }
        // An item of a list that is a parameter.
        return Int(inner[inner.index(after: dot)...]) != nil && parameters[String(inner[..<dot])] != nil
    }

    /// Whether two zones certainly differ: as plain names, as letters, or as parameters of different names that are
    /// for zones.
    ///
    /// Should two such parameters get the same value, what was to be spread lies in one zone, which is no better.
    func differ(_ a: AvailabilityZone, _ b: AvailabilityZone) -> Bool {
        a != b && kind(a) != nil && kind(a) == kind(b)
    }

    /// How a zone is named: plainly, by a letter of the stack's region, as an item of a list, or by a parameter; nil
    /// for what may be any zone.
    private func kind(_ zone: AvailabilityZone) -> String? {
        let name = zone.name
        guard let start = name.separated(by: "${").dropFirst().first else {
            if name.contains(ImportedValue.dynamic) { return nil }
            return name.contains("-az") ? "identifier" : "name"
        }
        let parts = name.separated(by: "}")
        guard parts.count == 2, name.hasPrefix("${") else { return nil }
        if parts[1].utf8.count == 1 { return "letter of \(parts[0])" }
        guard parts[1].isEmpty else { return nil }
        let inner = start.separated(by: "}")[0]
        if let dot = inner.firstIndex(of: ".") { return "item of \(inner[..<dot])" }
        // A parameter that only one subnet goes by may well repeat the zone of another.
        let isForZones = parameters[inner]?.type.hasSuffix("AvailabilityZone::Name") ?? false
        return isForZones || (usesOfZone[zone] ?? 0) > 1 ? "parameter" : nil
    }

    /// The zones of `wanted` that differ from all of `covered`.
    func missing(
        _ wanted: some Sequence<AvailabilityZone>, from covered: Set<AvailabilityZone>
    ) -> [AvailabilityZone] {
        wanted.filter { zone in covered.allSatisfy { differ(zone, $0) } }.sorted()
    }

    /// The zones in which a VPC has subnets with one of some ways out; of none where there are more than a region has.
    func zones(ofVPC vpc: String, _ ways: Set<Egress?>) -> Set<AvailabilityZone> {
        let all = zonesByEgress[vpc] ?? [:]
        let zones = ways.reduce(into: Set()) { $0.formUnion(all[$1] ?? []) }
        return zones.count <= 26 ? zones : []
    }

    /// How what lies in a subnet reaches the internet; nil where that isn't known.
    func egress(of subnet: Subnet) -> Egress? {
        guard let table = subnet.routeTable.flatMap({ routeTables[$0.name] }) else { return nil }
        return egress(of: table)
    }

    /// How what follows a route table reaches the internet; nil where that isn't known.
    func egress(of table: RouteTable) -> Egress? {
        guard knows(table.name, "Routes") else { return nil }
        let routes = table.routes.filter { $0.destination == "0.0.0.0/0" }
        if routes.isEmpty {
            let isOpen = table.routes.contains { $0.destination == "not known" || $0.destination.contains("{") }
            return isOpen || !isClosed(table.name, "Routes") ? nil : .endpoints
        }
        switch routes[0].target {
        case .internetGateway(let name):
            return isConcrete(name.name) || topology.internetGateways.contains { $0.name == name.name }
                ? .internet : nil
        case .natGateway(let name): return natGateways[name.name] != nil || name.name.hasPrefix("nat-") ? .nat : nil
        case .instance: return .nat
        case .other: return nil
        }
    }

    /// The load balancers whose listeners forward to a group, as far as they are known.
    func balancers(of group: AutoScalingGroup) -> [LoadBalancer] {
        let targets = Set(group.targetGroups.map(\.name))
        var names = group.classicLoadBalancers.map(\.name)
        for listener in topology.listeners {
            if case .forward(let target) = listener.defaultAction, targets.contains(target.name) {
                names.append(listener.loadBalancer.name)
            }
        }
        return Set(names).sorted().compactMap { loadBalancers[$0] }
    }

    /// What a group's instances are like; nil where that isn't in the file.
    func settings(of group: AutoScalingGroup) -> (name: String, settings: InstanceSettings)? {
        let name = group.launchTemplate?.name ?? group.launchConfiguration
        return name.flatMap { launchTemplates[$0] }.map { ($0.name, $0.settings) }
    }

    /// The least number of instances that a group runs while it is on: a size of nothing is one that a schedule wakes.
    func workingMinimum(of group: AutoScalingGroup) -> Int? {
        guard let size = group.minSize else { return nil }
        if size > 0 { return size }
        let waking = topology.scheduledActions.filter { $0.group.name == group.name }
            .compactMap { $0.minSize ?? $0.desiredCapacity }.filter { $0 > 0 }
        return waking.min() ?? 0
    }
}

extension Sequence<AvailabilityZone> {
    /// `eu-central-1a, eu-central-1b`
    var listed: String { map(\.name).sorted().joined(separator: ", ") }
}
