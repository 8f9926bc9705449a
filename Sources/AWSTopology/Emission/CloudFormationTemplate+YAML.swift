extension CloudFormationTemplate {
    /// The template as YAML with the short forms of the intrinsic functions, in the same bytes for the same topology.
    public var yaml: String {
        let body = body
        var header = TemplateWriter()
        header.line("AWSTemplateFormatVersion: \"2010-09-09\"")
        header.line("Description: \(TemplateWriter.scalar(description))")
        header.comment(
            "Made by \"footlight topology render\"; T1 to T11 and F5, F8 are requirements that docs/topology.md explains.",
            indent: 0)
        if body.utf8.count + header.text.utf8.count > Self.greatestDirectSize {
            header.comment(
                "More than \(Self.greatestDirectSize) bytes: deploy it by way of a bucket, \"aws cloudformation deploy"
                    + " --s3-bucket …\".", indent: 0)
        }
        return header.text + body
    }

    private var body: String {
        var writer = TemplateWriter()
        if !parameters.isEmpty {
            writer.line("")
            writer.line("Parameters:")
            for parameter in parameters {
                writer.entry(parameter.name, parameter.value, indent: 1)
            }
        }
        writer.line("")
        writer.line("Resources:")
        for section in sections where !section.resources.isEmpty {
            writer.line("")
            writer.line("  # ---- \(section.title) ----")
            var previous = ""
            for resource in section.resources {
                // Said once for several in a row.
                write(resource, reason: resource.reason == previous ? "" : resource.reason, to: &writer)
                if !resource.reason.isEmpty { previous = resource.reason }
            }
        }
        if !outputs.isEmpty {
            writer.line("")
            writer.line("Outputs:")
            for output in outputs {
                writer.entry(
                    output.name, .fields(["Description": .text(output.description), "Value": output.value]), indent: 1)
            }
        }
        return writer.text
    }

    private func write(_ resource: TemplateResource, reason: String, to writer: inout TemplateWriter) {
        writer.line("")
        writer.comment(reason, indent: 1)
        writer.line("  \(resource.name):")
        writer.line("    Type: \(resource.type)")
        if !resource.dependsOn.isEmpty {
            let names = resource.dependsOn.map { TemplateValue.text($0) }
            writer.entry("DependsOn", names.count == 1 ? names[0] : .list(names), indent: 2)
        }
        if let policy = resource.deletionPolicy {
            writer.line("    DeletionPolicy: \(policy)")
            writer.line("    UpdateReplacePolicy: \(policy)")
        }
        if let policy = resource.creationPolicy { writer.entry("CreationPolicy", policy, indent: 2) }
        if let policy = resource.updatePolicy { writer.entry("UpdatePolicy", policy, indent: 2) }
        if let metadata = metadata(of: resource) { writer.entry("Metadata", metadata, indent: 2) }
        if resource.properties != .mapping([]) { writer.entry("Properties", resource.properties, indent: 2) }
    }
}

extension CloudFormationTemplate {
    /// The checks that don't hold, in the words of the tools that make them.
    private func metadata(of resource: TemplateResource) -> TemplateValue? {
        guard !resource.skips.isEmpty else { return nil }
        let checkov = resource.skips.filter { $0.id.hasPrefix("CKV") }.map {
            TemplateValue.fields(["id": .text($0.id), "comment": .text($0.comment)])
        }
        let lint = resource.skips.filter { !$0.id.hasPrefix("CKV") }
        return .fields([
            "checkov": checkov.isEmpty ? nil : .fields(["skip": .list(checkov)]),
            "cfn-lint": lint.isEmpty
                ? nil
                : .fields([
                    "config": .fields([
                        "ignore_checks": .list(lint.map { .text($0.id) }),
                        "comment": .text(lint.map(\.comment).joined(separator: " ")),
                    ])
                ]),
        ])
    }
}

extension Parameter {
    fileprivate var value: TemplateValue {
        .fields([
            "Type": .text(type),
            "Default": defaultValue.map { .text($0) },
            "Description": description.isEmpty ? nil : .text(description),
        ])
    }
}
