extension TopologyDifference {
    /// The difference for a person: a line per resource, one per property beneath it, and a summary.
    public var text: String {
        if isEmpty { return "The same: nothing to deploy.\n" }
        var lines: [String] = []
        let width = changes.map(\.name.count).max() ?? 0
        for change in changes {
            let sign =
                switch change.kind {
                case .added: "+"
                case .removed: "-"
                case .changed: "~"
                case .replaced: "!"
                }
            let verdict = change.kind == .changed && change.behavior == .someInterruption ? "interrupted" : ""
            let word = change.kind == .replaced ? "replaced" : verdict
            let type = change.type.padded(to: word.isEmpty ? 0 : 42)
            lines.append("\(sign) \(change.name.padded(to: width))  \(type)  \(word)".trimmingTrailingSpaces)
            for property in change.properties {
                let mark = property.behavior == .noInterruption ? "" : " (\(property.behavior.text))"
                lines.append("      \(property.path): \(property.before ?? "–") → \(property.after ?? "–")\(mark)")
                if !property.note.isEmpty { lines.append("        \(property.note)") }
            }
            if !change.note.isEmpty { lines.append("      \(change.note)") }
        }
        return lines.joined(separator: "\n") + "\n\n" + summary + "\n"
    }

    /// `3 added, 1 removed, 2 changed, 1 replaced. Interrupted: Database.`
    public var summary: String {
        let kinds: [Kind] = [.added, .removed, .changed, .replaced]
        let counts = kinds.map { kind in "\(changes.count { $0.kind == kind }) \(kind.rawValue)" }
        let interrupted = interrupted
        return counts.joined(separator: ", ") + ". Interrupted: "
            + (interrupted.isEmpty ? "nothing" : interrupted.joined(separator: ", ")) + "."
    }

    /// The resources that don't work for some time: those that a property interrupts, and of those that are replaced
    /// the ones whose successor doesn't take over by itself.
    public var interrupted: [String] {
        changes.filter { change in
            change.properties.contains { $0.behavior == .someInterruption }
                || change.kind == .replaced && Self.missed.contains(change.type)
        }.map(\.name)
    }

    /// Types whose replacement is felt: connections go through them, or they hold what the new one hasn't got.
    private static let missed: Set<String> = [
        VPC.type, NATGateway.type, ElasticAddress.type, LoadBalancer.type, "AWS::ElasticLoadBalancing::LoadBalancer",
        Instance.type, DatabaseInstance.type, Bucket.type,
    ]

    /// The difference as JSON, keys in a fixed order.
    public var json: String {
        func quoted(_ text: String?) -> String { text.map(TemplateWriter.quotedJSON) ?? "null" }
        let items = changes.map { change in
            let properties = change.properties.map {
                """
                      {"path": \(quoted($0.path)), "before": \(quoted($0.before)), "after": \(quoted($0.after)), \
                "behavior": \(quoted($0.behavior.text)), "note": \(quoted($0.note))}
                """
            }
            let list = properties.isEmpty ? "[]" : "[\n\(properties.joined(separator: ",\n"))\n    ]"
            return """
                    {"name": \(quoted(change.name)), "type": \(quoted(change.type)), "kind": "\(change.kind.rawValue)", \
                "behavior": "\(change.behavior.text)", "note": \(quoted(change.note)), "properties": \(list)}
                """
        }
        let list = items.isEmpty ? "[]" : "[\n\(items.joined(separator: ",\n"))\n  ]"
        return """
            {
              "same": \(isEmpty),
              "interrupted": [\(interrupted.map { quoted($0) }.joined(separator: ", "))],
              "changes": \(list)
            }

            """
    }
}
