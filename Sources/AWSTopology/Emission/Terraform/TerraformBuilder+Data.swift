extension TerraformBuilder {
    var databases: [TerraformBlock] {
        topology.databaseSubnetGroups.map { group in
            make(
                group, "aws_db_subnet_group",
                [
                    .argument("name_prefix", .text("\(topology.name)-")),
                    .argument("description", .text(group.description.isEmpty ? group.name : group.description)),
                    .argument("subnet_ids", refs(group.subnets)), tags(group.name),
                ])
        } + topology.databaseClusters.map(cluster)
            + topology.databaseInstances.flatMap { $0.cluster == nil ? database($0) : [member($0)] }
    }

    private func database(_ database: DatabaseInstance) -> [TerraformBlock] {
        let name = names.name(database.name)
        let isPostgres = database.engine.hasPrefix("postgres")
        let version = (database.engineVersion?.split(separator: ".") ?? []).prefix(isPostgres ? 1 : 2)
        let parameters = TerraformBlock(
            "resource", ["aws_db_parameter_group", name], reason: "T5: a connection without TLS is refused.",
            [
                .argument("name_prefix", .text("\(topology.name)-")),
                .argument("family", .text(database.engine + version.joined(separator: "."))),
                .argument("description", .text("\(database.name): TLS only")),
                .block(
                    "parameter",
                    [
                        .argument("name", .text(isPostgres ? "rds.force_ssl" : "require_secure_transport")),
                        .argument("value", .text(isPostgres ? "1" : "ON")),
                    ]),
            ])
        let isSnapshot = (database.deletionPolicy ?? "Snapshot") == "Snapshot"
        let exports = database.cloudWatchLogsExports.map { TerraformValue.text($0) }
        let resource = make(
            database, "aws_db_instance",
            [
                .argument("identifier_prefix", .text("\(topology.name)-")), .argument("engine", .text(database.engine)),
                .argument("engine_version", ifAny: database.engineVersion.map(text)),
                .argument("instance_class", ifAny: database.instanceClass.map(text)),
                .argument("allocated_storage", ifAny: database.allocatedStorage.map { .integer($0) }),
                .argument("storage_type", .text("gp3")),
                .argument("storage_encrypted", .boolean(database.storageEncrypted)),
                .argument("multi_az", .boolean(database.multiAZ)),
                database.multiAZ
                    ? nil : .argument("availability_zone", ifAny: database.zone.map { text($0.name) }),
                .argument("db_subnet_group_name", ifAny: database.subnetGroup.map { ref($0) }),
                .argument("vpc_security_group_ids", refs(database.securityGroups, "GroupId")),
                .argument("publicly_accessible", .boolean(database.publiclyAccessible)),
                database.requiresTLS
                    ? .argument("parameter_group_name", .expression("aws_db_parameter_group.\(name).name")) : nil,
                .argument("replicate_source_db", ifAny: database.replicaOf.map { ref($0) }),
                .argument("username", ifAny: database.masterUsername.map(text)),
                database.manageMasterUserPassword ? .argument("manage_master_user_password", .boolean(true)) : nil,
                .argument("password", ifAny: database.masterUserPassword.map(text)),
                .argument("iam_database_authentication_enabled", .boolean(database.iamAuthentication)),
                .argument("backup_retention_period", ifAny: database.backupRetentionDays.map { .integer($0) }),
                .argument("copy_tags_to_snapshot", .boolean(true)),
                .argument("deletion_protection", .boolean(database.deletionProtection)),
                .argument("skip_final_snapshot", .boolean(!isSnapshot)),
                isSnapshot
                    ? .argument(
                        "final_snapshot_identifier", .text("\(topology.name)-\(name.replacing("_", with: "-"))-final"))
                    : nil,
                .argument("auto_minor_version_upgrade", .boolean(database.autoMinorVersionUpgrade)),
                exports.isEmpty ? nil : .argument("enabled_cloudwatch_logs_exports", .list(exports)),
                .argument("performance_insights_enabled", .boolean(database.performanceInsights)),
                .argument("monitoring_interval", ifAny: database.monitoringInterval.map { .integer($0.wholeSeconds) }),
                .argument("monitoring_role_arn", ifAny: database.monitoringRole.map { ref($0, "Arn") }),
                tags(database.name),
            ])
        return (database.requiresTLS ? [parameters] : []) + [resource]
    }

    var buckets: [TerraformBlock] { topology.buckets.flatMap(bucket) }

    private func bucket(_ bucket: Bucket) -> [TerraformBlock] {
        let id = Item.argument("bucket", ref(bucket.reference))
        var blocks = [
            make(
                bucket, "aws_s3_bucket",
                [
                    .argument(
                        bucket.bucketName == nil ? "bucket_prefix" : "bucket",
                        text(bucket.bucketName ?? "\(names.name(bucket.name).replacing("_", with: "-"))-")),
                    bucket.objectLock == nil ? nil : .argument("object_lock_enabled", .boolean(true)),
                    tags(bucket.name),
                    bucket.deletionPolicy == "Retain"
                        ? .block("lifecycle", [.argument("prevent_destroy", .boolean(true))]) : nil,
                ]),
            part(
                of: bucket, "aws_s3_bucket_ownership_controls",
                [id, .block("rule", [.argument("object_ownership", .text("BucketOwnerEnforced"))])]),
        ]
        func add(_ type: String, reason: String = "", _ items: [Item?]) {
            blocks.append(part(of: bucket, "aws_s3_bucket_\(type)", reason: reason, [id] + items))
        }
        if bucket.blocksPublicAccess {
            add(
                "public_access_block",
                ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map {
                    .argument($0, .boolean(true))
                })
        }
        if bucket.versioning {
            add("versioning", [.block("versioning_configuration", [.argument("status", .text("Enabled"))])])
        }
        if let algorithm = bucket.encryption {
            let rule = Item.block(
                "apply_server_side_encryption_by_default", [.argument("sse_algorithm", .text(algorithm))])
            add("server_side_encryption_configuration", [.block("rule", [rule])])
        }
        if let lock = bucket.objectLock {
            let retention = Item.block(
                "default_retention",
                [.argument("mode", .text(lock.mode.rawValue)), .argument("days", .integer(lock.days))])
            add("object_lock_configuration", [.block("rule", [retention])])
        }
        if !bucket.lifecycleRules.isEmpty { add("lifecycle_configuration", bucket.lifecycleRules.map(lifecycle)) }
        if let logs = bucket.accessLogging {
            add(
                "logging",
                [.argument("target_bucket", ref(logs.bucket)), .argument("target_prefix", .text(logs.prefix))])
        }
        if let policy = bucket.policy {
            add(
                "policy", reason: "T4, T5: TLS only, and only from the VPC or trusted networks.",
                [.argument("policy", document(policy))])
        }
        return blocks
    }

    private func lifecycle(_ rule: LifecycleRule) -> Item {
        .block(
            "rule",
            [
                .argument("id", .text(rule.id)), .argument("status", .text("Enabled")),
                .block("filter", rule.prefix.isEmpty ? [] : [.argument("prefix", .text(rule.prefix))]),
            ]
                + rule.transitions.map {
                    .block(
                        "transition",
                        [.argument("days", .integer($0.days)), .argument("storage_class", .text($0.storageClass))])
                }
                + [
                    rule.expirationDays.map { .block("expiration", [.argument("days", .integer($0))]) },
                    rule.noncurrentExpirationDays.map {
                        .block("noncurrent_version_expiration", [.argument("noncurrent_days", .integer($0))])
                    },
                    rule.abortIncompleteUploadDays.map {
                        .block("abort_incomplete_multipart_upload", [.argument("days_after_initiation", .integer($0))])
                    },
                ])
    }
}
