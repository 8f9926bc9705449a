extension Topology {
    /// The topology in Footlight's own form, every resource said by itself under its own name, so that reading it gives the
    /// same topology again.
    ///
    /// - Parameter comments: Lines for its head.
    public func written(comments: [String] = []) -> String {
        var writer = TemplateWriter(isExact: true)
        for comment in comments {
            if comment.isEmpty { writer.line("#") } else { writer.comment(comment, indent: 0) }
        }
        for entry in explicitEntries { writer.entry(entry.key, entry.value, indent: 0) }
        return writer.text
    }

    /// The entries of the file.
    var explicitEntries: [TemplateValue.Entry] {
        var entries = [TemplateValue.Entry(key: "name", value: .text(name))]
        if let region { entries.append(.init(key: "region", value: .text(region))) }
        if !parameters.isEmpty {
            entries.append(
                .init(
                    key: "parameters",
                    value: .mapping(
                        parameters.map { parameter in
                            .init(
                                key: parameter.name,
                                value: .fields([
                                    "type": parameter.type == "String" ? nil : .text(parameter.type),
                                    "default": parameter.defaultValue.map { .text($0) },
                                    "description": parameter.description.isEmpty ? nil : .text(parameter.description),
                                ]))
                        })))
        }
        entries.append(.init(key: "resources", value: .mapping(sections)))
        if !unresolved.isEmpty { entries.append(.init(key: "unknown", value: unknownValue)) }
        if !openings.isEmpty {
            entries.append(
                .init(
                    key: "openings",
                    value: .list(
                        openings.map { opening in
                            .fields([
                                "what": .text(opening.what),
                                "touches": opening.touches.map { .list($0.sorted().map { .text($0) }) },
                            ])
                        })))
        }
        return entries
    }

    private var sections: [TemplateValue.Entry] {
        var sections = ExplicitKind.all.compactMap { kind -> TemplateValue.Entry? in
            let all = kind.write(self)
            guard !all.isEmpty else { return nil }
            let resources = all.map { name, fields in
                let id = ids[name].map { [TemplateValue.Entry(key: "id", value: .text($0))] } ?? []
                return TemplateValue.Entry(key: name, value: .mapping(id + fields))
            }
            return .init(key: kind.key, value: .mapping(resources))
        }
        if !placements.isEmpty {
            sections.append(
                .init(
                    key: "services",
                    value: .mapping(
                        placements.map { .init(key: $0.name, value: .mapping($0.entries(beside: Placement.blank))) })))
        }
        if !others.isEmpty {
            sections.append(
                .init(key: "others", value: .mapping(others.map { .init(key: $0.name, value: .text($0.type)) })))
        }
        return sections
    }

    private var unknownValue: TemplateValue {
        let byResource = Dictionary(grouping: unresolved, by: \.resource).sorted { $0.key < $1.key }
        return .mapping(
            byResource.map { name, values in
                let sorted = values.sorted { ($0.property, $0.expression) < ($1.property, $1.expression) }
                var seen: Set<String> = []
                let properties = sorted.compactMap { value -> TemplateValue.Entry? in
                    let key = value.property.isEmpty ? TopologyBuilder.whole : value.property
                    return seen.insert(key).inserted ? .init(key: key, value: .text(value.expression)) : nil
                }
                return .init(key: name, value: .mapping(properties))
            })
    }
}
