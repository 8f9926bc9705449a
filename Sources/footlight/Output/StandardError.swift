internal import Glibc

/// Where sentences go that are no output: errors, warnings.
enum StandardError {
    /// Writes a line.
    static func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes what a person should know although the command goes on.
    static func warn(_ sentence: String) {
        write(Style.yellow.paint("warning: ", if: Screen.isColourful(2)) + sentence)
    }
}
