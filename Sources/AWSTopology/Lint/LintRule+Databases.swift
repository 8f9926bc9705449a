extension LintRule {
    static let databases: [LintRule] = [
        databaseSingleZone, databasePublic, databaseUnencrypted, databaseWithoutBackups,
        databaseWithoutDeletionProtection, databaseDeletedWithStack, databaseWithoutLogs,
    ]

    private static func find(
        _ context: LintContext, knowing properties: String..., where isFaulty: (DatabaseInstance) -> Bool
    ) -> [DatabaseInstance] {
        context.topology.databaseInstances.filter { context.knows($0.name, properties) && isFaulty($0) }
    }

    static let databaseSingleZone = LintRule(
        "database-single-zone", .error,
        breaks: "T8; AWS Security Hub, RDS.5",
        why: "the database is gone for as long as its zone is, and a restore elsewhere loses the newest data",
        remedy: "MultiAZ: true, with a subnet group over three zones"
    ) { context in
        find(context, knowing: "MultiAZ") { !$0.multiAZ && $0.replicaOf == nil }
            .map { Hit($0.name, "has no standby in another zone") }
    }

    static let databasePublic = LintRule(
        "database-public", .error,
        breaks: "T3; AWS Security Hub, RDS.2",
        why: "whoever has or guesses the password reaches the data from anywhere",
        remedy: "PubliclyAccessible: false"
    ) { context in
        find(context, knowing: "PubliclyAccessible") { $0.publiclyAccessible }
            .map { Hit($0.name, "has a public address") }
            + context.topology.databaseClusters.filter {
                $0.publiclyAccessible && context.knows($0.name, "PubliclyAccessible")
            }.map { Hit($0.name, "has a public address") }
    }

    static let databaseUnencrypted = LintRule(
        "database-unencrypted", .error,
        breaks: "AWS Security Hub, RDS.3, RDS.27",
        why:
            "disks, snapshots and replicas hold the data in the clear, and encryption can't be turned on later in place",
        remedy: "StorageEncrypted: true"
    ) { context in
        find(context, knowing: "StorageEncrypted") { !$0.storageEncrypted && $0.replicaOf == nil }
            .map { Hit($0.name, "is not encrypted at rest") }
            + context.topology.databaseClusters.filter { cluster in
                // Aurora encrypts what is made since February 2026, whatever is said of it.
                let isEncrypted = cluster.storageEncrypted ?? cluster.engine.hasPrefix("aurora")
                return !isEncrypted && !cluster.isCopy && context.knows(cluster.name, ["StorageEncrypted", "Engine"])
            }.map { Hit($0.name, "is not encrypted at rest") }
    }

    static let databaseWithoutBackups = LintRule(
        "database-without-backups", .error,
        breaks: "B2; AWS Security Hub, RDS.11",
        why: "what is deleted or overwritten by mistake can't be brought back",
        remedy: "BackupRetentionPeriod of 7 days or more"
    ) { context in
        find(context, knowing: "BackupRetentionPeriod") { $0.backupRetentionDays == 0 && $0.replicaOf == nil }
            .map { Hit($0.name, "keeps no backups") }
    }

    static let databaseWithoutDeletionProtection = LintRule(
        "database-without-deletion-protection", .warning,
        breaks: "AWS Security Hub, RDS.7, RDS.8",
        why: "a slip in a stack or in the console deletes the data",
        remedy: "DeletionProtection: true"
    ) { context in
        find(context, knowing: "DeletionProtection") { !$0.deletionProtection && $0.replicaOf == nil }
            .map { Hit($0.name, "can be deleted by mistake") }
            + context.topology.databaseClusters.filter {
                !$0.deletionProtection && context.knows($0.name, "DeletionProtection")
            }.map { Hit($0.name, "can be deleted by mistake") }
    }

    static let databaseDeletedWithStack = LintRule(
        "database-deleted-with-stack", .warning,
        breaks: "AWS CloudFormation User Guide, \"DeletionPolicy attribute\"",
        why: "deleting the stack deletes the data without a last snapshot",
        remedy: "DeletionPolicy: Snapshot"
    ) { context in
        find(context, knowing: "DeletionPolicy") { $0.deletionPolicy == "Delete" && $0.replicaOf == nil }
            .map { Hit($0.name, "goes with its stack, without a snapshot") }
            + context.topology.databaseClusters.filter {
                $0.deletionPolicy == "Delete" && context.knows($0.name, "DeletionPolicy")
            }.map { Hit($0.name, "goes with its stack, without a snapshot") }
    }

    static let databaseWithoutLogs = LintRule(
        "database-without-logs", .info,
        breaks: "F5; AWS Security Hub, RDS.9",
        why: "the database's logs stay on its own disk, for three days, and are lost with it",
        remedy: "EnableCloudwatchLogsExports: [postgresql, upgrade], or the like of the engine"
    ) { context in
        find(context, knowing: "EnableCloudwatchLogsExports") {
            $0.cloudWatchLogsExports.isEmpty && $0.replicaOf == nil
        }.map { Hit($0.name, "ships no logs") }
    }
}
