/// A line for a terminal. Its literals and styles are ours; every text that is put in has what hides in it written out
/// (``Printable``), wherever it came from: so nobody who prints can forget to.
struct StyledLine: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// What is written, a terminal's codes for styles and colours included.
    private(set) var written: String

    /// A text from anywhere.
    init(_ text: some StringProtocol) { written = Printable.text(String(text)) }

    init(stringLiteral value: String) { written = value }

    init(stringInterpolation: StringInterpolation) { written = stringInterpolation.written }

    private init(written: String) { self.written = written }

    /// The line between two codes of ours: `31` and `0` for red.
    func between(_ code: String, _ end: String = "0") -> StyledLine {
        StyledLine(written: "\u{1b}[\(code)m\(written)\u{1b}[\(end)m")
    }

    /// Without the spaces at its end.
    var trimmed: StyledLine {
        var rest = written[...]
        while rest.last == " " { rest.removeLast() }
        return StyledLine(written: String(rest))
    }

    /// Without so many characters of its beginning, which are plain.
    func dropFirst(_ count: Int) -> StyledLine { StyledLine(written: String(written.dropFirst(count))) }

    static func + (a: StyledLine, b: StyledLine) -> StyledLine { StyledLine(written: a.written + b.written) }

    static func += (a: inout StyledLine, b: StyledLine) { a.written += b.written }

    struct StringInterpolation: StringInterpolationProtocol {
        var written = ""

        init(literalCapacity: Int, interpolationCount: Int) { written.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { written += literal }

        mutating func appendInterpolation(_ line: StyledLine) { written += line.written }

        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            written += Printable.text(value.description)
        }
    }
}

extension Sequence<StyledLine> {
    /// The lines one after another, with a separator of ours between them.
    func joined(separator: StyledLine) -> StyledLine {
        var result: StyledLine = ""
        for (index, line) in enumerated() { result += index == 0 ? line : separator + line }
        return result
    }
}
