import YAML

extension TerraformTranslator {
    func identity(_ block: PlannedBlock, _ type: String) -> Translated? {
        switch type {
        case "aws_iam_access_key": return ("AWS::IAM::AccessKey", [("UserName", block.reference("user"))])
        case "aws_iam_role":
            return (
                "AWS::IAM::Role",
                [
                    ("AssumeRolePolicyDocument", block.document("assume_role_policy")),
                    ("ManagedPolicyArns", block.value("managed_policy_arns")),
                    (
                        "Policies",
                        block.list("inline_policy") {
                            $0.value("policy").isAbsent
                                ? .absent
                                : Self.mapping([
                                    ("PolicyName", $0.value("name")), ("PolicyDocument", $0.document("policy")),
                                ])
                        }
                    ),
                ]
            )
        case "aws_iam_role_policy":
            return (
                "AWS::IAM::RolePolicy",
                [("RoleName", block.reference("role")), ("PolicyDocument", block.document("policy"))]
            )
        case "aws_iam_instance_profile":
            return ("AWS::IAM::InstanceProfile", [("Roles", .list([block.reference("role")]))])
        case "aws_iam_policy":
            return ("AWS::IAM::ManagedPolicy", [("PolicyDocument", block.document("policy"))])
        default: return nil
        }
    }

    func data(_ block: PlannedBlock, _ type: String) -> Translated? {
        switch type {
        case "aws_db_instance": return database(block)
        case "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster": return cluster(block, type)
        case "aws_rds_cluster_instance", "aws_docdb_cluster_instance", "aws_neptune_cluster_instance":
            return (
                "AWS::RDS::DBInstance",
                same(block, "engine", "publicly_accessible", "auto_minor_version_upgrade") + [
                    ("DBInstanceClass", block.value("instance_class")),
                    ("DBClusterIdentifier", block.reference("cluster_identifier")),
                ]
            )
        case "aws_db_subnet_group":
            return ("AWS::RDS::DBSubnetGroup", [("SubnetIds", block.references("subnet_ids"))])
        case "aws_s3_bucket": return ("AWS::S3::Bucket", bucket(block))
        case "aws_s3_bucket_policy":
            return (
                "AWS::S3::BucketPolicy",
                [("Bucket", block.reference("bucket")), ("PolicyDocument", block.document("policy"))]
            )
        case "aws_cloudwatch_log_group":
            let days = block.value("retention_in_days")
            return (
                "AWS::Logs::LogGroup",
                [
                    ("LogGroupName", block.value("name")), ("LogGroupClass", block.value("log_group_class")),
                    ("RetentionInDays", days.int == 0 ? .absent : days),
                ]
            )
        default: return nil
        }
    }

    private func database(_ block: PlannedBlock) -> Translated {
        var properties = same(
            block, "engine", "engine_version", "allocated_storage", "availability_zone", "publicly_accessible",
            "storage_encrypted", "deletion_protection", "manage_master_user_password",
            "auto_minor_version_upgrade", "monitoring_interval")
        properties += [
            ("DBInstanceClass", block.value("instance_class")), ("MultiAZ", block.value("multi_az")),
            ("DBSubnetGroupName", block.reference("db_subnet_group_name")),
            ("VPCSecurityGroups", block.references("vpc_security_group_ids")),
            // Terraform's own default is none, CloudFormation's is a day.
            (
                "BackupRetentionPeriod",
                block.value("backup_retention_period").isAbsent
                    ? .text("0") : block.value("backup_retention_period")
            ),
            ("MasterUsername", block.value("username")), ("MasterUserPassword", password(block)),
            ("EnableCloudwatchLogsExports", block.value("enabled_cloudwatch_logs_exports")),
            ("SourceDBInstanceIdentifier", block.reference("replicate_source_db")),
            ("DBSnapshotIdentifier", block.value("snapshot_identifier")),
        ]
        return ("AWS::RDS::DBInstance", properties)
    }

    private func cluster(_ block: PlannedBlock, _ type: String) -> Translated {
        (
            type == "aws_rds_cluster" ? "AWS::RDS::DBCluster" : "AWS::DocDB::DBCluster",
            same(
                block, "engine", "engine_mode", "storage_encrypted", "deletion_protection", "snapshot_identifier",
                "global_cluster_identifier", "replication_source_identifier", "engine_version", "allocated_storage",
                "master_username") + [
                    ("BackupRetentionPeriod", block.value("backup_retention_period")),
                    ("VpcSecurityGroupIds", block.references("vpc_security_group_ids")),
                    ("DBSubnetGroupName", block.reference("db_subnet_group_name")),
                    ("DBClusterInstanceClass", block.value("db_cluster_instance_class")),
                    ("MasterUserPassword", password(block, "master_password")),
                ]
        )
    }

    /// A plan writes out a password whatever it comes from; it is the file's own only where the configuration says it.
    private func password(_ block: PlannedBlock, _ key: String = "password") -> ImportedValue {
        let isConstant = block.expressions?[key]?["constant_value"] != nil
        return isConstant ? block.value(key) : block.value(key).isAbsent ? .absent : .unknown(key)
    }

    private func bucket(_ block: PlannedBlock) -> [(String, ImportedValue)] {
        var properties = [
            ("BucketName", block.value("bucket")), ("AccessControl", Self.accessControl(block.value("acl"))),
        ]
        if let logging = block.blocks("logging").first {
            properties.append(
                (
                    "LoggingConfiguration",
                    Self.mapping([
                        ("DestinationBucketName", logging.reference("target_bucket")),
                        ("LogFilePrefix", logging.value("target_prefix")),
                    ])
                ))
        }
        let rules = Self.lifecycle(block, "lifecycle_rule")
        if rules != .list([]) { properties.append(("LifecycleConfiguration", Self.mapping([("Rules", rules)]))) }
        let policy = block.document("policy")
        if !policy.isAbsent { properties.append(("PolicyDocument", policy)) }
        return properties
    }
}
