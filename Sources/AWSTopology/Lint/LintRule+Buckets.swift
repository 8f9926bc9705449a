extension LintRule {
    static let buckets: [LintRule] = [
        bucketPolicyMissesOr, bucketPolicyWithoutIfExists, bucketPolicyLocksOutOwner, bucketPublicPolicy,
        bucketPublicACL,
        bucketPublicAccessNotBlocked, bucketWithoutTLSPolicy, bucketWithoutAccessLogs, accessLogsIntoSameBucket,
        accessLogPrefixWithoutSlash, logBucketWithoutLifecycle,
    ]

    /// Buckets whose policy is there and known.
    private static func policies(_ context: LintContext) -> [(bucket: Bucket, statements: [PolicyStatement])] {
        context.topology.buckets.compactMap { bucket in
            guard let policy = bucket.policy, context.knows(bucket.name, "PolicyDocument") else { return nil }
            return (bucket, policy.statements.filter(\.isKnown))
        }
    }

    private static func hit(_ bucket: Bucket, _ message: String) -> Hit {
        Hit(bucket.name, message, place: "\(bucket.name).policy")
    }

    static let bucketPolicyMissesOr = LintRule(
        "bucket-policy-misses-or", .error,
        breaks: "T4; IAM User Guide, \"Evaluation logic for policies with multiple context keys or values\"",
        why: "a request through the VPC has no public address and one from outside has no VPC, so nobody passes both",
        remedy: "one Deny with NotIpAddressIfExists on aws:SourceIp and StringNotEqualsIfExists on aws:SourceVpc"
    ) { context in
        policies(context).compactMap { bucket, statements in
            let denies = statements.filter { $0.effect == .deny && $0.isForEveryone }
            let byAddress = denies.filter { $0.deniesOtherAddresses && !$0.mentionsVPC }
            let byVPC = denies.filter { $0.deniesOtherVPCs && !$0.mentionsAddress }
            if byAddress.contains(where: { one in byVPC.contains { $0.sharesActions(with: one) } }) {
                return hit(
                    bucket,
                    "has a policy that denies whoever isn't in the networks, and in another statement whoever isn't in "
                        + "the VPC: that is everybody")
            }
            let impossible = statements.contains { statement in
                statement.effect == .allow && statement.requiresAddress && statement.requiresVPC
            }
            return impossible
                ? hit(bucket, "has a policy that allows only what comes from the VPC and from the networks at once")
                : nil
        }
    }

    static let bucketPolicyWithoutIfExists = LintRule(
        "bucket-policy-without-if-exists", .info,
        breaks: "T4",
        why: "the conditions of a statement are ANDed; only with IfExists does it say by itself that a missing address "
            + "or VPC is meant, and stays right when somebody adds a condition",
        remedy: "NotIpAddressIfExists on aws:SourceIp and StringNotEqualsIfExists on aws:SourceVpc"
    ) { context in
        policies(context).compactMap { bucket, statements in
            let isPlain = statements.contains { statement in
                statement.effect == .deny && statement.deniesOtherAddresses && statement.deniesOtherVPCs
                    && statement.conditions.contains {
                        ($0.isAboutAddress || $0.isAboutVPC) && !$0.conditionOperator.hasSuffix("IfExists")
                    }
            }
            return isPlain
                ? hit(bucket, "has a policy whose \"VPC or networks\" is made without the IfExists operators") : nil
        }
    }

    static let bucketPolicyLocksOutOwner = LintRule(
        "bucket-policy-locks-out-owner", .error,
        breaks: "T4; Amazon S3 User Guide, \"Bucket policy examples using condition keys\"",
        why: "from any other place nobody but the account's root user can read, change or remove the policy again",
        remedy: "deny the objects only (s3:GetObject, s3:PutObject, …), or except a role by aws:PrincipalArn"
    ) { context in
        policies(context).compactMap { bucket, statements in
            let isLocked = statements.contains { statement in
                statement.effect == .deny && statement.isForEveryone && statement.coversPolicyActions
                    && statement.resources.contains { $0 == "*" || !$0.hasSuffix("*") }
                    && !statement.exceptsSomebody
                    && (statement.conditions.isEmpty || statement.deniesOtherAddresses || statement.deniesOtherVPCs)
            }
            return isLocked ? hit(bucket, "has a policy that denies its owner the bucket and the policy itself") : nil
        }
    }

    static let bucketPublicPolicy = LintRule(
        "bucket-public-policy", .error,
        breaks: "T4; AWS Security Hub, S3.2",
        why: "whoever knows the bucket's name has what is in it",
        remedy: "name the principals, or let CloudFront read it by origin access control"
    ) { context in
        policies(context).compactMap { bucket, statements in
            let isPublic = statements.contains {
                $0.effect == .allow && $0.isForEveryone && $0.notPrincipals.isEmpty && $0.isOpenToAnybody
            }
            return isPublic ? hit(bucket, "is open to everyone by its policy") : nil
        }
    }

    static let bucketPublicACL = LintRule(
        "bucket-public-acl", .error,
        breaks: "T4; AWS Security Hub, S3.2, S3.3",
        why: "the access list lets everyone list the bucket, and with PublicReadWrite put into it and delete from it",
        remedy: "no AccessControl, and all four of PublicAccessBlockConfiguration true"
    ) { context in
        context.topology.buckets.compactMap { bucket in
            guard let list = bucket.accessControl, !bucket.ignoresPublicACLs,
                ["PublicRead", "PublicReadWrite"].contains(list),
                context.knows(bucket.name, "PublicAccessBlockConfiguration.IgnorePublicAcls")
            else { return nil }
            return Hit(bucket.name, "is open to everyone by its access list, \(list)")
        }
    }

    static let bucketPublicAccessNotBlocked = LintRule(
        "bucket-public-access-not-blocked", .warning,
        breaks: "T4; AWS Security Hub, S3.8",
        why: "one policy or access list that says too much lays the objects open",
        remedy: "all four of PublicAccessBlockConfiguration true"
    ) { context in
        context.topology.buckets.filter {
            !$0.blocksPublicAccess && context.knows($0.name, "PublicAccessBlockConfiguration")
        }.map { Hit($0.name, "doesn't block public access") }
    }

    static let bucketWithoutTLSPolicy = LintRule(
        "bucket-without-tls-policy", .info,
        breaks: "T5; AWS Security Hub, S3.5",
        why: "S3 answers plain HTTP too unless the policy denies it",
        remedy: "a Deny for everyone where aws:SecureTransport is false"
    ) { context in
        context.topology.buckets.filter { bucket in
            guard context.knows(bucket.name, "PolicyDocument"), context.isClosed(bucket.name, "PolicyDocument"),
                bucket.policy?.saysWhatItDenies ?? true
            else { return false }
            return !(bucket.policy?.statements ?? []).contains(where: \.deniesPlainRequests)
        }.map { Hit($0.name, "takes requests without TLS") }
    }

    static let bucketWithoutAccessLogs = LintRule(
        "bucket-without-access-logs", .warning,
        breaks: "T4; AWS Security Hub, S3.9",
        why: "who read, wrote or deleted what is nowhere written",
        remedy: "LoggingConfiguration to a separate bucket, with a prefix that ends in \"/\""
    ) { context in
        context.topology.buckets.filter {
            $0.accessLogging == nil && !context.logBuckets.contains($0.name) && !context.logsGoAnywhere
                && context.knows($0.name, "LoggingConfiguration")
        }.map { Hit($0.name, "keeps no access logs") }
    }

    static let accessLogsIntoSameBucket = LintRule(
        "access-logs-into-same-bucket", .error,
        breaks: "T4; Amazon S3 User Guide, \"Logging requests with server access logging\"",
        why: "every log that is written is a request that is logged, so the bucket fills by itself without end",
        remedy: "a separate bucket for access logs"
    ) { context in
        context.topology.buckets.filter {
            $0.accessLogging?.bucket == $0.reference
                && context.knows($0.name, "LoggingConfiguration.DestinationBucketName")
        }.map { Hit($0.name, "writes its access logs into itself") }
    }

    static let accessLogPrefixWithoutSlash = LintRule(
        "access-log-prefix-without-slash", .warning,
        breaks: "T4; Amazon S3 User Guide, \"Enabling Amazon S3 server access logging\"",
        why: "the date follows the prefix directly, so that logs can't be listed, or given a lifecycle, by folder",
        remedy: "end the prefix in \"/\""
    ) { context in
        context.topology.buckets.compactMap { bucket in
            guard let prefix = bucket.accessLogging?.prefix, let last = prefix.last, last != "/", last != "}" else {
                return nil
            }
            return Hit(bucket.name, "writes access logs under \"\(prefix)\", which doesn't end in \"/\"")
        }
    }

    static let logBucketWithoutLifecycle = LintRule(
        "log-bucket-without-lifecycle", .warning,
        breaks: "T4; AWS Security Hub, S3.13",
        why: "logs pile up for ever, and are paid for as long",
        remedy: "a lifecycle rule that moves or expires them"
    ) { context in
        context.topology.buckets.filter { bucket in
            guard context.logBuckets.contains(bucket.name), context.knows(bucket.name, "LifecycleConfiguration")
            else { return false }
            return !bucket.lifecycleRules.contains { $0.expirationDays != nil || !$0.transitions.isEmpty }
        }.map { Hit($0.name, "receives access logs and keeps them for ever") }
    }
}
