/// The way to one value within other people's JSON, from the outside in: `occupancy`, `params.events[0].event`, and with
/// names that hold a point or a bracket in quotes, `"cover.state"[1]`. A quotation mark within quotes is written twice.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step inwards.
    public enum Step: Sendable, Hashable {
        /// To an object's member.
        case member(String)
        /// To a list's element, counted from 0.
        case element(Int)
    }

    /// The reason why a text is no path.
    public enum Fault: Error, Sendable, Hashable {
        /// A name is missing where one belongs.
        case emptyName
        /// A quotation mark without its second.
        case openQuote
        /// A bracket that holds no whole number of 0…999, or isn't closed.
        case noIndex
        /// A quoted name or a bracket is followed by neither a point, a bracket nor the end.
        case unseparated
        /// So many steps, more than ``maximumDepth``.
        case tooDeep(Int)
    }

    /// The number of steps that a path may have: 8.
    public static let maximumDepth = 8

    /// The steps, from the outside in; empty: the whole payload.
    public let steps: [Step]

    /// The whole payload.
    public static let whole = JSONPath(steps: [])

    init(steps: [Step]) { self.steps = steps }

    /// A path of members' names.
    public init(_ names: String...) { steps = names.map { .member($0) } }

    /// A path as people write it.
    ///
    /// - Throws: ``Fault``.
    public init(text: String) throws(Fault) {
        var rest = Substring(text)
        var steps: [Step] = []
        var needsName = true
        while needsName || !rest.isEmpty {
            if rest.first == "[" {
                guard !needsName || steps.isEmpty, let end = rest.firstIndex(of: "]") else {
                    throw needsName && !steps.isEmpty ? .emptyName : .noIndex
                }
                let digits = rest[rest.index(after: rest.startIndex)..<end]
                guard digits.allSatisfy({ ("0"..."9").contains($0) }), let index = Int(digits), index < 1000 else {
                    throw .noIndex
                }
                steps.append(.element(index))
                rest = rest[rest.index(after: end)...]
            } else if !needsName {
                throw .unseparated
            } else if rest.first == "\"" {
                let name = try JSONPath.quoted(&rest)
                guard !name.isEmpty else { throw .emptyName }
                steps.append(.member(name))
            } else {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { throw .emptyName }
                steps.append(.member(String(name)))
                rest = rest[name.endIndex...]
            }
            needsName = rest.first == "."
            if needsName { rest = rest.dropFirst() }
        }
        guard steps.count <= JSONPath.maximumDepth else { throw .tooDeep(steps.count) }
        self.steps = steps
    }

    /// Takes a name in quotes off a text's beginning.
    private static func quoted(_ rest: inout Substring) throws(Fault) -> String {
        var name = ""
        repeat {
            let after = rest.dropFirst()
            guard let end = after.firstIndex(of: "\"") else { throw .openQuote }
            name += after[..<end]
            rest = after[after.index(after: end)...]
            if rest.first == "\"" { name += "\"" }
        } while rest.first == "\""
        return name
    }

    /// The path as it is written.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .element(let index): text += "[\(index)]"
            case .member(let name):
                if !text.isEmpty { text += "." }
                let isPlain = name.first != "\"" && !name.contains { $0 == "." || $0 == "[" }
                text += isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
            }
        }
        return text
    }
}
