internal import Documents

/// Sentences about numbers and names.
enum Words {
    /// `1 bar`, `2 bars`
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// `7 %`, or `less than 1 %`
    static func percent(_ part: Double, of whole: Double) -> String {
        let percent = whole > 0 ? min(100, max(0, part / whole * 100)) : 0
        return percent < 1 ? "less than 1 %" : "\(Int(percent.rounded())) %"
    }

    /// `; did you mean stairs?`, or what names there are.
    static func proposal(for name: String, among names: some Collection<String>, noun: String) -> String {
        if let near = Spelling.nearest(to: name, in: names) { return "did you mean \(near)?" }
        if names.isEmpty { return "there is none" }
        let shown = names.sorted().prefix(12)
        let more = names.count - shown.count
        if names.count == 1 { return "there is only \(shown[0])" }
        return "there are \(noun) \(shown.joined(separator: ", "))"
            + (more > 0 ? " and \(more) more" : "")
    }
}
