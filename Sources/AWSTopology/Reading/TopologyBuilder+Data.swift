extension TopologyBuilder {
    mutating func database(_ name: String, _ fields: FieldReader) throws(TopologyError) {
        var fields = fields
        let subnets = try subnets(tier: try fields.text("tier"), fields)
        let engine = try fields.text("engine") ?? "postgres"
        try DatabaseEngine.check(engine, at: fields.place, field: fields.field("engine"))
        if try fields.bool("multiAZCluster") ?? false || engine.hasPrefix("aurora") {
            return try cluster(name, engine, subnets, &fields)
        }
        var database = DatabaseInstance(
            name: name, engine: engine, multiAZ: true,
            subnetGroup: Reference("\(name)SubnetGroup"), securityGroups: [Reference("\(name)SecurityGroup")],
            storageEncrypted: true, backupRetentionDays: 14, deletionProtection: true, deletionPolicy: "Snapshot",
            masterUsername: "footlight", manageMasterUserPassword: true, iamAuthentication: true,
            cloudWatchLogsExports: DatabaseEngine.logs(of: engine), requiresTLS: true, performanceInsights: true,
            monitoringInterval: .seconds(60), monitoringRole: Reference("\(name)MonitoringRole"))
        let port = try fields.int("port", in: 1...65535) ?? DatabaseEngine.port(of: engine)
        let clients = try fields.list("clients") ?? topology.autoScalingGroups.map(\.name)
        try database.read(&fields)
        try fields.finish()
        for client in clients {
            guard topology[Reference<AutoScalingGroup>(client)] != nil else {
                throw unknown(client, in: fields, "clients")
            }
            allow(client, toUse: name)
        }
        surroundings(of: name, port: port, clients: clients, subnets: subnets, fields)
        add(
            Role(
                name: "\(name)MonitoringRole", assumeRolePolicy: .assumed(by: "monitoring.rds.amazonaws.com"),
                managedPolicies: [
                    "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
                ]),
            at: fields)
        add(database, at: fields)
    }

    /// A database's security group and subnet group.
    mutating func surroundings(
        of name: String, port: Int, clients: [String], subnets: [Reference<Subnet>], _ fields: FieldReader
    ) {
        add(
            SecurityGroup(
                name: "\(name)SecurityGroup", vpc: vpc, description: "Database \(name)",
                ingress: clients.map {
                    SecurityGroupRule(
                        ports: port...port, peer: .securityGroup(Reference("\($0)SecurityGroup")), description: $0)
                }, egress: []),
            at: fields)
        add(
            DatabaseSubnetGroup(name: "\(name)SubnetGroup", description: "Database \(name)", subnets: subnets),
            at: fields)
    }

    /// Lets a group's role connect by token, as who may add records and read them: no password on any instance.
    private mutating func allow(_ group: String, toUse database: String) {
        let connect = PolicyStatement(
            sid: "Connect\(database)", actions: ["rds-db:connect"],
            resources: [
                "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${\(database).DbiResourceId}/footlight_ingest"
            ])
        let role = Reference<Role>("\(group)Role")
        topology[role]?.policies.append(
            Role.Policy(name: "connect-\(database)", document: PolicyDocument(statements: [connect])))
        topology[Reference<LaunchTemplate>("\(group)LaunchTemplate")]?.settings.connect(to: database)
    }

    mutating func buckets(_ outer: inout FieldReader) throws(TopologyError) {
        trustedNetworks = try outer.list("trustedNetworks") ?? []
        for text in trustedNetworks {
            do { _ = try IPv4Network(text) } catch {
                throw outer.fault(
                    error.code, "trustedNetworks", found: error.found, allowed: error.allowed, remedy: error.remedy)
            }
        }
        for (name, each) in try outer.named("buckets") {
            var fields = each
            var bucket = Bucket(
                name: name, versioning: true, encryption: "AES256", blocksPublicAccess: true, deletionPolicy: "Retain",
                ignoresPublicACLs: true)
            bucket.lifecycleRules = [
                LifecycleRule(id: "tidy", noncurrentExpirationDays: 30, abortIncompleteUploadDays: 7)
            ]
            try bucket.read(&fields)
            let receivesLogs = try fields.bool("receivesAccessLogs") ?? false
            try fields.finish()
            bucket.policy = policy(of: name, receivesLogs: receivesLogs)
            add(bucket, at: fields)
        }
    }

    /// TLS only, and only from the VPC or the trusted networks.
    ///
    /// The conditions of one statement are ANDed, and with IfExists a missing key counts as a match: a request is denied
    /// when it comes neither from the VPC nor from a trusted network (T4). Only the objects are denied, not the bucket's
    /// own settings, so that its owner can't lock himself out.
    private func policy(of bucket: String, receivesLogs: Bool) -> PolicyDocument {
        let all = ["${\(bucket).Arn}", "${\(bucket).Arn}/*"]
        var conditions = [
            PolicyCondition(
                conditionOperator: "StringNotEqualsIfExists", key: "aws:SourceVpc", values: ["${\(vpc)}"]),
            PolicyCondition(conditionOperator: "BoolIfExists", key: "aws:PrincipalIsAWSService", values: ["false"]),
        ]
        if !trustedNetworks.isEmpty {
            conditions.insert(
                PolicyCondition(
                    conditionOperator: "NotIpAddressIfExists", key: "aws:SourceIp", values: trustedNetworks), at: 0)
        }
        var statements = [
            PolicyStatement(
                sid: "TLSOnly", effect: .deny, principals: [.everyone], actions: ["s3:*"], resources: all,
                conditions: [
                    PolicyCondition(conditionOperator: "Bool", key: "aws:SecureTransport", values: ["false"])
                ]),
            PolicyStatement(
                sid: "VPCOrTrustedNetworksOnly", effect: .deny, principals: [.everyone],
                actions: ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*", "s3:ListBucket*"], resources: all,
                conditions: conditions),
        ]
        if receivesLogs { statements += logDelivery(to: bucket) }
        return PolicyDocument(statements: statements)
    }

    /// Lets S3 write server access logs, and load balancers theirs, which lie under the account's number.
    ///
    /// - Source: Amazon S3 User Guide, "Enabling Amazon S3 server access logging"; Elastic Load Balancing, User Guide for
    ///   Application Load Balancers, "Enable access logs".
    private func logDelivery(to bucket: String) -> [PolicyStatement] {
        [
            PolicyStatement(
                sid: "ServerAccessLogs", principals: [.service("logging.s3.amazonaws.com")], actions: ["s3:PutObject"],
                resources: ["${\(bucket).Arn}/*"],
                conditions: [
                    PolicyCondition(
                        conditionOperator: "StringEquals", key: "aws:SourceAccount", values: ["${AWS::AccountId}"])
                ]),
            PolicyStatement(
                sid: "LoadBalancerLogs", principals: [.service("logdelivery.elasticloadbalancing.amazonaws.com")],
                actions: ["s3:PutObject"], resources: ["${\(bucket).Arn}/*/AWSLogs/${AWS::AccountId}/*"]),
        ]
    }
}
