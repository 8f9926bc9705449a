@testable import AWSTopology

/// What must hold of every plan that isn't refused.
enum MigrationInvariants {
    /// What doesn't hold, in words.
    static func faults(of plan: MigrationPlan) -> [String] {
        var faults: [String] = []
        var before = plan.from
        for step in plan.steps {
            let state = step.state
            if step.action == .stackUpdate {
                let update = StackUpdate(from: before, to: state, placements: step.placements)
                faults += update.conflicts.map { "\(step.title): \($0)" }
            }
            faults += StackUpdate.zoneConflicts(in: state).map { "\(step.title): \($0)" }
            for group in state.autoScalingGroups where state.zones(of: group.subnets).isEmpty {
                faults.append("\(step.title): \(group.name) has no zone")
            }
            for balancer in state.loadBalancers where state.zones(of: balancer.subnets).isEmpty {
                faults.append("\(step.title): \(balancer.name) has no zone")
            }
            for place in step.placements {
                let group = state[place.database]?.subnetGroup.flatMap { state[$0] }
                let zones = state.zones(of: group?.subnets ?? [])
                if !zones.contains(place.primary) { faults.append("\(step.title): \(place.database) lies nowhere") }
                if place.primary == place.standby { faults.append("\(step.title): \(place.database) is in one zone") }
            }
            for subnet in state.subnets where state.hasInstances(in: subnet.reference) {
                if plan.from.egress(of: subnet) == .nat, state.egress(of: subnet) != .nat {
                    faults.append("\(step.title): \(subnet.name) has no way out")
                }
            }
            for table in state.routeTables {
                for route in table.routes {
                    guard case .natGateway(let gateway) = route.target, state[gateway] == nil else { continue }
                    faults.append("\(step.title): \(table.name) leads to \(gateway), which isn't there")
                }
            }
            for subnet in state.subnets {
                if let table = subnet.routeTable, state[table] == nil {
                    faults.append("\(step.title): \(subnet.name) has no route table \(table)")
                }
            }
            before = state
        }
        if !plan.steps.isEmpty, before != plan.to { faults.append("it doesn't end in the new topology") }
        if plan.steps.isEmpty, !StackUpdate(from: plan.from, to: plan.to).changes.isEmpty {
            faults.append("it does nothing")
        }
        return faults
    }
}
