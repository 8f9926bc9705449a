extension CloudFormationBuilder {
    /// A cluster: Aurora's with its members apart, or a Multi-AZ cluster, which brings its three instances.
    ///
    /// - Source: AWS CloudFormation Template Reference, "AWS::RDS::DBCluster"; Amazon RDS User Guide, "Multi-AZ DB
    ///   cluster deployments".
    func cluster(_ cluster: DatabaseCluster) -> TemplateResource {
        var resource = make(
            cluster, type: cluster.otherType,
            [
                "Engine": cluster.otherType == nil ? .interpolated(cluster.engine) : nil,
                "EngineVersion": cluster.engineVersion.map { .interpolated($0) },
                "DBClusterInstanceClass": cluster.instanceClass.map { .interpolated($0) },
                "AllocatedStorage": cluster.allocatedStorage.map { .integer($0) },
                "DBSubnetGroupName": cluster.subnetGroup.map { ref($0) },
                "VpcSecurityGroupIds": refs(cluster.securityGroups),
                "StorageEncrypted": cluster.storageEncrypted.map { .boolean($0) },
                "BackupRetentionPeriod": cluster.backupRetentionDays.map { .integer($0) },
                "DeletionProtection": .boolean(cluster.deletionProtection),
                "PubliclyAccessible": cluster.publiclyAccessible ? true : nil,
                "MasterUsername": cluster.masterUsername.map { .interpolated($0) },
                "ManageMasterUserPassword": cluster.manageMasterUserPassword ? true : nil,
                "MasterUserPassword": cluster.masterUserPassword.map { .interpolated($0) },
                "CopyTagsToSnapshot": cluster.otherType == nil ? true : nil, "Tags": tags(cluster.name),
            ])
        resource.deletionPolicy = cluster.deletionPolicy
        return resource
    }

    /// A member of a cluster: what the cluster says isn't said again.
    func member(_ database: DatabaseInstance) -> TemplateResource {
        make(
            database,
            [
                "Engine": .interpolated(database.engine),
                "DBInstanceClass": database.instanceClass.map { .interpolated($0) },
                "DBClusterIdentifier": database.cluster.map { ref($0) },
                "AvailabilityZone": database.zone.map(zone),
                "PubliclyAccessible": .boolean(database.publiclyAccessible),
                "AutoMinorVersionUpgrade": .boolean(database.autoMinorVersionUpgrade),
                "EnablePerformanceInsights": database.performanceInsights ? true : nil,
                "MonitoringInterval": database.monitoringInterval.map { .integer($0.wholeSeconds) },
                "MonitoringRoleArn": database.monitoringRole.map { attribute($0, "Arn") },
                "Tags": tags(database.name),
            ])
    }
}
