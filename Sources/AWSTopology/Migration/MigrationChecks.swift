/// What shows that a step may begin, and that it is done: commands of the AWS command line. `$(id Name)` is a resource's
/// physical id; the runbook says how that is defined.
struct MigrationChecks {
    let stack: String
    let update: StackUpdate
    let placements: [DatabasePlacement]
    /// Subnets that nothing may be in.
    var emptied: [String] = []

    init(stack: String, update: StackUpdate, placements: [DatabasePlacement]) {
        self.stack = stack
        self.update = update
        self.placements = placements
    }

    func before(_ kind: MigrationPlanner.Kind) -> [MigrationStep.Check] {
        var checks = [atRest]
        switch kind {
        case .subnets where !present(in: update.from).isEmpty: checks.append(noInterface(present(in: update.from)))
        case .users(joining: false): checks += groups(update.from).map(health)
        case .standby:
            checks += update.changes.filter { $0.type == DatabaseInstance.type }
                .map { Self.database(Reference($0.name), "available") }
        default: break
        }
        return checks
    }

    /// What shows that no other change is under way: of a stack, or of what a state of Terraform's knows.
    private var atRest: MigrationStep.Check {
        guard update.from.ids.isEmpty else {
            return MigrationStep.Check(
                what: "Terraform finds nothing to change: exit code 0", command: "terraform plan -detailed-exitcode")
        }
        return MigrationStep.Check(
            what: "the stack is at rest: …_COMPLETE",
            command:
                "aws cloudformation describe-stacks --stack-name \(stack) --query 'Stacks[0].StackStatus' --output text"
        )
    }

    /// What gives a resource's id in the runbook's shell.
    static func id(_ name: String) -> String {
        LogicalName.isOne(name) ? "$(id \(name))" : "$(id '\(name.replacing("'", with: ""))')"
    }

    func after(_ kind: MigrationPlanner.Kind) -> [MigrationStep.Check] {
        switch kind {
        case .users(let isJoining):
            var checks: [MigrationStep.Check] = []
            let empty = present(in: update.from).filter { name in
                !update.to.natGateways.contains { $0.subnet.name == name }
            }
            if !isJoining, !empty.isEmpty { checks.append(noInterface(empty)) }
            checks += update.to.loadBalancers.filter(isChanged).map { balancer in
                MigrationStep.Check(
                    what: "\(balancer.name) is in \(zones(of: balancer.subnets))",
                    command: "aws elbv2 describe-load-balancers --load-balancer-arns \(Self.id(balancer.name)) "
                        + "--query 'LoadBalancers[0].AvailabilityZones[].ZoneName'")
            }
            checks += update.to.autoScalingGroups.filter(isChanged).map { group in
                MigrationStep.Check(
                    what: "the instances of \(group.name) are in \(zones(of: group.subnets)), InService",
                    command:
                        "aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names \(Self.id(group.name)) "
                        + "--query 'AutoScalingGroups[0].Instances[].[AvailabilityZone,LifecycleState]'")
            }
            return checks + groups(update.to).map(health)
        case .subnets, .rest: return made() + gone()
        case .gateways:
            let freed = present(in: update.from).filter { name in
                update.from.natGateways.contains { $0.subnet.name == name }
            }
            return [noInterface(freed)]
                + update.to.routeTables.filter(isChanged).map { table in
                    MigrationStep.Check(
                        what: "\(table.name) leads out by a NAT gateway that stands",
                        command: "aws ec2 describe-route-tables --route-table-ids \(Self.id(table.name)) "
                            + "--query \"RouteTables[0].Routes[?DestinationCidrBlock=='0.0.0.0/0'].[NatGatewayId,State]\""
                    )
                }
        case .standby(let isMaking):
            return update.changes.filter { $0.type == DatabaseInstance.type }.map { change in
                let place = placements.first { $0.database.name == change.name }
                return Self.database(
                    Reference(change.name),
                    isMaking
                        ? "available, the standby in \(place?.standby?.name ?? "another zone")"
                        : "available, alone in \(place?.primary.name ?? "its zone")")
            }
        }
    }

    /// What shows that subnets are there.
    private func made() -> [MigrationStep.Check] {
        let made = update.created
        return update.to.subnets.filter { made.contains($0.name) }.map { subnet in
            MigrationStep.Check(
                what:
                    "\(subnet.name) is \(subnet.network?.description ?? "there") in \(subnet.zone?.name ?? "its zone")",
                command: "aws ec2 describe-subnets --subnet-ids \(Self.id(subnet.name)) "
                    + "--query 'Subnets[].[CidrBlock,AvailabilityZone]'")
        }
    }

    /// What shows that subnets aren't there any more: the stack doesn't have them.
    private func gone() -> [MigrationStep.Check] {
        let gone = update.from.subnets.filter { update.to[$0.reference] == nil }.map(\.name)
        guard !gone.isEmpty else { return [] }
        guard update.from.ids.isEmpty else {
            return [
                MigrationStep.Check(
                    what: "\(gone.joined(separator: ", ")) \(gone.count == 1 ? "is" : "are") there no more: 0",
                    command: "aws ec2 describe-subnets --filters \"Name=subnet-id,Values="
                        + gone.map(Self.id).joined(separator: ",") + "\" --query 'length(Subnets)'")
            ]
        }
        return [
            MigrationStep.Check(
                what: "\(gone.joined(separator: ", ")) \(gone.count == 1 ? "is" : "are") in the list no more",
                command: "aws cloudformation list-stack-resources --stack-name \(stack) "
                    + "--query \"StackResourceSummaries[?ResourceType=='AWS::EC2::Subnet'&&"
                    + "ResourceStatus!='DELETE_COMPLETE'].LogicalResourceId\"")
        ]
    }

    static func database(_ database: Reference<DatabaseInstance>, _ what: String) -> MigrationStep.Check {
        MigrationStep.Check(
            what: "\(database) is \(what)",
            command: "aws rds describe-db-instances --db-instance-identifier \(Self.id(database.name)) --query "
                + "'DBInstances[0].[DBInstanceStatus,MultiAZ,AvailabilityZone,SecondaryAvailabilityZone]'")
    }

    private func present(in topology: Topology) -> [String] {
        emptied.filter { topology[Reference<Subnet>($0)] != nil }
    }

    private func noInterface(_ subnets: [String]) -> MigrationStep.Check {
        let ids = subnets.map(Self.id).joined(separator: ",")
        return MigrationStep.Check(
            what: "no interface is in \(subnets.joined(separator: ", ")): 0",
            command: "aws ec2 describe-network-interfaces --filters \"Name=subnet-id,Values=\(ids)\" "
                + "--query 'length(NetworkInterfaces)'")
    }

    private func health(_ group: TargetGroup) -> MigrationStep.Check {
        MigrationStep.Check(
            what: "every target of \(group.name) is healthy",
            command: "aws elbv2 describe-target-health --target-group-arn \(Self.id(group.name)) "
                + "--query 'TargetHealthDescriptions[].TargetHealth.State'")
    }

    private func groups(_ topology: Topology) -> [TargetGroup] {
        let used = Set(topology.autoScalingGroups.flatMap(\.targetGroups))
        return topology.targetGroups.filter { used.contains($0.reference) }
    }

    private func isChanged(_ resource: some Resource) -> Bool { update.changes.contains { $0.name == resource.name } }

    private func zones(of subnets: [Reference<Subnet>]) -> String {
        update.to.zones(of: subnets).map(\.name).joined(separator: ", ")
    }
}
