/// Makes a template's resources from a topology's, part by part; a part's file is `CloudFormationBuilder+Part.swift`.
struct CloudFormationBuilder {
    let topology: Topology
    private let names: Set<String>

    init(topology: Topology) {
        self.topology = topology
        names = Set(topology.resources.map(\.name) + topology.parameters.map(\.name))
    }

    /// A template's resource for one of the model, with its reason.
    func make<R: Resource>(
        _ resource: R, type: String? = nil, _ properties: KeyValuePairs<String, TemplateValue?>
    ) -> TemplateResource {
        TemplateResource(
            name: resource.name, type: type ?? R.type, reason: topology.reason(for: resource),
            properties: .fields(properties), source: resource.name)
    }

    /// A template's resource that the model keeps within another.
    func part<R: Resource>(
        of resource: R, _ suffix: String, type: String, _ properties: KeyValuePairs<String, TemplateValue?>
    ) -> TemplateResource {
        TemplateResource(
            name: resource.name + suffix, type: type, properties: .fields(properties), source: resource.name)
    }

    /// `!Ref`, or the text itself for a name from outside, such as `subnet-0123`.
    func ref<T>(_ reference: Reference<T>) -> TemplateValue {
        names.contains(reference.name) ? .ref(reference.name) : .interpolated(reference.name)
    }

    func refs<T>(_ references: [Reference<T>]) -> TemplateValue? {
        references.isEmpty ? nil : .list(references.map { ref($0) })
    }

    /// `!GetAtt`, or the text itself for a name from outside.
    func attribute<T>(_ reference: Reference<T>, _ attribute: String) -> TemplateValue {
        names.contains(reference.name) ? .attribute(reference.name, attribute) : .interpolated(reference.name)
    }

    /// `Name` and whatever else as tags.
    func tags(_ name: String, _ more: KeyValuePairs<String, String> = [:]) -> TemplateValue {
        let all = [("Name", name)] + more.map { ($0.key, $0.value) }
        return .list(all.map { .fields(["Key": .text($0.0), "Value": .text($0.1)]) })
    }

    /// A zone's name: by its letter where its region is the stack's.
    func zone(_ zone: AvailabilityZone) -> TemplateValue {
        if let region = topology.region, zone.name == region + zone.letter {
            return .sub("${AWS::Region}\(zone.letter)")
        }
        return .interpolated(zone.name)
    }

    /// What the stack tells.
    var outputs: [CloudFormationTemplate.Output] {
        topology.loadBalancers.map {
            CloudFormationTemplate.Output(
                name: "\($0.name)DNSName", description: "Where \($0.name) is reached",
                value: .attribute($0.name, "DNSName"))
        }
            + topology.databaseInstances.map {
                CloudFormationTemplate.Output(
                    name: "\($0.name)EndpointAddress", description: "Where \($0.name) is reached",
                    value: .attribute($0.name, "Endpoint.Address"))
            }
            + topology.buckets.map {
                CloudFormationTemplate.Output(
                    name: "\($0.name)BucketName", description: "The bucket \($0.name)", value: .ref($0.name))
            }
    }
}

extension Duration {
    /// As CloudFormation has it: `PT5M`.
    var iso8601: String {
        let seconds = wholeSeconds
        return seconds != 0 && seconds % 60 == 0 ? "PT\(seconds / 60)M" : "PT\(seconds)S"
    }
}
