/// The settings of an instance.
public struct InstanceSettings: Sendable, Hashable {
    /// The image: `ami-…`, or `${Parameter}`; nil where unknown.
    public var image: String?
    /// The type, `t4g.small`; nil where unknown.
    public var instanceType: String?
    /// The role of its instance profile; nil for none.
    public var role: Reference<Role>?
    /// The security groups that say who may reach it.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// True if it gets a public address; nil for what its subnet says.
    public var associatePublicIpAddress: Bool?
    /// True if its metadata answer only to session tokens (IMDSv2).
    public var requiresMetadataTokens = false
    /// Its volumes besides the image's own; with the root volume where it is said.
    public var volumes: [Volume] = []
    /// The SSH key; nil for none.
    public var keyName: String?
    /// True if metrics come every minute.
    public var detailedMonitoring = false
    /// The script that it runs at its first boot; nil for none.
    public var userData: String?

    /// How what runs at the first boot of an instance of the backend begins, up to its arguments.
    static let bootScript = "#!/bin/bash\n/usr/local/bin/footlight-backend-boot"
    /// What tells the stack how that ended.
    static let signal = "/opt/aws/bin/cfn-signal"

    /// Has the backend use a database.
    mutating func connect(to database: String) {
        guard let userData, let range = userData.firstRange(of: InstanceSettings.bootScript) else { return }
        self.userData =
            InstanceSettings.bootScript
            + " --database ${\(database).Endpoint.Address}:${\(database).Endpoint.Port} --region ${AWS::Region}"
            + userData[range.upperBound...]
    }

    /// What runs at the first boot where no stack waits for a signal.
    var userDataWithoutSignal: String? {
        guard let userData, let range = userData.firstRange(of: InstanceSettings.signal) else { return userData }
        let rest = userData[..<range.lowerBound]
        // What does nothing but to signal is for the stack alone.
        return rest.hasPrefix(InstanceSettings.bootScript) ? String(rest) : nil
    }
}
