extension DatabaseInstance: DescribedByFields {
    static var blank: DatabaseInstance { DatabaseInstance(name: "", engine: "") }
    static var fields: [Field<DatabaseInstance>] {
        [
            Field("engine", \.engine), Field("engineVersion", \.engineVersion),
            Field("instanceClass", \.instanceClass), Field("allocatedStorage", \.allocatedStorage),
            Field("multiAZ", \.multiAZ), Field("availabilityZone", \.zone), Field("subnetGroup", \.subnetGroup),
            Field("securityGroups", \.securityGroups), Field("publiclyAccessible", \.publiclyAccessible),
            Field("storageEncrypted", \.storageEncrypted), Field("backupRetentionDays", \.backupRetentionDays),
            Field("deletionProtection", \.deletionProtection), Field("deletionPolicy", \.deletionPolicy),
            Field("masterUsername", \.masterUsername), Field("masterUserPassword", \.masterUserPassword),
            Field("manageMasterUserPassword", \.manageMasterUserPassword),
            Field("iamAuthentication", \.iamAuthentication), Field("cloudWatchLogsExports", \.cloudWatchLogsExports),
            Field("autoMinorVersionUpgrade", \.autoMinorVersionUpgrade), Field("requiresTLS", \.requiresTLS),
            Field("performanceInsights", \.performanceInsights), Field("monitoringInterval", \.monitoringInterval),
            Field("monitoringRole", \.monitoringRole), Field("replicaOf", \.replicaOf),
            Field("cluster", \.cluster),
        ]
    }
}

extension DatabaseSubnetGroup: DescribedByFields {
    static var blank: DatabaseSubnetGroup { DatabaseSubnetGroup(name: "") }
    static var fields: [Field<DatabaseSubnetGroup>] {
        [Field("description", \.description), Field("subnets", \.subnets)]
    }
}

extension DatabaseCluster: DescribedByFields {
    static var blank: DatabaseCluster { DatabaseCluster(name: "", engine: "") }
    static var fields: [Field<DatabaseCluster>] {
        [
            Field("engine", \.engine), Field("engineVersion", \.engineVersion),
            Field("instanceClass", \.instanceClass), Field("allocatedStorage", \.allocatedStorage),
            Field("bringsInstances", \.bringsInstances), Field("members", \.members),
            Field("subnetGroup", \.subnetGroup), Field("securityGroups", \.securityGroups),
            Field("storageEncrypted", \.storageEncrypted), Field("backupRetentionDays", \.backupRetentionDays),
            Field("deletionProtection", \.deletionProtection), Field("publiclyAccessible", \.publiclyAccessible),
            Field("masterUsername", \.masterUsername), Field("masterUserPassword", \.masterUserPassword),
            Field("manageMasterUserPassword", \.manageMasterUserPassword), Field("deletionPolicy", \.deletionPolicy),
            Field("isCopy", \.isCopy), Field("type", \.otherType),
        ]
    }
}

extension Bucket: DescribedByFields {
    static var blank: Bucket { Bucket(name: "") }
    static var fields: [Field<Bucket>] {
        [
            Field("bucketName", \.bucketName), Field("versioning", \.versioning), Field("encryption", \.encryption),
            Field("blocksPublicAccess", \.blocksPublicAccess), Field("objectLock", \.objectLock),
            Field("lifecycleRules", \.lifecycleRules), Field("accessLogging", \.accessLogging),
            Field("policy", \.policy), Field("deletionPolicy", \.deletionPolicy),
            Field("accessControl", \.accessControl), Field("ignoresPublicACLs", \.ignoresPublicACLs),
        ]
    }
}

extension Role: DescribedByFields {
    static var blank: Role { Role(name: "", assumeRolePolicy: PolicyDocument()) }
    static var fields: [Field<Role>] {
        [
            Field("assumeRolePolicy", \.assumeRolePolicy), Field("managedPolicies", \.managedPolicies),
            Field("policies", \.policies),
        ]
    }
}

extension AccessKey: DescribedByFields {
    static var blank: AccessKey { AccessKey(name: "", user: "") }
    static var fields: [Field<AccessKey>] { [Field("user", \.user)] }
}

extension LogGroup: DescribedByFields {
    static var blank: LogGroup { LogGroup(name: "") }
    static var fields: [Field<LogGroup>] {
        [Field("logGroupName", \.logGroupName), Field("retentionDays", \.retentionDays)]
    }
}

extension Topic: DescribedByFields {
    static var blank: Topic { Topic(name: "") }
    static var fields: [Field<Topic>] { [Field("kmsKey", \.kmsKey)] }
}

extension Alarm: DescribedByFields {
    static var blank: Alarm { Alarm(name: "", namespace: "", metric: "", threshold: 0) }
    static var fields: [Field<Alarm>] {
        [
            Field("description", \.description), Field("namespace", \.namespace), Field("metric", \.metric),
            Field("dimensions", \.dimensions), Field("statistic", \.statistic), Field("period", \.period),
            Field("evaluationPeriods", \.evaluationPeriods), Field("comparison", \.comparison),
            Field("threshold", \.threshold), Field("treatMissingData", \.treatMissingData),
            Field("actions", \.actions),
        ]
    }
}

extension Placement: DescribedByFields {
    static var blank: Placement { Placement(name: "", type: "", property: "") }
    static var fields: [Field<Placement>] {
        [
            Field("type", \.type), Field("property", \.property), Field("subnets", \.subnets),
            Field("availabilityZone", \.zone),
        ]
    }
}
