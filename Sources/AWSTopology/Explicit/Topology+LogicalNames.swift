extension Topology {
    /// The topology with names that a template can have: those of Terraform's addresses and of nested stacks have marks in
    /// them, which go. It is the same where every name is one already.
    var withLogicalNames: Topology {
        let all = resources.map(\.name) + parameters.map(\.name)
        var taken = Set(all.filter(LogicalName.isOne))
        guard taken.count < Set(all).count else { return self }
        var names: [String: String] = [:]
        for name in all where !LogicalName.isOne(name) && names[name] == nil {
            let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            var logical = String(words.map { String($0).capitalizedFirst }.joined().prefix(240))
            if logical.isEmpty { logical = "Resource" }
            var number = 2
            let first = logical
            while !taken.insert(logical).inserted {
                logical = "\(first)\(number)"
                number += 1
            }
            names[name] = logical
        }
        let renamed = TemplateValue.mapping(explicitEntries).renaming(names)
        var writer = TemplateWriter(isExact: true)
        if case .mapping(let entries) = renamed {
            for entry in entries { writer.entry(entry.key, entry.value, indent: 0) }
        }
        // What is written is what is read, or it is no form.
        return (try? Topology(reading: writer.text, file: "")) ?? self
    }
}

extension TemplateValue {
    /// With names exchanged: as keys, as whole texts, and in `${…}`.
    func renaming(_ names: [String: String]) -> TemplateValue {
        switch self {
        case .text(let text): return .text(names[text] ?? Self.renaming(names, in: text))
        case .list(let items): return .list(items.map { $0.renaming(names) })
        case .mapping(let entries):
            return .mapping(entries.map { Entry(key: names[$0.key] ?? $0.key, value: $0.value.renaming(names)) })
        default: return self
        }
    }

    /// A name in `${…}` may have dots itself, so that the longest one that fits is meant.
    private static func renaming(_ names: [String: String], in text: String) -> String {
        guard text.contains("${") else { return text }
        var written = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            written += rest[..<start.upperBound]
            rest = rest[start.upperBound...]
            let longest = names.keys.filter { name in
                rest.hasPrefix(name) && ["}", "."].contains(rest.dropFirst(name.count).first)
            }.max { $0.count < $1.count }
            guard let longest, let name = names[longest] else { continue }
            written += name
            rest = rest.dropFirst(longest.count)
        }
        return written + rest
    }
}
