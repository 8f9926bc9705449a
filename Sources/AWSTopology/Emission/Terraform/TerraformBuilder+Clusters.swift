extension TerraformBuilder {
    /// A cluster: Aurora's with its members apart, or a Multi-AZ cluster, which brings its three instances.
    func cluster(_ cluster: DatabaseCluster) -> TerraformBlock {
        make(
            cluster, "aws_rds_cluster",
            [
                .argument("engine", text(cluster.engine)),
                .argument("engine_version", ifAny: cluster.engineVersion.map(text)),
                .argument("db_cluster_instance_class", ifAny: cluster.instanceClass.map(text)),
                .argument("allocated_storage", ifAny: cluster.allocatedStorage.map { .integer($0) }),
                .argument("db_subnet_group_name", ifAny: cluster.subnetGroup.map { ref($0) }),
                .argument("vpc_security_group_ids", refs(cluster.securityGroups, "GroupId")),
                .argument("storage_encrypted", ifAny: cluster.storageEncrypted.map { .boolean($0) }),
                .argument("backup_retention_period", ifAny: cluster.backupRetentionDays.map { .integer($0) }),
                .argument("deletion_protection", .boolean(cluster.deletionProtection)),
                .argument("master_username", ifAny: cluster.masterUsername.map(text)),
                cluster.manageMasterUserPassword ? .argument("manage_master_user_password", .boolean(true)) : nil,
                .argument("master_password", ifAny: cluster.masterUserPassword.map(text)),
                .argument("skip_final_snapshot", .boolean(cluster.deletionPolicy == "Delete")), tags(cluster.name),
            ])
    }

    /// A member of a cluster: what the cluster says isn't said again.
    func member(_ database: DatabaseInstance) -> TerraformBlock {
        make(
            database, "aws_rds_cluster_instance",
            [
                .argument("engine", text(database.engine)),
                .argument("instance_class", ifAny: database.instanceClass.map(text)),
                .argument("cluster_identifier", ifAny: database.cluster.map { ref($0) }),
                .argument("availability_zone", ifAny: database.zone.map { text($0.name) }),
                .argument("publicly_accessible", .boolean(database.publiclyAccessible)),
                .argument("auto_minor_version_upgrade", .boolean(database.autoMinorVersionUpgrade)),
                tags(database.name),
            ])
    }
}
