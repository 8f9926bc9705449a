import YAML

extension TemplateEvaluator {
    /// `Fn::Sub`: what is known is written in, what isn't stays as it is.
    mutating func substitute(_ argument: YAMLNode) throws(TopologyError) -> ImportedValue? {
        var template = argument.text
        var own: [String: ImportedValue] = [:]
        if let items = argument.items, items.count == 2 {
            template = items[0].text
            for entry in items[1].entries ?? [] { own[entry.key] = try value(entry.value) }
        }
        guard let template else { return nil }
        var text = ""
        var rest = template[...]
        while let dollar = rest.firstIndex(of: "$") {
            text += rest[..<dollar]
            rest = rest[dollar...]
            guard rest.hasPrefix("${"), let close = rest.firstIndex(of: "}") else {
                text += "$"
                rest = rest.dropFirst()
                continue
            }
            let name = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<close])
            rest = rest[rest.index(after: close)...]
            let substitute = try self.substitute(name, own)
            // The whole text is one name: it is that, not text about it.
            if text.isEmpty, rest.isEmpty, !name.hasPrefix("!") { return substitute }
            text += substitute.string ?? "${\(name)}"
            guard text.utf8.count <= Self.longestText else { return nil }
        }
        text += rest
        return .text(text)
    }

    private mutating func substitute(_ name: String, _ own: [String: ImportedValue]) throws(TopologyError)
        -> ImportedValue
    {
        if name.hasPrefix("!") { return .text("${" + name.dropFirst() + "}") }
        if let value = own[name] { return value }
        guard let dot = name.firstIndex(of: ".") else { return reference(name) }
        return try attribute(String(name[name.index(after: dot)...]), of: String(name[..<dot]))
    }
}
