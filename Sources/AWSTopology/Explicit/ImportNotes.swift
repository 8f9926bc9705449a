/// The parts of a file that an import couldn't say in Footlight's own form.
public struct ImportNotes: Sendable, Hashable {
    /// Sentences, each with its place where it has one.
    public let lines: [String]

    /// The notes on a file.
    public init(of document: TopologyDocument) {
        let topology = document.topology
        var lines: [String] = []
        for opening in topology.openings {
            lines.append(Self.at(opening.place) + "\(opening.what): what it makes isn't in the file")
        }
        let others = topology.others.filter { !UnseenPart.attachments.contains($0.type) }
        for (type, all) in Dictionary(grouping: others, by: \.type).sorted(by: { $0.key < $1.key }) {
            let names = all.map(\.name).prefix(3).joined(separator: ", ") + (all.count > 3 ? ", …" : "")
            lines.append("\(type): only that \(all.count == 1 ? "it is" : "they are") there: \(names)")
        }
        let names = Set(topology.resources.map(\.name) + topology.others.map(\.name))
        let values = topology.unresolved.filter { value in
            !topology.openings.contains { $0.what == value.expression } && !Self.isNamed(value.expression, in: names)
        }
        for value in values.sorted(by: { ($0.resource, $0.property) < ($1.resource, $1.property) }) {
            let what = value.property.isEmpty ? value.resource : "\(value.resource).\(value.property)"
            lines.append(
                Self.at(topology.places[value.resource]) + "\(what): not known, \(Self.briefly(value.expression))")
        }
        for (name, keys) in document.unread.sorted(by: { $0.key < $1.key }) {
            lines.append(Self.at(topology.places[name]) + "\(name): not taken over: \(keys.joined(separator: ", "))")
        }
        self.lines = lines
    }

    /// Whether all that stays open in a text is the names of resources, which AWS puts in: the model says the same.
    private static func isNamed(_ expression: String, in names: Set<String>) -> Bool {
        let references = TemplateValue.sub(expression).references
        return !references.isEmpty && references.allSatisfy { $0.hasPrefix("AWS::") || names.contains($0) }
    }

    /// The first line of a text, and no more than fits beside what it is of.
    private static func briefly(_ text: String) -> String {
        let line = text.prefix { !$0.isNewline }
        return line.count == text.count && text.count <= 80 ? text : line.prefix(80) + "…"
    }

    private static func at(_ place: SourcePlace?) -> String { place.map { "\($0): " } ?? "" }
}
