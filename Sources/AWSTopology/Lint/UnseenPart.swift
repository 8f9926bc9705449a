/// Something that lint didn't look at, so that silence about it is no approval.
public struct UnseenPart: Sendable, Hashable {
    /// The reason why it wasn't looked at; the raw values are the words of the JSON output.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Resources of a type that no rule is about.
        case type
        /// A macro, a nested stack, a custom resource: what it makes isn't in the file.
        case opening
        /// A property that a rule asked for, and that the file doesn't say.
        case property
    }

    /// The reason.
    public var kind: Kind
    /// The thing itself: a type, the opening in words, or resource and property.
    public var what: String
    /// More of it: how many resources, which expression.
    public var detail: String
    /// The place; nil for what stands in several.
    public var place: SourcePlace?

    /// `AWS::SQS::Queue (2 resources)`, `Group.MinSize: !Ref Size`
    public var text: String {
        switch kind {
        case .type: "\(what) (\(detail))"
        case .opening: detail.isEmpty ? what : "\(what), which \(detail)"
        case .property: "\(what): \(detail)"
        }
    }
}

extension UnseenPart {
    /// Types that are read though the model has no list of them: what they say is found at what they are attached to.
    static let attachments: Set<String> = [
        "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPCGatewayAttachment",
        "AWS::EC2::VPCCidrBlock", "AWS::EC2::SecurityGroupIngress", "AWS::S3::BucketPolicy", "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile",
        "AWS::AutoScaling::LifecycleHook", "Terraform::MainRouteTable",
        "AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::EC2::TransitGatewayAttachment",
        "AWS::EC2::TransitGatewayVpcAttachment", "AWS::SSM::Parameter",
    ]

    /// What of a topology no rule looks at, and what rules asked in vain.
    static func all(in topology: Topology, asked questions: [UnresolvedValue]) -> [UnseenPart] {
        var parts: [UnseenPart] = []
        for opening in topology.openings {
            let touches = opening.touches?.sorted() ?? []
            let named = touches.prefix(3).joined(separator: ", ") + (touches.count > 3 ? ", …" : "")
            parts.append(
                UnseenPart(
                    kind: .opening, what: opening.what,
                    detail: opening.touches == nil
                        ? "may change anything" : touches.isEmpty ? "" : "is handed \(named)",
                    place: opening.place))
        }
        let types = topology.others.filter { !attachments.contains($0.type) && !TemplateEvaluator.isOpaque($0.type) }
        for (type, all) in Dictionary(grouping: types, by: \.type).sorted(by: { $0.key < $1.key }) {
            parts.append(
                UnseenPart(
                    kind: .type, what: type, detail: all.count == 1 ? "1 resource" : "\(all.count) resources",
                    place: all.count == 1 ? topology.places[all[0].name] : nil))
        }
        // One that is open by a macro is said with the macro.
        let openings = Set(topology.openings.map(\.what))
        for value in questions where !openings.contains(value.expression) {
            parts.append(
                UnseenPart(
                    kind: .property,
                    what: value.property.isEmpty ? value.resource : "\(value.resource).\(value.property)",
                    detail: value.expression, place: topology.places[value.resource]))
        }
        return parts
    }
}
