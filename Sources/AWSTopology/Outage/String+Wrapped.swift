extension String {
    /// A line broken at spaces to at most 110 columns; what follows is indented by two more than the line.
    var wrapped: String {
        let margin = String(prefix { $0 == " " })
        var lines: [String] = []
        var line = margin
        for word in dropFirst(margin.count).split(separator: " ") {
            if line.count + word.count >= 110, line.contains(where: { $0 != " " }) {
                lines.append(line)
                line = margin + "  " + word
            } else {
                line += (line.allSatisfy { $0 == " " } ? "" : " ") + word
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
