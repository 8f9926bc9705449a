extension DatabaseInstance: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        engineVersion = try fields.text("engineVersion") ?? engineVersion
        instanceClass = try fields.text("instanceClass") ?? instanceClass
        allocatedStorage = try fields.int("allocatedStorage", in: 20...65536) ?? allocatedStorage
        multiAZ = try fields.bool("multiAZ") ?? multiAZ
        publiclyAccessible = try fields.bool("publiclyAccessible") ?? publiclyAccessible
        storageEncrypted = try fields.bool("storageEncrypted") ?? storageEncrypted
        backupRetentionDays = try fields.int("backupRetentionDays", in: 0...35) ?? backupRetentionDays
        deletionProtection = try fields.bool("deletionProtection") ?? deletionProtection
    }
}

extension DatabaseSubnetGroup: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        subnets = try fields.references("subnets") ?? subnets
    }
}

extension Bucket: FieldReadable {
    mutating func read(_ fields: inout FieldReader) throws(TopologyError) {
        bucketName = try fields.text("bucketName") ?? bucketName
        versioning = try fields.bool("versioning") ?? versioning
        if let days = try fields.int("expireAfterDays", in: 1...3653) {
            lifecycleRules.append(LifecycleRule(id: "expire", expirationDays: days))
        }
        if let days = try fields.int("glacierAfterDays", in: 1...3653) {
            let transition = LifecycleRule.Transition(storageClass: "GLACIER", days: days)
            lifecycleRules.append(LifecycleRule(id: "archive", transitions: [transition]))
        }
        if let days = try fields.int("objectLockDays", in: 1...3653) {
            objectLock = ObjectLock(mode: .compliance, days: days)
        }
        if let target = try fields.text("accessLogs") {
            accessLogging = target == "none" ? nil : LogDestination(bucket: Reference(target), prefix: "\(name)/")
        }
        if try fields.text("policy") == "none" { policy = nil }
    }
}
