/// A page as a strict reader sees it.
struct HTMLDocument {
    struct Element: CustomStringConvertible {
        var name: String
        var attributes: [String: String]
        var description: String { "<\(name) \(attributes)>" }
    }

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    private static let empty: Set<String> = ["meta", "link", "input", "br", "img"]

    private(set) var elements: [Element] = []

    /// - Throws: ``Fault`` where elements don't nest, an attribute isn't in quotes or is there twice, or a text has what it
    ///   may not.
    init(_ text: String) throws {
        guard text.hasPrefix("<!DOCTYPE html>\n") else { throw Fault(description: "no document type") }
        var rest = text.dropFirst("<!DOCTYPE html>".count)
        var open: [String] = []
        while let start = rest.firstIndex(of: "<") {
            try HTMLDocument.check(text: rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else { throw Fault(description: "a tag doesn't end") }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), last == tag.dropFirst() else {
                    throw Fault(description: "<\(tag)> within \(open)")
                }
                continue
            }
            let isClosed = tag.hasSuffix("/")
            let element = try HTMLDocument.element(isClosed ? tag.dropLast() : tag)
            elements.append(element)
            if !isClosed, !HTMLDocument.empty.contains(element.name) { open.append(element.name) }
        }
        try HTMLDocument.check(text: rest)
        guard open.isEmpty else { throw Fault(description: "\(open) don't end") }
    }

    private static func check(text: Substring) throws {
        guard !text.contains(">") else { throw Fault(description: "a > in \(text)") }
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
            guard ["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: { part.hasPrefix($0) }) else {
                throw Fault(description: "a & in \(text)")
            }
        }
    }

    private static func element(_ tag: Substring) throws -> Element {
        var rest = tag
        let name = String(rest.prefix { $0.isLetter || $0.isNumber })
        guard !name.isEmpty else { throw Fault(description: "<\(tag)> has no name") }
        rest = rest.dropFirst(name.count)
        var attributes: [String: String] = [:]
        while let first = rest.first {
            guard first.isWhitespace else { throw Fault(description: "<\(tag)>") }
            rest = rest.drop { $0.isWhitespace }
            let key = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" })
            if key.isEmpty { break }
            rest = rest.dropFirst(key.count)
            guard attributes[key] == nil else { throw Fault(description: "<\(tag)> has \(key) twice") }
            guard rest.hasPrefix("=\"") else {
                attributes[key] = ""
                continue
            }
            rest = rest.dropFirst(2)
            let value = rest.prefix { $0 != "\"" }
            try check(text: value)
            rest = rest.dropFirst(value.count + 1)
            attributes[key] = String(value).replacing("&amp;", with: "&")
        }
        guard rest.isEmpty else { throw Fault(description: "<\(tag)> has \(rest)") }
        return Element(name: name, attributes: attributes)
    }
}
