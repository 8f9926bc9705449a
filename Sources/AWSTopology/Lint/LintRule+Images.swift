extension LintRule {
    static let images: [LintRule] = [imageByHand, imageUnpinned, imagePipelineByHand]

    /// Images with whose they are.
    private static func images(_ context: LintContext) -> [(owner: String, image: String)] {
        let all =
            context.topology.launchTemplates.map { ($0.name, $0.settings.image) }
            + context.topology.instances.map { ($0.name, $0.settings.image) }
        return all.compactMap { name, image in image.map { (name, $0) } }
    }

    static let imageByHand = LintRule(
        "image-by-hand", .warning,
        breaks: "T2, F8; AWS Well-Architected, SEC06-BP02",
        why: "nobody can say from the file how the image was made, and it gets no security update until somebody "
            + "edits the file",
        remedy: "a pipeline (EC2 Image Builder) that writes the image's id to a Systems Manager parameter"
    ) { context in
        images(context).filter { $0.image.hasPrefix("ami-") }
            .map { owner, image in
                let what =
                    image == "ami-*"
                    ? "takes its image from a map in the file" : "has the image \(image) written into the file"
                return Hit(owner, what)
            }
    }

    static let imageUnpinned = LintRule(
        "image-unpinned", .info,
        breaks: "T2, F8; AWS Well-Architected, REL08-BP04",
        why: "two instances of a group may start from different images, neither of them tested with the service on it",
        remedy: "bake an image of your own from it, and start that"
    ) { context in
        images(context).compactMap { owner, image in
            var source = image
            if image.hasPrefix("${"), let parameter = context.parameters[String(image.dropFirst(2).dropLast())],
                parameter.type.hasPrefix("AWS::SSM::Parameter::Value")
            {
                source = parameter.defaultValue ?? ""
            }
            guard source.contains("/aws/service/"),
                source.contains("latest") || source.contains("recommended")
                    || source.contains("current")
            else { return nil }
            return Hit(owner, "starts from whatever image is AWS's newest on the day")
        }
    }

    static let imagePipelineByHand = LintRule(
        "image-pipeline-by-hand", .warning,
        breaks: "F4; AWS Well-Architected, SEC06-BP01",
        why: "security updates wait for somebody to think of them",
        remedy: "a schedule, nightly"
    ) { context in
        context.topology.imagePipelines.filter { $0.schedule == nil && context.knows($0.name, "Schedule") }
            .map { Hit($0.name, "is run by hand only") }
    }
}
