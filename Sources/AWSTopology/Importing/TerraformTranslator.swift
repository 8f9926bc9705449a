/// Says a plan's resources in CloudFormation's words.
struct TerraformTranslator {
    private(set) var resources: [ImportedResource] = []
    /// Properties that one resource sets on another: `aws_s3_bucket_versioning` on its bucket.
    var patches: [(resource: String, entry: ImportedValue.Entry)] = []
    /// Properties that one resource sets on another that isn't known: any of a type.
    var openPatches: [(type: String, key: String, by: String)] = []
    /// Types that are no AWS resources, and so of no concern here.
    private(set) var foreign: [OtherResource] = []

    init(_ plan: TerraformPlan) {
        for planned in plan.planned {
            guard planned.type.hasPrefix("aws_") else {
                foreign.append(OtherResource(name: planned.address, type: planned.type))
                continue
            }
            let block = PlannedBlock(planned, in: plan)
            guard !patch(block, planned.type) else { continue }
            var resource = ImportedResource(
                name: planned.address, type: planned.type, properties: .mapping([]), line: planned.line)
            if let (type, entries) = translate(block, planned.type) {
                resource.type = type
                resource.properties = Self.mapping(entries)
                if planned.type == "aws_autoscaling_group" { resource.updatePolicy = Self.updatePolicy(block) }
                if planned.type == "aws_db_instance" {
                    resource.deletionPolicy = block.value("skip_final_snapshot").bool == true ? "Delete" : "Snapshot"
                }
            }
            resources.append(resource)
        }
        var index: [String: Int] = [:]
        for (position, resource) in resources.enumerated() { index[resource.name] = position }
        let nameless = resources.indices.filter { resources[$0].properties["BucketName"].isUnknown }
        var done: Set<String> = []
        for (name, entry) in patches {
            guard let position = index[name] else {
                // By a name that one may have whose own isn't known.
                for position in nameless where done.insert("\(entry.key) \(position)").inserted {
                    let open = ImportedValue.Entry(key: entry.key, value: .unknown("whether it is \(name)"))
                    resources[position].properties = Self.adding(open, to: resources[position].properties)
                }
                continue
            }
            resources[position].properties = Self.adding(entry, to: resources[position].properties)
        }
        for (type, key, by) in openPatches where done.insert("\(type) \(key)").inserted {
            for position in resources.indices where resources[position].type == type {
                let entry = ImportedValue.Entry(key: key, value: .list([.unknown("whether \(by) is its")]))
                resources[position].properties = Self.adding(entry, to: resources[position].properties)
            }
        }
    }

    /// CloudFormation's names, and the values there are.
    static func mapping(_ entries: [(String, ImportedValue)]) -> ImportedValue {
        .mapping(entries.filter { !$0.1.isAbsent }.map { ImportedValue.Entry(key: $0.0, value: $0.1) })
    }

    private static func adding(_ entry: ImportedValue.Entry, to properties: ImportedValue) -> ImportedValue {
        var entries = properties.entries
        guard let at = entries.firstIndex(where: { $0.key == entry.key }) else { return .mapping(entries + [entry]) }
        // Lists grow; a word takes the place of an earlier one.
        if case .list(let old) = entries[at].value, case .list(let new) = entry.value {
            entries[at].value = .list(old + new)
        } else if case .unknown = entry.value {
            // What is said already stays.
        } else if case .list(let new) = entry.value, !entry.value.isComplete, new.count == 1 {
            // Nor is it changed by what may be another's.
        } else {
            entries[at].value = entry.value
        }
        return .mapping(entries)
    }

    /// An instance refresh, which is a group's own.
    private static func updatePolicy(_ block: PlannedBlock) -> ImportedValue {
        guard let refresh = block.blocks("instance_refresh").first else {
            return block.hidden("instance_refresh").map { .unknown($0) } ?? .absent
        }
        return mapping([("AutoScalingInstanceRefresh", mapping([("Strategy", refresh.value("strategy"))]))])
    }

    private mutating func patch(_ block: PlannedBlock, _ type: String) -> Bool {
        func set(_ target: ImportedValue, _ key: String, _ value: ImportedValue) {
            guard let name = target.referred, !value.isAbsent else { return }
            if case .unknown = target {
                let targets = [
                    "AccessControl": "AWS::S3::Bucket", "VersioningConfiguration": "AWS::S3::Bucket",
                    "LoggingConfiguration": "AWS::S3::Bucket",
                    "LifecycleConfiguration": "AWS::S3::Bucket", "PublicAccessBlockConfiguration": "AWS::S3::Bucket",
                    "RouteTableIds": "AWS::EC2::VPCEndpoint", "ManagedPolicyArns": "AWS::IAM::Role",
                    "TargetGroupARNs": "AWS::AutoScaling::AutoScalingGroup",
                    "LoadBalancerNames": "AWS::AutoScaling::AutoScalingGroup",
                ]
                if let type = targets[key] { openPatches.append((type, key, block.resource.address)) }
                return
            }
            patches.append((name, ImportedValue.Entry(key: key, value: value)))
        }
        let bucket = block.reference("bucket")
        switch type {
        case "aws_s3_bucket_versioning":
            let status = block.blocks("versioning_configuration").first?.value("status") ?? .absent
            set(bucket, "VersioningConfiguration", Self.mapping([("Status", status)]))
        case "aws_s3_bucket_logging":
            set(
                bucket, "LoggingConfiguration",
                Self.mapping([
                    ("DestinationBucketName", block.reference("target_bucket")),
                    ("LogFilePrefix", block.value("target_prefix")),
                ]))
        case "aws_s3_bucket_lifecycle_configuration":
            set(bucket, "LifecycleConfiguration", Self.mapping([("Rules", Self.lifecycle(block, "rule"))]))
        case "aws_s3_bucket_public_access_block":
            set(
                bucket, "PublicAccessBlockConfiguration",
                Self.mapping([
                    ("BlockPublicAcls", block.value("block_public_acls")),
                    ("BlockPublicPolicy", block.value("block_public_policy")),
                    ("IgnorePublicAcls", block.value("ignore_public_acls")),
                    ("RestrictPublicBuckets", block.value("restrict_public_buckets")),
                ]))
        case "aws_s3_bucket_acl": set(bucket, "AccessControl", Self.accessControl(block.value("acl")))
        case "aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_ownership_controls": return true
        case "aws_vpc_endpoint_route_table_association":
            set(
                block.reference("vpc_endpoint_id"), "RouteTableIds",
                .list([block.reference("route_table_id")]))
        case "aws_autoscaling_attachment":
            let target = block.reference("lb_target_group_arn")
            let classic = block.reference("elb")
            let group = block.reference("autoscaling_group_name")
            if !target.isAbsent { set(group, "TargetGroupARNs", .list([target])) }
            if !classic.isAbsent { set(group, "LoadBalancerNames", .list([classic])) }
        case "aws_iam_role_policy_attachment":
            set(block.reference("role"), "ManagedPolicyArns", .list([block.value("policy_arn")]))
        default: return false
        }
        return true
    }

    /// A canned access list in CloudFormation's words: `public-read` → `PublicRead`.
    static func accessControl(_ value: ImportedValue) -> ImportedValue {
        guard let words = value.known else { return value }
        return .text(words.split(separator: "-").map { String($0).capitalizedFirst }.joined())
    }

    static func lifecycle(_ block: PlannedBlock, _ key: String) -> ImportedValue {
        block.list(key) { rule in
            let expiration = rule.blocks("expiration").first
            return mapping([
                ("Id", rule.value("id")), ("Status", rule.value("status")), ("Prefix", rule.value("prefix")),
                ("ExpirationInDays", expiration?.value("days") ?? .absent),
                (
                    "Transitions",
                    rule.list("transition") {
                        mapping([
                            ("StorageClass", $0.value("storage_class")), ("TransitionInDays", $0.value("days")),
                        ])
                    }
                ),
            ])
        }
    }
}
