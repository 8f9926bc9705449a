extension ResourceImporter {
    mutating func data(_ resource: ImportedResource) -> Bool {
        switch resource.type {
        case "AWS::RDS::DBInstance": database(resource)
        case "AWS::RDS::DBSubnetGroup":
            topology.databaseSubnetGroups.append(
                DatabaseSubnetGroup(
                    name: resource.name, description: resource["DBSubnetGroupDescription"].string ?? "",
                    subnets: Self.references(resource["SubnetIds"])))
        case "AWS::S3::Bucket": bucket(resource)
        case "AWS::Logs::LogGroup":
            topology.logGroups.append(
                LogGroup(
                    name: resource.name, logGroupName: resource["LogGroupName"].string,
                    retentionDays: resource["RetentionInDays"].int))
            if resource["LogGroupClass"].known == "DELIVERY" {
                unresolved(resource.name, "RetentionInDays", "a day, as of every log group of the class DELIVERY")
            } else if resource["LogGroupClass"].isUnknown {
                unresolved(resource.name, "RetentionInDays", "that of its class")
            }
        case "AWS::SNS::Topic":
            topology.topics.append(Topic(name: resource.name, kmsKey: resource["KmsMasterKeyId"].string))
        case "AWS::CloudWatch::Alarm": return alarm(resource)
        default: return false
        }
        return true
    }

    /// What a member of a cluster has from that.
    static let clusterProperties = [
        "MultiAZ", "StorageEncrypted", "BackupRetentionPeriod", "DeletionProtection", "DeletionPolicy",
        "EnableCloudwatchLogsExports",
    ]

    private mutating func database(_ resource: ImportedResource) {
        let name = resource.name
        var database = DatabaseInstance(name: name, engine: resource["Engine"].string ?? "not said")
        database.engineVersion = resource["EngineVersion"].string
        database.instanceClass = resource["DBInstanceClass"].string
        database.allocatedStorage = resource["AllocatedStorage"].int
        database.multiAZ = resource["MultiAZ"].bool ?? false
        database.zone = resource["AvailabilityZone"].string.map { AvailabilityZone($0) }
        database.subnetGroup = Self.reference(resource["DBSubnetGroupName"])
        database.securityGroups = Self.references(resource["VPCSecurityGroups"])
        database.publiclyAccessible = resource["PubliclyAccessible"].bool ?? false
        database.storageEncrypted = resource["StorageEncrypted"].bool ?? false
        database.backupRetentionDays = resource["BackupRetentionPeriod"].int
        database.deletionProtection = resource["DeletionProtection"].bool ?? false
        database.deletionPolicy = resource.deletionPolicy
        database.masterUsername = resource["MasterUsername"].string
        database.masterUserPassword = resource["MasterUserPassword"].string
        database.manageMasterUserPassword = resource["ManageMasterUserPassword"].bool ?? false
        database.iamAuthentication = resource["EnableIAMDatabaseAuthentication"].bool ?? false
        database.cloudWatchLogsExports = resource["EnableCloudwatchLogsExports"].strings
        database.autoMinorVersionUpgrade = resource["AutoMinorVersionUpgrade"].bool ?? true
        database.performanceInsights = resource["EnablePerformanceInsights"].bool ?? false
        database.monitoringInterval = Self.seconds(resource["MonitoringInterval"])
        database.monitoringRole = Self.reference(resource["MonitoringRoleArn"])
        database.replicaOf = Self.reference(resource["SourceDBInstanceIdentifier"])
        let parameters = resource["DBParameterGroupName"].referred.flatMap { byName[$0] }?["Parameters"]
        database.requiresTLS = ["rds.force_ssl", "require_secure_transport"].contains { key in
            ["1", "on", "true"].contains(parameters?[key].string?.lowercased())
        }
        database.cluster = Self.reference(resource["DBClusterIdentifier"])
        // What belongs to the cluster, or comes with a snapshot, isn't said here.
        let isInCluster = ["aurora", "neptune", "docdb"].contains { database.engine.hasPrefix($0) }
        if isInCluster || !resource["DBClusterIdentifier"].isAbsent {
            for property in Self.clusterProperties {
                unresolved(name, property, "the cluster's")
            }
        }
        if !resource["DBSnapshotIdentifier"].isAbsent, resource["StorageEncrypted"].isAbsent {
            unresolved(name, "StorageEncrypted", "the snapshot's")
        }
        if database.engine.hasPrefix("sqlserver") { unresolved(name, "MultiAZ", "mirroring, by an option group") }
        topology.databaseInstances.append(database)
    }

    private mutating func bucket(_ resource: ImportedResource) {
        var bucket = Bucket(name: resource.name, bucketName: resource["BucketName"].string)
        bucket.versioning = resource["VersioningConfiguration"]["Status"].known == "Enabled"
        let encryption = resource["BucketEncryption"]["ServerSideEncryptionConfiguration"].items.first
        bucket.encryption = encryption?["ServerSideEncryptionByDefault"]["SSEAlgorithm"].string
        let block = resource["PublicAccessBlockConfiguration"]
        let keys = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"]
        // Where nothing is said, a bucket made since April 2023 has all four.
        bucket.blocksPublicAccess = block.isAbsent || keys.allSatisfy { block[$0].bool == true }
        if case .mapping = resource["ObjectLockConfiguration"] {
            let retention = resource["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
            bucket.objectLock = ObjectLock(
                mode: retention["Mode"].known == "COMPLIANCE" ? .compliance : .governance,
                days: retention["Days"].int ?? retention["Years"].int.map { min($0, 100) * 365 } ?? 1)
        }
        bucket.lifecycleRules = resource["LifecycleConfiguration"]["Rules"].items
            .filter { $0["Status"].known != "Disabled" }.map { Self.lifecycle($0) }
        let logging = resource["LoggingConfiguration"]
        if case .mapping = logging {
            bucket.accessLogging = LogDestination(
                bucket: self.bucket(logging["DestinationBucketName"])
                    ?? Self.reference(logging["DestinationBucketName"]) ?? bucket.reference,
                prefix: logging["LogFilePrefix"].string ?? "")
        }
        bucket.deletionPolicy = resource.deletionPolicy
        bucket.accessControl = resource["AccessControl"].known
        bucket.ignoresPublicACLs = block["IgnorePublicAcls"].bool ?? false
        bucket.policy = Self.policy(resource["PolicyDocument"])
        if resource["AccessControl"].known == "LogDeliveryWrite" {
            unresolved(bucket.name, "LoggingConfiguration", "a bucket that logs are delivered to")
        }
        topology.buckets.append(bucket)
    }

    private static func lifecycle(_ value: ImportedValue) -> LifecycleRule {
        let transitions = value["Transitions"].items + value["Transition"].items
        return LifecycleRule(
            id: value["Id"].string ?? "", prefix: value["Prefix"].string ?? value["Filter"]["Prefix"].string ?? "",
            transitions: transitions.map {
                LifecycleRule.Transition(
                    storageClass: $0["StorageClass"].string ?? "", days: $0["TransitionInDays"].int ?? 0)
            }, expirationDays: value["ExpirationInDays"].isAbsent ? nil : value["ExpirationInDays"].int ?? 1,
            noncurrentExpirationDays: value["NoncurrentVersionExpiration"]["NoncurrentDays"].int
                ?? value["NoncurrentVersionExpirationInDays"].int,
            abortIncompleteUploadDays: value["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"].int)
    }

    private mutating func alarm(_ resource: ImportedResource) -> Bool {
        guard let namespace = resource["Namespace"].string, let metric = resource["MetricName"].string,
            let threshold = resource["Threshold"].known.flatMap(Double.init)
        else { return false }
        topology.alarms.append(
            Alarm(
                name: resource.name, description: resource["AlarmDescription"].string ?? "", namespace: namespace,
                metric: metric,
                dimensions: resource["Dimensions"].items.map {
                    Alarm.Dimension(name: $0["Name"].string ?? "", value: $0["Value"].string ?? "")
                }, statistic: resource["Statistic"].string ?? "Average",
                period: Self.seconds(resource["Period"]) ?? .seconds(60),
                evaluationPeriods: resource["EvaluationPeriods"].int ?? 1,
                comparison: resource["ComparisonOperator"].string ?? "", threshold: threshold,
                treatMissingData: resource["TreatMissingData"].string ?? "missing",
                actions: Self.references(resource["AlarmActions"])))
        return true
    }
}
