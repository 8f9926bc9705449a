internal import Glibc

/// Where sentences go that are no output: errors, warnings.
enum StandardError {
    /// Writes a line.
    static func write(_ line: StyledLine) { write(bytes: line.written + "\n") }

    /// Writes a text of several lines.
    static func write(lines text: String) { write(bytes: Printable.lines(text) + "\n") }

    private static func write(bytes text: String) {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes what a person should know although the command goes on.
    static func warn(_ sentence: StyledLine) {
        write(Style.yellow.paint("warning: ", if: Screen.isColourful(2)) + sentence)
    }
}
