extension Topology {
    /// Returns the purpose of a resource, with the requirement that it answers (docs/topology.md); empty where it goes
    /// without saying.
    ///
    /// The comments of templates and the table of the documentation are these.
    public func reason(for resource: any Resource) -> String {
        switch resource {
        case let resource as Subnet: reason(for: resource)
        case let resource as RouteTable: reason(for: resource)
        case let resource as GatewayEndpoint:
            "T4, T6: \(resource.service == "s3" ? "S3" : "DynamoDB") by a route, free of charge and past the NAT"
                + " gateways; the policy says to whom and for what."
        case is InterfaceEndpoint:
            "T6: an AWS service at an address in each zone, for instances that have endpoints only."
        case let resource as LoadBalancer:
            "T2, T5: spans \(spoken(zones(of: resource.subnets))); "
                + (resource.scheme == .internetFacing ? "the only way in from the internet." : "for the VPC only.")
        case let resource as AutoScalingGroup:
            "T2: \(resource.minSize.map(String.init) ?? "some") instances or more over"
                + " \(spoken(zones(of: resource.subnets))); one that fails its health check is replaced with no hand."
        case let resource as DatabaseInstance:
            resource.multiAZ
                ? "T8: a synchronous standby waits in another zone; its log of changes and backups outlive both."
                : "T8: in one zone, with no standby."
        case let resource as DatabaseSubnetGroup:
            "T8: \(spoken(zones(of: resource.subnets))); a third one lets a standby be made anew while a zone is lost."
        case let resource as Bucket: reason(for: resource)
        default: Self.reason(forType: type(of: resource).type)
        }
    }

    private static func reason(forType type: String) -> String {
        switch type {
        case VPC.type: "T7: the address plan, one block cut by tier and zone."
        case InternetGateway.type: "T3: used by load balancers and NAT gateways; no instance has a public address."
        case ElasticAddress.type: "T3: the address by which the world sees this zone's instances."
        case NATGateway.type: "T3: a zone's own, so that no zone's loss cuts off another."
        case FlowLog.type: "T1: what went where is on record."
        case Listener.type: "T5: TLS 1.2 or newer; plain HTTP is redirected."
        case TargetGroup.type: "T2: an instance is healthy when it does its work, not when it is up."
        case ScheduledAction.type: "T2: asleep outside of service hours; sites keep their telemetry meanwhile."
        case ScalingPolicy.type: "T2: the group grows with its load."
        case LaunchTemplate.type: "T2, T3: made from an image by its parameter; no public address, no key, IMDSv2 only."
        case Role.type: "T5: a role and no stored keys; no more than what it is for."
        case ImagePipeline.type: "T2: the machine image as an artefact, made anew by schedule."
        case LogGroup.type: "F5: logs leave the instance; after the retention they go."
        case Topic.type: "Alarms go here; subscribe whoever is to be woken."
        default: ""
        }
    }

    private func reason(for subnet: Subnet) -> String {
        let plan = subnet.network.map { "\($0.usable) addresses" } ?? ""
        return switch egress(of: subnet) {
        case .internet: "T3, T7: public, \(plan); for load balancers and NAT gateways, never for instances."
        case .nat: "T6, T7: private with NAT egress, \(plan)."
        case .endpoints: "T6, T7: private with endpoints only, \(plan)."
        case nil: plan.isEmpty ? "" : "T7: \(plan)."
        }
    }

    private func reason(for table: RouteTable) -> String {
        switch table.defaultRoute?.target {
        case .internetGateway: "T3: public subnets leave by the internet gateway."
        case .natGateway(let gateway):
            "T3: leaves by \(gateway)" + (self[gateway].flatMap { zone(of: $0) }.map { ", zone \($0.letter)." } ?? ".")
        case .instance: "Leaves by an instance that does the NAT gateway's work."
        case .other: ""
        case nil: "T6: no default route; only endpoints lead out."
        }
    }

    private func reason(for bucket: Bucket) -> String {
        if let lock = bucket.objectLock {
            return "T4: nobody overwrites or deletes for \(lock.days) days (\(lock.mode.rawValue.lowercased()) mode)."
        }
        let receives =
            buckets.contains { $0.accessLogging?.bucket == bucket.reference }
            || loadBalancers.contains { $0.accessLogs?.bucket == bucket.reference }
        return receives
            ? "T4: access logs of buckets and load balancers, apart from what they tell of."
            : "T4: versioned, private, TLS only, reached from the VPC or trusted networks."
    }

    private func spoken(_ zones: [AvailabilityZone]) -> String {
        zones.count == 1 ? "zone \(zones[0].letter)" : "zones \(zones.map(\.letter).joined(separator: ", "))"
    }
}
