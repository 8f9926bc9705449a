import YAML

extension TemplateEvaluator {
    /// What a function comes to.
    mutating func call(_ function: String, _ argument: YAMLNode) throws(TopologyError) -> ImportedValue {
        let unknown = ImportedValue.unknown(Self.words(function, argument))
        let items = argument.items ?? []
        switch function {
        case "Ref": return argument.text.map { reference($0) } ?? unknown
        case "Fn::GetAtt": return try getAttribute(argument) ?? unknown
        case "Fn::Sub": return try substitute(argument) ?? unknown
        case "Fn::Join": return try join(items) ?? unknown
        case "Fn::Split":
            guard items.count == 2, let delimiter = items[0].text, !delimiter.isEmpty,
                let text = try value(items[1]).string, !text.contains(ImportedValue.dynamic)
            else { return unknown }
            let parts = text.separated(by: delimiter).map { unfolded($0) }
            // What a parameter's value splits into isn't known.
            return parts.contains(where: \.isUnknown) ? unknown : .list(parts)
        case "Fn::Select": return try select(items) ?? unknown
        case "Fn::FindInMap": return try find(items) ?? unknown
        case "Fn::If":
            guard items.count == 3, let name = items[0].text else { return unknown }
            switch try condition(named: name) {
            case true?: return try value(items[1])
            case false?: return try value(items[2])
            case nil:
                let yes = try value(items[1])
                return try value(items[2]) == yes ? yes : unknown
            }
        case "Fn::Base64": return try value(argument)
        case "Fn::Cidr": return try cidr(items) ?? unknown
        case "Fn::Length":
            guard case .list(let list) = try value(argument), ImportedValue.list(list).isComplete else {
                return unknown
            }
            return .text("\(list.count)")
        case "Fn::ToJsonString": return try value(argument).json.map { .text($0) } ?? unknown
        default: return unknown
        }
    }

    /// A call in the file's words, for people.
    static func words(_ function: String, _ argument: YAMLNode) -> String {
        let name = function.hasPrefix("Fn::") ? String(function.dropFirst(4)) : function
        if let text = argument.text { return "!\(name) \(String(text.prefix(80)))" }
        var parts: [String] = []
        for item in (argument.items ?? []).prefix(3) {
            let inner = Self.function(of: item)
            let text = item.text ?? inner.map { "!\($0.0.split(separator: ":").last ?? "")" } ?? "…"
            if let inner, let word = inner.1.text {
                parts.append("\(text) \(String(word.prefix(80)))")
            } else {
                parts.append(String(text.prefix(80)))
            }
        }
        return "!\(name) [\(parts.joined(separator: ", "))]"
    }

    private mutating func getAttribute(_ argument: YAMLNode) throws(TopologyError) -> ImportedValue? {
        if let items = argument.items {
            guard items.count == 2, let name = items[0].text, let attribute = items[1].text else { return nil }
            return try self.attribute(attribute, of: name)
        }
        guard let text = argument.text, let dot = text.firstIndex(of: ".") else { return nil }
        return try attribute(String(text[text.index(after: dot)...]), of: String(text[..<dot]))
    }

    private mutating func join(_ items: [YAMLNode]) throws(TopologyError) -> ImportedValue? {
        guard items.count == 2, let delimiter = items[0].text, case .list(let parts) = try value(items[1]) else {
            return nil
        }
        let texts = parts.compactMap(\.string)
        guard texts.count == parts.count else { return nil }
        let size = texts.reduce(0) { $0 + $1.utf8.count + delimiter.utf8.count }
        return size <= Self.longestText ? .text(texts.joined(separator: delimiter)) : nil
    }

    /// An item of a list. The nth zone of a region goes by the nth letter, for zones differ and that is what counts; the
    /// nth item of a list that isn't known is a name for itself.
    private mutating func select(_ items: [YAMLNode]) throws(TopologyError) -> ImportedValue? {
        guard items.count == 2, let index = try value(items[0]).int, index >= 0 else { return nil }
        if let (function, argument) = Self.function(of: items[1]) {
            if function == "Fn::GetAZs" {
                let given = try value(argument).string ?? ""
                let region = given.isEmpty ? reference("AWS::Region").string ?? "" : given
                guard index < 26, let letter = UnicodeScalar(97 + index) else { return nil }
                return .text("\(region)\(letter)")
            }
            if function == "Ref", let name = argument.text, case .unknown = reference(name) {
                return .text("${\(name).\(index)}")
            }
        }
        guard case .list(let list) = try value(items[1]), index < list.count else { return nil }
        return list[index]
    }

    private mutating func find(_ items: [YAMLNode]) throws(TopologyError) -> ImportedValue? {
        guard items.count >= 3, let map = try value(items[0]).known, let table = mappings[map] else { return nil }
        let keys = [try value(items[1]), try value(items[2])]
        if let first = keys[0].known, let second = keys[1].known {
            if let node = table[first]?[second] { return try value(node) }
            // AWS::LanguageExtensions.
            return try items.dropFirst(3).first?["DefaultValue"].map { (node) throws(TopologyError) in try value(node) }
        }
        return try same(in: table, keys.map(\.known))
    }

    /// What a mapping holds under every key that may be meant: the same value, or, where all are identifiers of one
    /// kind, one of these, as a name for itself (`ami-*`); nil where they differ.
    private mutating func same(in table: YAMLNode, _ keys: [String?]) throws(TopologyError) -> ImportedValue? {
        let rows = (table.entries ?? []).filter { keys[0] == nil || $0.key == keys[0] }
        let cells = rows.flatMap { $0.value.entries ?? [] }.filter { keys[1] == nil || $0.key == keys[1] }
        guard let first = cells.first?.value.text, cells.allSatisfy({ $0.value.text != nil }) else { return nil }
        // AWS's own templates say so of regions without such an image: nobody can start it there.
        let texts = cells.compactMap(\.value.text).filter { $0 != "NOT_SUPPORTED" }
        guard !texts.isEmpty else { return nil }
        if texts.allSatisfy({ $0 == first }) { return .text(first) }
        return texts.allSatisfy { $0.hasPrefix("ami-") } ? .text("ami-*") : nil
    }

    private mutating func cidr(_ items: [YAMLNode]) throws(TopologyError) -> ImportedValue? {
        guard items.count >= 2, let block = try value(items[0]).known, let network = try? IPv4Network(block),
            let count = try value(items[1]).int, (1...256).contains(count)
        else { return nil }
        let bits = items.count > 2 ? try value(items[2]).int : 8
        guard let bits, (0...32).contains(bits) else { return nil }
        let networks = (0..<count).compactMap { network.subnet($0, prefix: 32 - bits) }
        return networks.count == count ? .list(networks.map { .text($0.description) }) : nil
    }
}

extension String {
    /// The parts between one separator and the next.
    func separated(by separator: String) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        let bytes = Array(utf8)
        let mark = Array(separator.utf8)
        var index = 0
        while index < bytes.count {
            if index + mark.count <= bytes.count, bytes[index..<index + mark.count].elementsEqual(mark) {
                parts.append(String(decoding: part, as: UTF8.self))
                part = []
                index += mark.count
            } else {
                part.append(bytes[index])
                index += 1
            }
        }
        return parts + [String(decoding: part, as: UTF8.self)]
    }
}
