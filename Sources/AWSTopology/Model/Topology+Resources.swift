extension Topology {
    /// Does `body` with each collection of resources, in the model's order.
    private func eachCollection(_ body: ([any Resource]) -> Void) {
        body(vpcs)
        body(subnets)
        body(routeTables)
        body(internetGateways)
        body(elasticAddresses)
        body(natGateways)
        body(gatewayEndpoints)
        body(interfaceEndpoints)
        body(securityGroups)
        body(flowLogs)
        body(loadBalancers)
        body(listeners)
        body(targetGroups)
        body(autoScalingGroups)
        body(scheduledActions)
        body(scalingPolicies)
        body(launchTemplates)
        body(instances)
        body(imagePipelines)
        body(databaseInstances)
        body(databaseSubnetGroups)
        body(databaseClusters)
        body(buckets)
        body(roles)
        body(accessKeys)
        body(logGroups)
        body(topics)
        body(alarms)
    }

    /// All resources but ``others``, in the model's order.
    public var resources: [any Resource] {
        var all: [any Resource] = []
        eachCollection { all += $0 }
        return all
    }

    /// Takes the resource called `name` away; what refers to it stays as it is.
    ///
    /// - Returns: Whether there was one.
    public mutating func remove(_ name: String) -> Bool {
        guard let resource = resources.first(where: { $0.name == name }) else { return false }
        remove(resource)
        return true
    }

    private mutating func remove<R: Resource>(_ resource: R) { self[resource.reference] = nil }
}
