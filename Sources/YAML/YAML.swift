import CYAML

/// Reads YAML 1.1 by libyaml into ``YAMLNode``s.
///
/// libyaml itself, and not Yams: Yams brings all of Foundation and its 40 MB of ICU into a process, and the agent
/// has 16 MB for everything (measured: 24 MB resident with Yams, 14 MB without).
public enum YAML {
    /// The one document in `text`.
    ///
    /// - Throws: ``YAMLError`` for anything but one well-formed document within `limits`.
    public static func parse(_ text: String, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> YAMLNode {
        var composer = Composer(limits: limits)
        return try composer.compose(text)
    }
}

/// Makes nodes of libyaml's events.
private struct Composer {
    let limits: YAMLLimits
    var parser = yaml_parser_t()
    var anchors: [String: (node: YAMLNode, count: Int)] = [:]
    var nodes = 0

    init(limits: YAMLLimits) { self.limits = limits }

    mutating func compose(_ text: String) throws(YAMLError) -> YAMLNode {
        guard yaml_parser_initialize(&parser) == 1 else {
            throw YAMLError(
                code: .tooLarge, mark: YAMLMark(line: 1, column: 1), message: "out of memory; nothing was read")
        }
        defer { yaml_parser_delete(&parser) }
        // The parser keeps the pointer, so the bytes must stay where they are until it is deleted.
        // A byte order mark is for libyaml to tell encodings by; told the encoding, it takes the mark for a scalar.
        let input = text.utf8.dropFirst(text.utf8.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, input.count))
        defer { bytes.deallocate() }
        _ = bytes.initialize(fromContentsOf: input)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, input.count)
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)

        var root: YAMLNode?
        while true {
            let event = try next()
            switch event.kind {
            case .streamStart, .documentStart, .documentEnd: continue
            case .streamEnd:
                guard let root else {
                    throw YAMLError(code: .empty, mark: event.mark, message: "the file is empty; write a mapping")
                }
                return root
            default:
                guard root == nil else {
                    throw YAMLError(
                        code: .severalDocuments, mark: event.mark,
                        message: "a second document begins here; keep one per file, without a second ---")
                }
                root = try node(from: event, depth: 1)
            }
        }
    }

    mutating func node(from event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        guard depth <= limits.depth else {
            throw YAMLError(
                code: .tooDeep, mark: event.mark, message: "nested deeper than \(limits.depth) levels; flatten it")
        }
        let before = nodes
        try count(1, at: event.mark)
        let content: YAMLNode.Content
        switch event.kind {
        case .alias(let name):
            guard let (node, size) = anchors[name] else {
                throw YAMLError(
                    code: .unknownAlias, mark: event.mark,
                    message: "*\(name) stands for an anchor &\(name) that isn't complete before this line; add it there"
                )
            }
            try count(size - 1, at: event.mark)
            return node
        case .scalar(let text, let plain): content = .scalar(text, plain: plain)
        case .sequenceStart: content = .sequence(try items(depth: depth))
        default: content = .mapping(try entries(depth: depth))
        }
        let node = YAMLNode(content, tag: event.tag, mark: event.mark)
        if let anchor = event.anchor { anchors[anchor] = (node, nodes - before) }
        return node
    }

    mutating func items(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .end = event.kind { return items }
            items.append(try node(from: event, depth: depth + 1))
        }
    }

    mutating func entries(depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try next()
            if case .end = event.kind { return entries }
            let key = try node(from: event, depth: depth + 1)
            guard let name = key.text else {
                throw YAMLError(
                    code: .keyNotScalar, mark: event.mark, message: "a key must be a single word, not \(key.kind)")
            }
            if let first = lines.updateValue(event.mark.line, forKey: name) {
                throw YAMLError(
                    code: .duplicateKey, mark: event.mark,
                    message: "the key \"\(name)\" stands twice (first in line \(first)); keep one")
            }
            let value = try node(from: try next(), depth: depth + 1)
            entries.append(YAMLNode.Entry(key: name, keyMark: event.mark, value: value))
        }
    }

    mutating func count(_ more: Int, at mark: YAMLMark) throws(YAMLError) {
        nodes += more
        guard nodes <= limits.nodes else {
            throw YAMLError(
                code: .tooLarge, mark: mark,
                message: "more than \(limits.nodes) values, aliases written out; this is no file that a person wrote")
        }
    }

    /// One event, copied out of libyaml's memory.
    struct Event {
        enum Kind {
            case streamStart, streamEnd, documentStart, documentEnd
            case alias(String)
            case scalar(String, plain: Bool)
            case sequenceStart, mappingStart, end
        }
        var kind: Kind
        var tag: String?
        var anchor: String?
        var mark: YAMLMark
    }

    mutating func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { throw syntaxError() }
        defer { yaml_event_delete(&event) }
        let mark = YAMLMark(event.start_mark)
        switch event.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, mark: mark)
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias(string(event.data.alias.anchor) ?? ""), mark: mark)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return Event(
                kind: .scalar(text, plain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
                tag: string(scalar.tag), anchor: string(scalar.anchor), mark: mark)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Event(kind: .sequenceStart, tag: string(start.tag), anchor: string(start.anchor), mark: mark)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Event(kind: .mappingStart, tag: string(start.tag), anchor: string(start.anchor), mark: mark)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Event(kind: .end, mark: mark)
        default: return Event(kind: .streamEnd, mark: mark)
        }
    }

    func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(decodingCString: $0, as: UTF8.self) }
    }

    func syntaxError() -> YAMLError {
        let problem = parser.problem.map { String(cString: $0) } ?? "not YAML"
        if parser.error == YAML_READER_ERROR {
            return YAMLError(
                code: .syntax, mark: YAMLMark(line: 1, column: 1),
                message: "\(problem) at byte \(parser.problem_offset); save the file as UTF-8 text")
        }
        let context = parser.context.map { " (\(String(cString: $0)), line \(parser.context_mark.line + 1))" } ?? ""
        return YAMLError(
            code: .syntax, mark: YAMLMark(parser.problem_mark),
            message: "\(problem)\(context); check the indentation, quotes and brackets around this line")
    }
}

extension YAMLMark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
