extension TopologyBuilder {
    /// A cluster in the concise form: Aurora's with so many instances, or a Multi-AZ cluster.
    ///
    /// - Source: Amazon Aurora User Guide, "High availability for Amazon Aurora"; Amazon RDS User Guide, "Multi-AZ DB
    ///   cluster deployments": a writer and two readers, each in a zone of its own.
    mutating func cluster(
        _ name: String, _ engine: String, _ subnets: [Reference<Subnet>], _ fields: inout FieldReader
    ) throws(TopologyError) {
        let isAurora = engine.hasPrefix("aurora")
        var cluster = DatabaseCluster(
            name: name, engine: engine, bringsInstances: !isAurora, subnetGroup: Reference("\(name)SubnetGroup"),
            securityGroups: [Reference("\(name)SecurityGroup")], storageEncrypted: true, backupRetentionDays: 14,
            deletionProtection: true, masterUsername: "footlight", manageMasterUserPassword: true,
            deletionPolicy: "Snapshot")
        cluster.engineVersion = try fields.text("engineVersion")
        cluster.backupRetentionDays = try fields.int("backupRetentionDays", in: 1...35) ?? 14
        cluster.deletionProtection = try fields.bool("deletionProtection") ?? true
        let instanceClass = try fields.text("instanceClass") ?? (isAurora ? "db.t4g.medium" : "db.m6gd.large")
        let port = try fields.int("port", in: 1...65535) ?? DatabaseEngine.port(of: engine)
        let clients = try fields.list("clients") ?? topology.autoScalingGroups.map(\.name)
        if isAurora {
            for number in 1...(try fields.int("instances", in: 1...16) ?? 2) {
                let member = DatabaseInstance(
                    name: "\(name)Instance\(number)", engine: engine, instanceClass: instanceClass,
                    cluster: cluster.reference)
                cluster.members.append(member.name)
                add(member, at: fields)
                for property in ResourceImporter.clusterProperties {
                    topology.unresolved.insert(
                        UnresolvedValue(resource: member.name, property: property, expression: "the cluster's"))
                }
            }
        } else {
            guard ["mysql", "postgres"].contains(engine) else {
                throw fields.fault(
                    .outOfRange, "multiAZCluster", found: "a Multi-AZ cluster of \(engine)", allowed: "mysql, postgres",
                    remedy: "write \"multiAZ: true\", an instance with a standby")
            }
            guard Set(subnets.compactMap { topology[$0]?.zone }).count >= 3 else {
                throw fields.fault(
                    .outOfRange, "multiAZCluster", found: "a tier of \(subnets.count) zones", allowed: "three zones",
                    remedy: "add a zone, or write \"multiAZ: true\", an instance with a standby")
            }
            cluster.instanceClass = instanceClass
            cluster.allocatedStorage = try fields.int("allocatedStorage", in: 20...65536) ?? 100
        }
        try fields.finish()
        for client in clients where topology[Reference<AutoScalingGroup>(client)] == nil {
            throw unknown(client, in: fields, "clients")
        }
        surroundings(of: name, port: port, clients: clients, subnets: subnets, fields)
        add(cluster, at: fields)
    }
}
