import YAML

/// `Fn::ForEach` of AWS::LanguageExtensions, in sections and in properties.
///
/// - Source: AWS CloudFormation Template Reference, "Fn::ForEach".
extension TemplateEvaluator {
    /// What all loops of a template may make together.
    static let mostLooped = 10_000

    private static let loop = "Fn::ForEach::"

    /// A section's entries with its loops run, and the loops that can't be run because what they go over isn't known.
    mutating func unrolled(
        _ entries: [YAMLNode.Entry]
    ) throws(TopologyError) -> (entries: [YAMLNode.Entry], closed: [YAMLNode.Entry]) {
        guard entries.contains(where: { $0.key.hasPrefix("Fn::") }) else { return (entries, []) }
        var open: [YAMLNode.Entry] = []
        var closed: [YAMLNode.Entry] = []
        for entry in entries {
            guard entry.key.hasPrefix("Fn::") else {
                open.append(entry)
                continue
            }
            guard entry.key.hasPrefix(Self.loop), let turns = try turns(of: entry.value) else {
                closed.append(entry)
                continue
            }
            let inner = try unrolled(turns)
            open += inner.entries
            closed += inner.closed
        }
        return (open, closed)
    }

    /// What a loop `[identifier, collection, {key: value}]` makes, one turn after the other; nil where that isn't known.
    private mutating func turns(of node: YAMLNode) throws(TopologyError) -> [YAMLNode.Entry]? {
        guard let items = node.items, items.count == 3, let name = items[0].text, !name.isEmpty,
            let body = items[2].entries, case .list(let list) = try value(items[1])
        else { return nil }
        let words = list.compactMap(\.known)
        guard words.count == list.count else { return nil }
        looped += words.count * body.count
        guard looped <= Self.mostLooped else { return nil }
        return words.flatMap { word in
            body.map { $0.replacing(loop: name, by: word) }
        }
    }
}

extension String {
    /// With a loop's identifier replaced: `${Name}` by the word, `&{Name}` by its letters and digits.
    fileprivate func replacing(loop name: String, by word: String) -> String {
        guard contains("{\(name)}") else { return self }
        let plain = separated(by: "${\(name)}").joined(separator: word)
        return plain.separated(by: "&{\(name)}").joined(separator: word.filter { $0.isLetter || $0.isNumber })
    }
}

extension YAMLNode {
    /// With a loop's identifier replaced in all texts and keys, and where it is referred to.
    fileprivate func replacing(loop name: String, by word: String) -> YAMLNode {
        if let (function, argument) = TemplateEvaluator.function(of: self), function == "Ref", argument.text == name {
            return YAMLNode(.scalar(word, plain: false), mark: mark)
        }
        var node = self
        switch content {
        case .scalar(let text, let plain): node.content = .scalar(text.replacing(loop: name, by: word), plain: plain)
        case .sequence(let items): node.content = .sequence(items.map { $0.replacing(loop: name, by: word) })
        case .mapping(let entries):
            node.content = .mapping(entries.map { $0.replacing(loop: name, by: word) })
        }
        return node
    }
}

extension YAMLNode.Entry {
    fileprivate func replacing(loop name: String, by word: String) -> YAMLNode.Entry {
        var entry = self
        entry.key = key.replacing(loop: name, by: word)
        entry.value = value.replacing(loop: name, by: word)
        return entry
    }
}
