extension LintRule {
    static let identity: [LintRule] = [
        storedAccessKey, secretInFile, roleAllowsEverything, securityGroupOpen, volumeUnencrypted,
    ]

    static let storedAccessKey = LintRule(
        "stored-access-key", .error,
        breaks: "T5; AWS Well-Architected, SEC02-BP02",
        why: "a stored key works for whoever finds it, from anywhere, until somebody notices",
        remedy: "a role for the instance or the service; roles anywhere, or OpenID Connect, for what is outside of AWS"
    ) { context in
        context.topology.accessKeys.map { Hit($0.name, "is a stored key of \($0.user)") }
    }

    static let secretInFile = LintRule(
        "secret-in-file", .error,
        breaks: "T5; AWS Security Hub, SecretsManager",
        why: "whoever reads the file, its history or the stack has it",
        remedy: "ManageMasterUserPassword: true, a dynamic reference ({{resolve:secretsmanager:…}}), or a role"
    ) { context in
        var hits: [Hit] = []
        for database in context.topology.databaseInstances where context.knows(database.name, "MasterUserPassword") {
            guard let password = database.masterUserPassword, !password.isEmpty, !password.contains("{{resolve:"),
                !password.contains("${")
            else { continue }
            hits.append(Hit(database.name, "has its master password in the file"))
        }
        for cluster in context.topology.databaseClusters where context.knows(cluster.name, "MasterUserPassword") {
            guard let password = cluster.masterUserPassword, !password.isEmpty, !password.contains("{{resolve:"),
                !password.contains("${")
            else { continue }
            hits.append(Hit(cluster.name, "has its master password in the file"))
        }
        let data =
            context.topology.launchTemplates.map { ($0.name, $0.settings.userData) }
            + context.topology.instances.map { ($0.name, $0.settings.userData) }
        for (name, text) in data where text.map(holdsAccessKey) ?? false {
            hits.append(Hit(name, "has an access key in its user data"))
        }
        return hits
    }

    /// Whether a text holds what looks like the id of an access key: AKIA and sixteen capital letters and digits.
    static func holdsAccessKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let mark = Array("AKIA".utf8)
        var run = 0
        for (index, byte) in bytes.enumerated() {
            run = (48...57).contains(byte) || (65...90).contains(byte) ? run + 1 : 0
            guard run >= 20, bytes[(index - 19)...(index - 16)].elementsEqual(mark) else { continue }
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if run == 20, !(48...57).contains(next), !(65...90).contains(next) { return true }
        }
        return false
    }

    static let roleAllowsEverything = LintRule(
        "role-allows-everything", .warning,
        breaks: "T5; AWS Security Hub, IAM.1",
        why: "whoever takes one instance over has the whole account",
        remedy: "name the actions and resources that are needed"
    ) { context in
        context.topology.roles.filter { role in
            role.managedPolicies.contains { $0.hasSuffix(":policy/AdministratorAccess") }
                || role.policies.contains { $0.document.statements.contains(where: \.allowsEverything) }
        }.map { Hit($0.name, "may do everything to everything") }
    }

    /// Ports of AWS Security Hub's EC2.19, and those of databases and consoles that it leaves out.
    ///
    /// - Source: AWS Security Hub User Guide, "Amazon EC2 controls", EC2.19, as of November 2026.
    private static let delicatePorts =
        [
            22, 3389, 20, 21, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 4333, 5000, 5432, 5500, 5601, 8080,
            8088, 8888, 9200, 9300,
        ] + [1521, 5985, 6379, 11211, 27017]

    static let securityGroupOpen = LintRule(
        "security-group-open", .warning,
        breaks: "T3; AWS Security Hub, EC2.13, EC2.14, EC2.19",
        why: "anybody can try passwords and holes there, and all day long they do",
        remedy: "Systems Manager in place of SSH; for others the addresses or security groups that need it"
    ) { context in
        context.topology.securityGroups.compactMap { group in
            for rule in group.ingress {
                guard [.network("0.0.0.0/0"), .network("::/0")].contains(rule.peer),
                    ["tcp", "6", "-1"].contains(rule.ipProtocol)
                else { continue }
                if rule.ipProtocol == "-1" { return Hit(group.name, "lets everyone in on every port") }
                guard let ports = rule.ports, let port = delicatePorts.first(where: ports.contains) else { continue }
                return Hit(group.name, "lets everyone in on port \(port)")
            }
            return nil
        }
    }

    static let volumeUnencrypted = LintRule(
        "volume-unencrypted", .warning,
        breaks: "AWS Security Hub, EC2.3",
        why: "a copy of the disk, or of a snapshot of it, holds everything in the clear",
        remedy: "Encrypted: true"
    ) { context in
        let all =
            context.topology.launchTemplates.map { ($0.name, $0.settings) }
            + context.topology.instances.map { ($0.name, $0.settings) }
        return all.compactMap { name, settings in
            guard let volume = settings.volumes.first(where: { $0.encrypted == false }) else { return nil }
            return Hit(name, "has the volume \(volume.device) not encrypted")
        }
    }
}
