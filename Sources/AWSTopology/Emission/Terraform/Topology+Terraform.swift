extension Topology {
    /// The topology as Terraform, for the AWS provider 6; the same bytes for the same topology.
    public func terraform() -> String {
        let builder = TerraformBuilder(topology: withLogicalNames)
        var writer = TemplateWriter()
        writer.comment(
            "\(name.isEmpty ? "A topology" : name): made by \"footlight topology render\"; T1 to T11, F5 and F8 are requirements"
                + " that docs/topology.md explains.", indent: 0)
        for block in builder.head { writer.line("\n" + block.written().dropLast()) }
        let sections: [(String, [TerraformBlock])] = [
            ("Network", builder.network), ("Endpoints", builder.endpoints),
            ("Security groups", builder.securityGroups), ("Load balancers", builder.loadBalancing),
            ("Groups of instances", builder.compute), ("Databases", builder.databases), ("Buckets", builder.buckets),
            ("Roles", builder.roles), ("Machine image", builder.images), ("Logs and alarms", builder.observation),
        ]
        for (title, blocks) in sections where !blocks.isEmpty {
            writer.line("\n# ---- \(title) ----")
            var previous = ""
            for block in blocks {
                writer.line("")
                if block.reason != previous { writer.comment(block.reason, indent: 0) }
                if !block.reason.isEmpty { previous = block.reason }
                writer.line(String(block.written().dropLast()))
            }
        }
        for block in builder.outputs { writer.line("\n" + block.written().dropLast()) }
        return writer.text
    }
}
