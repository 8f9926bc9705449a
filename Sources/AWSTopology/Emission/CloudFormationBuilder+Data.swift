extension CloudFormationBuilder {
    var databases: [TemplateResource] {
        topology.databaseSubnetGroups.map { group in
            make(
                group,
                [
                    "DBSubnetGroupDescription": .text(group.description.isEmpty ? group.name : group.description),
                    "SubnetIds": refs(group.subnets), "Tags": tags(group.name),
                ])
        } + topology.databaseClusters.map(cluster)
            + topology.databaseInstances.flatMap { $0.cluster == nil ? database($0) : [member($0)] }
    }

    private func database(_ database: DatabaseInstance) -> [TemplateResource] {
        let parameters = database.requiresTLS ? [parameterGroup(of: database)] : []
        var resource = make(
            database,
            [
                "Engine": .text(database.engine), "EngineVersion": database.engineVersion.map { .interpolated($0) },
                "DBInstanceClass": database.instanceClass.map { .interpolated($0) },
                "AllocatedStorage": database.allocatedStorage.map { .text("\($0)") }, "StorageType": "gp3",
                "StorageEncrypted": .boolean(database.storageEncrypted),
                "MultiAZ": .boolean(database.multiAZ),
                "AvailabilityZone": database.multiAZ ? nil : database.zone.map(zone),
                "DBSubnetGroupName": database.subnetGroup.map { ref($0) },
                "VPCSecurityGroups": refs(database.securityGroups),
                "PubliclyAccessible": .boolean(database.publiclyAccessible),
                "DBParameterGroupName": parameters.first.map { .ref($0.name) },
                "SourceDBInstanceIdentifier": database.replicaOf.map { ref($0) },
                "MasterUsername": database.masterUsername.map { .interpolated($0) },
                "ManageMasterUserPassword": database.manageMasterUserPassword ? true : nil,
                "MasterUserPassword": database.masterUserPassword.map { .interpolated($0) },
                "EnableIAMDatabaseAuthentication": database.iamAuthentication ? true : nil,
                "BackupRetentionPeriod": database.backupRetentionDays.map { .integer($0) },
                "CopyTagsToSnapshot": true, "DeletionProtection": .boolean(database.deletionProtection),
                "AutoMinorVersionUpgrade": .boolean(database.autoMinorVersionUpgrade),
                "EnableCloudwatchLogsExports": database.cloudWatchLogsExports.isEmpty
                    ? nil : .list(database.cloudWatchLogsExports.map { .text($0) }),
                "EnablePerformanceInsights": database.performanceInsights ? true : nil,
                "MonitoringInterval": database.monitoringInterval.map { .integer($0.wholeSeconds) },
                "MonitoringRoleArn": database.monitoringRole.map { attribute($0, "Arn") },
                "Tags": tags(database.name),
            ])
        resource.deletionPolicy = database.deletionPolicy
        if let version = database.engineVersion, !version.contains(".") {
            resource.skips.append(
                .init(id: "W3691", comment: "A major version alone is no old one: RDS takes its default minor one."))
        }
        return parameters + [resource]
    }

    /// Refuses connections without TLS, whatever the version's default.
    private func parameterGroup(of database: DatabaseInstance) -> TemplateResource {
        let isPostgres = database.engine.hasPrefix("postgres")
        let version = database.engineVersion.map { $0.split(separator: ".") } ?? []
        let family = database.engine + version.prefix(isPostgres ? 1 : 2).joined(separator: ".")
        let key = isPostgres ? "rds.force_ssl" : "require_secure_transport"
        var resource = part(
            of: database, "ParameterGroup", type: "AWS::RDS::DBParameterGroup",
            [
                "Description": .text("\(database.name): TLS only"), "Family": .text(family),
                "Parameters": .fields([:]), "Tags": tags("\(database.name)ParameterGroup"),
            ])
        resource.reason = "T5: a connection without TLS is refused."
        if case .mapping(var entries) = resource.properties,
            let index = entries.firstIndex(where: { $0.key == "Parameters" })
        {
            entries[index].value = .mapping([.init(key: key, value: isPostgres ? "1" : "ON")])
            resource.properties = .mapping(entries)
        }
        return resource
    }

    var buckets: [TemplateResource] { topology.buckets.flatMap(bucket) }

    private func bucket(_ bucket: Bucket) -> [TemplateResource] {
        let lock = bucket.objectLock.map { lock in
            TemplateValue.fields([
                "ObjectLockEnabled": "Enabled",
                "Rule": .fields([
                    "DefaultRetention": .fields(["Mode": .text(lock.mode.rawValue), "Days": .integer(lock.days)])
                ]),
            ])
        }
        var resource = make(
            bucket,
            [
                "BucketName": bucket.bucketName.map { .interpolated($0) },
                "BucketEncryption": bucket.encryption.map { algorithm in
                    .fields([
                        "ServerSideEncryptionConfiguration": .list([
                            .fields(["ServerSideEncryptionByDefault": .fields(["SSEAlgorithm": .text(algorithm)])])
                        ])
                    ])
                },
                "OwnershipControls": .fields([
                    "Rules": .list([.fields(["ObjectOwnership": "BucketOwnerEnforced"])])
                ]),
                "PublicAccessBlockConfiguration": bucket.blocksPublicAccess
                    ? .fields([
                        "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true,
                        "RestrictPublicBuckets": true,
                    ]) : nil,
                "VersioningConfiguration": bucket.versioning ? .fields(["Status": "Enabled"]) : nil,
                "ObjectLockEnabled": lock == nil ? nil : true, "ObjectLockConfiguration": lock,
                "LifecycleConfiguration": bucket.lifecycleRules.isEmpty
                    ? nil : .fields(["Rules": .list(bucket.lifecycleRules.map(lifecycle))]),
                "LoggingConfiguration": bucket.accessLogging.map { logs in
                    .fields(["DestinationBucketName": ref(logs.bucket), "LogFilePrefix": .text(logs.prefix)])
                },
                "Tags": tags(bucket.name),
            ])
        resource.deletionPolicy = bucket.deletionPolicy
        if bucket.accessLogging == nil {
            resource.skips.append(
                .init(id: "CKV_AWS_18", comment: "It receives the access logs; to log its own would never end."))
        }
        guard let policy = bucket.policy else { return [resource] }
        var policyResource = part(
            of: bucket, "Policy", type: "AWS::S3::BucketPolicy",
            ["Bucket": .ref(bucket.name), "PolicyDocument": document(policy)])
        policyResource.reason =
            "T4, T5: TLS only, from the VPC or trusted networks only: conditions are ANDed, a key that isn't there matches, "
            + "so who is neither is denied."
        return [resource, policyResource]
    }

    private func lifecycle(_ rule: LifecycleRule) -> TemplateValue {
        .fields([
            "Id": .text(rule.id), "Status": "Enabled", "Prefix": rule.prefix.isEmpty ? nil : .text(rule.prefix),
            "Transitions": rule.transitions.isEmpty
                ? nil
                : .list(
                    rule.transitions.map {
                        .fields(["StorageClass": .text($0.storageClass), "TransitionInDays": .integer($0.days)])
                    }),
            "ExpirationInDays": rule.expirationDays.map { .integer($0) },
            "NoncurrentVersionExpiration": rule.noncurrentExpirationDays.map { days in
                .fields(["NoncurrentDays": .integer(days)])
            },
            "AbortIncompleteMultipartUpload": rule.abortIncompleteUploadDays.map { days in
                .fields(["DaysAfterInitiation": .integer(days)])
            },
        ])
    }
}
