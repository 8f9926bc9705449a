/// Help and words about wrong usage, as wide as terminals are.
enum HelpText {
    private static let columns = 80

    /// `text` with its long lines of usage, and what is said of it, broken between words and options, and set in.
    static func wrapped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.count > columns, let colon = line.firstIndex(of: ":"),
                ["Help", "Usage", "USAGE"].contains(line[..<colon])
            else { return String(line) }
            var lines = [""]
            for word in words(of: line) {
                if lines[lines.count - 1].count + word.count + 1 > columns { lines.append("      ") }
                lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// The words of a line of usage; what stands in brackets is one.
    private static func words(of line: Substring) -> [String] {
        var words: [String] = []
        var depth = 0
        for word in line.split(separator: " ") {
            if depth > 0 { words[words.count - 1] += " " + word } else { words.append(String(word)) }
            depth += word.count { $0 == "[" } - word.count { $0 == "]" }
        }
        return words
    }
}
