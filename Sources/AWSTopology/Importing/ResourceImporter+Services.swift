extension ResourceImporter {
    /// Where services that lie in subnets say which.
    private static let subnets: [String: String] = [
        "AWS::ECS::Service": "NetworkConfiguration.AwsvpcConfiguration.Subnets",
        "AWS::EKS::Nodegroup": "Subnets", "AWS::EKS::Cluster": "ResourcesVpcConfig.SubnetIds",
        "AWS::Lambda::Function": "VpcConfig.SubnetIds", "AWS::ElastiCache::SubnetGroup": "SubnetIds",
        "AWS::MemoryDB::SubnetGroup": "SubnetIds",
    ]

    private static let clusters = ["AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"]

    /// Types of instances that belong to a cluster.
    private static let members = ["AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance"]

    /// What attaches itself to subnets and leaves no room for work there.
    private static let attachments = [
        "AWS::EC2::TransitGatewayAttachment": "SubnetIds", "AWS::EC2::TransitGatewayVpcAttachment": "SubnetIds",
        "AWS::NetworkFirewall::Firewall": "SubnetMappings",
    ]

    mutating func service(_ resource: ImportedResource) -> Bool {
        if Self.clusters.contains(resource.type) {
            topology.databaseClusters.append(cluster(resource))
            return true
        }
        if resource.type == "AWS::EFS::FileSystem" {
            guard let zone = resource["AvailabilityZoneName"].string else { return false }
            topology.placements.append(
                Placement(name: resource.name, type: resource.type, property: "AvailabilityZoneName", zone: zone))
            return true
        }
        guard let path = Self.subnets[resource.type] else { return false }
        let value = path.split(separator: ".").reduce(resource.properties) { $0[String($1)] }
        // Outside of a VPC, AWS spreads it.
        guard !value.isAbsent else { return false }
        topology.placements.append(
            Placement(
                name: resource.name, type: resource.type, property: path, subnets: Self.references(value)))
        return true
    }

    private mutating func cluster(_ resource: ImportedResource) -> DatabaseCluster {
        var cluster = DatabaseCluster(name: resource.name, engine: resource["Engine"].string ?? "not said")
        cluster.bringsInstances =
            !resource["DBClusterInstanceClass"].isAbsent || resource["EngineMode"].known == "serverless"
        cluster.subnetGroup = Self.reference(resource["DBSubnetGroupName"])
        cluster.storageEncrypted = resource["StorageEncrypted"].bool
        cluster.deletionProtection = resource["DeletionProtection"].bool ?? false
        cluster.engineVersion = resource["EngineVersion"].string
        cluster.instanceClass = resource["DBClusterInstanceClass"].string
        cluster.allocatedStorage = resource["AllocatedStorage"].int
        cluster.securityGroups = Self.references(resource["VpcSecurityGroupIds"])
        cluster.backupRetentionDays = resource["BackupRetentionPeriod"].int
        cluster.masterUsername = resource["MasterUsername"].string
        cluster.manageMasterUserPassword = resource["ManageMasterUserPassword"].bool ?? false
        cluster.otherType = resource.type == DatabaseCluster.type ? nil : resource.type
        cluster.publiclyAccessible = resource["PubliclyAccessible"].bool ?? false
        cluster.masterUserPassword = resource["MasterUserPassword"].string
        cluster.deletionPolicy = resource.deletionPolicy
        cluster.isCopy = [
            "SnapshotIdentifier", "SourceDBClusterIdentifier", "GlobalClusterIdentifier",
            "ReplicationSourceIdentifier", "RestoreType",
        ].contains { !resource[$0].isAbsent }
        return cluster
    }

    /// Counts the instances of clusters, and sets subnets aside that are for one purpose only.
    mutating func attachServices() {
        let clusters = Dictionary(
            topology.databaseClusters.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for resource in resources {
            if Self.members.contains(resource.type), !resource["DBClusterIdentifier"].isAbsent {
                attach(resource, to: clusters, by: "DBClusterIdentifier", "Instances") { topology, at in
                    topology.databaseClusters[at].members.append(resource.name)
                }
            }
            guard let key = Self.attachments[resource.type] else { continue }
            for item in resource[key].items {
                setAside((item["SubnetId"].isAbsent ? item : item["SubnetId"]).referred)
            }
        }
        for index in topology.subnets.indices {
            let zone = topology.subnets[index].zone?.name ?? ""
            let isOutpost = byName[topology.subnets[index].name]?["OutpostArn"].isAbsent == false
            // `us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1`: Local and Wavelength Zones hang on a region's zone.
            let isLocal = !zone.contains("{") && zone.split(separator: "-").count > 4
            if isOutpost || isLocal { topology.subnets[index].isSetAside = true }
        }
    }

    private mutating func setAside(_ name: String?) {
        guard let at = topology.subnets.firstIndex(where: { $0.name == name }) else { return }
        topology.subnets[at].isSetAside = true
    }
}
