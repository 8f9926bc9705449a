internal import Glibc

/// What standard output and error are written to. All that is printed goes through here: a test looks that nothing else
/// prints.
enum Screen {
    /// Writes a line to standard output.
    static func show(_ line: StyledLine) { print(line.written) }

    /// Writes a text of several lines, each with its end.
    static func show(lines text: String) { print(Printable.lines(text), terminator: "") }

    /// Writes JSON.
    static func show(json text: String) { print(Printable.json(text), terminator: "") }

    /// Writes a document that is kept: as it is, but on a terminal.
    static func show(document text: String) {
        print(isatty(1) == 1 ? Printable.lines(text) : text, terminator: "")
    }

    /// Wipes the terminal.
    static func clear() { print("\u{1b}[H\u{1b}[2J", terminator: "") }

    /// Whether colours may be used on a descriptor: a terminal that has some, and a person who didn't decline.
    static func isColourful(_ descriptor: Int32) -> Bool {
        guard isatty(descriptor) == 1 else { return false }
        if let word = Environment["NO_COLOR"], !word.isEmpty { return false }
        return Environment["TERM"] != "dumb"
    }

    /// How many columns standard output has; nil where it is no terminal.
    static var columns: Int? {
        guard isatty(1) == 1 else { return nil }
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
