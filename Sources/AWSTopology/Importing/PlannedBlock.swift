import YAML

/// One block of a plan with the values that are known, and the references of those that aren't.
struct PlannedBlock {
    let plan: TerraformPlan
    let resource: TerraformPlan.Planned
    let values: YAMLNode
    /// What of the values is known only after apply; nil where the plan doesn't say.
    let unknown: YAMLNode?
    let expressions: YAMLNode?
    /// The expression of a whole list of blocks, where the configuration has no more: `ingress`, `route`.
    let around: YAMLNode?

    init(_ resource: TerraformPlan.Planned, in plan: TerraformPlan) {
        self.init(resource, plan, resource.values, resource.unknown, resource.expressions, around: nil)
    }

    private init(
        _ resource: TerraformPlan.Planned, _ plan: TerraformPlan, _ values: YAMLNode, _ unknown: YAMLNode?,
        _ expressions: YAMLNode?, around: YAMLNode?
    ) {
        self.plan = plan
        self.resource = resource
        self.values = values
        self.unknown = unknown
        self.expressions = expressions
        self.around = around
    }

    private func expression(_ key: String) -> YAMLNode? { expressions?[key] ?? around }

    /// Whether the plan says that a value is known only after apply; nil where it doesn't say.
    private func isUnknown(_ key: String) -> Bool? { unknown.map { $0[key]?.text == "true" } }

    /// A value: what is known, else unknown where the configuration says something, else absent.
    func value(_ key: String) -> ImportedValue {
        if let node = values[key], !node.isNull {
            if node.text == "" { return .absent }
            let value = Self.plain(node, unknown?[key])
            return value == .list([]) ? .absent : value
        }
        if let expression = expression(key) {
            if let constant = expression["constant_value"], values[key] == nil { return Self.plain(constant, nil) }
            // Of a list of blocks it isn't known which of them refers to what.
            guard isUnknown(key) ?? (expressions?[key] != nil && expression.items?.isEmpty != true) else {
                return .absent
            }
            return .unknown(expression["references"]?.items?.first?.text ?? key)
        }
        if expressions == nil, !plan.isState, values[key] == nil { return .unknown(key) }
        return .absent
    }

    /// A resource: by the configuration, else by a known identifier.
    func reference(_ key: String) -> ImportedValue {
        let types = Self.targets[key]
        let known = value(key)
        let found = resources(key, types)
        let isOne = found.addresses.count == 1
        switch known {
        case .text(let text):
            if isOne, found.isComplete { return .reference(found.addresses[0], attribute: nil) }
            return address(of: text, types).map { .reference($0, attribute: nil) } ?? known
        case .absent where plan.isState || isUnknown(key) == false: return .absent
        case .absent where found.addresses.isEmpty: return .absent
        default:
            // What is known only after apply is no variable's value.
            if isOne, found.isComplete || (found.isElseKnown && isUnknown(key) == true) {
                return .reference(found.addresses[0], attribute: nil)
            }
            return known.isAbsent ? .unknown(key) : known
        }
    }

    /// Resources.
    func references(_ key: String) -> ImportedValue {
        let types = Self.targets[key]
        let known = value(key)
        let found = resources(key, types)
        if case .list(let items) = known {
            let isAllKnown = known.isComplete
            if !isAllKnown, found.isComplete, found.addresses.count == items.count {
                return .list(found.addresses.map { .reference($0, attribute: nil) })
            }
            return .list(
                items.map { item in
                    guard let text = item.string else { return item }
                    return address(of: text, types).map { .reference($0, attribute: nil) } ?? item
                })
        }
        if known.isAbsent, found.addresses.isEmpty || isUnknown(key) == false { return .absent }
        let items = found.addresses.map { ImportedValue.reference($0, attribute: nil) }
        guard !items.isEmpty else { return .unknown(known.referred ?? key) }
        return .list(found.isComplete && !found.isNarrowed ? items : items + [.unknown(known.referred ?? key)])
    }

    private func resources(_ key: String, _ types: [String]?) -> TerraformPlan.Found {
        guard let expression = expression(key), expression["references"] != nil else {
            return TerraformPlan.Found(isComplete: false)
        }
        var found = plan.resources(of: expression, in: resource)
        if let types { found.addresses = found.addresses.filter { types.contains(plan.types[$0] ?? "") } }
        return found
    }

    private func address(of text: String, _ types: [String]?) -> String? {
        plan.identifiers[text] ?? types?.lazy.compactMap { plan.named[$0]?[text] }.first
    }

    /// The blocks under a key.
    func blocks(_ key: String) -> [PlannedBlock] {
        let expression = expressions?[key]
        let each = expression?.items ?? []
        let nodes = values[key]?.items ?? []
        let around = expression?["references"] == nil ? nil : expression
        return nodes.enumerated().map { index, node in
            let unknowns = unknown?[key]?.items ?? []
            // Blocks that a loop makes have no expressions of their own: which are whose can't be said.
            let inner: YAMLNode? =
                each.count == nodes.count ? each[index] : around != nil || plan.isState ? YAMLNode(.mapping([])) : nil
            return PlannedBlock(
                resource, plan, node, unknowns.indices.contains(index) ? unknowns[index] : nil, inner, around: around)
        }
    }

    /// What is made of the blocks under a key; unknown where the plan doesn't know them.
    func list(_ key: String, _ body: (PlannedBlock) -> ImportedValue) -> ImportedValue {
        if let expression = hidden(key) { return .unknown(expression) }
        return .list(blocks(key).map(body))
    }

    /// The words of blocks that the configuration has and whose values aren't known; nil where they are known, or none.
    func hidden(_ key: String) -> String? {
        guard values[key]?.items == nil, isUnknown(key) != false, let expression = expressions?[key],
            expression.items?.isEmpty != true
        else { return nil }
        return expression["references"]?.items?.first?.text ?? key
    }

    /// JSON in a string, a policy for instance.
    func document(_ key: String) -> ImportedValue {
        guard let text = value(key).string else { return value(key) }
        guard let node = try? YAML.parse(text) else { return .unknown(key) }
        return Self.plain(node, nil)
    }

    /// A node without functions; what of it is known only after apply is unknown.
    private static func plain(_ node: YAMLNode, _ unknown: YAMLNode?) -> ImportedValue {
        if unknown?.text == "true" { return .unknown("known after apply") }
        switch node.content {
        case .scalar(let text, _): return node.isNull ? .absent : .text(text)
        case .sequence(let items):
            let open = unknown?.items ?? []
            return .list(
                items.enumerated().compactMap { index, item in
                    let value = plain(item, open.indices.contains(index) ? open[index] : nil)
                    // The place of what isn't known in a list is held by a null.
                    return value.isAbsent ? .unknown("known after apply") : value
                })
        case .mapping(let entries):
            var all = entries.compactMap { (entry) -> ImportedValue.Entry? in
                let value = plain(entry.value, unknown?[entry.key])
                return value.isAbsent ? nil : ImportedValue.Entry(key: entry.key, value: value)
            }
            for entry in unknown?.entries ?? [] where entry.value.text == "true" && node[entry.key] == nil {
                all.append(ImportedValue.Entry(key: entry.key, value: .unknown("known after apply")))
            }
            return .mapping(all)
        }
    }

    private static let subnets = ["aws_subnet", "aws_default_subnet"]
    private static let tables = ["aws_route_table", "aws_default_route_table"]
    private static let groups = ["aws_security_group", "aws_default_security_group"]

    /// What an attribute may refer to; anything where it isn't here.
    private static let targets: [String: [String]] = [
        "vpc_id": ["aws_vpc", "aws_default_vpc"], "subnet_id": subnets, "subnet_ids": subnets, "subnets": subnets,
        "vpc_zone_identifier": subnets, "route_table_id": tables, "route_table_ids": tables,
        "gateway_id": ["aws_internet_gateway", "aws_vpn_gateway"], "nat_gateway_id": ["aws_nat_gateway"],
        "instance_id": ["aws_instance"], "instance": ["aws_instance"], "bucket": ["aws_s3_bucket"],
        "target_bucket": ["aws_s3_bucket"], "db_subnet_group_name": ["aws_db_subnet_group"],
        "launch_configuration": ["aws_launch_configuration"], "role": ["aws_iam_role"], "roles": ["aws_iam_role"],
        "autoscaling_group_name": ["aws_autoscaling_group"], "security_group_id": groups,
        "security_groups": groups, "vpc_security_group_ids": groups, "load_balancers": ["aws_elb"],
        "target_group_arns": ["aws_lb_target_group", "aws_alb_target_group"],
        "target_group_arn": ["aws_lb_target_group", "aws_alb_target_group"],
        "lb_target_group_arn": ["aws_lb_target_group", "aws_alb_target_group"], "elb": ["aws_elb"],
        "load_balancer_arn": ["aws_lb", "aws_alb"], "iam_instance_profile": ["aws_iam_instance_profile"],
        "replicate_source_db": ["aws_db_instance"], "vpc_endpoint_id": ["aws_vpc_endpoint"],
        "cluster_identifier": ["aws_rds_cluster"],
    ]
}
