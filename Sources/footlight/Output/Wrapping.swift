/// Texts in as many lines as a terminal needs.
enum Wrapping {
    /// The text, its further lines behind `margin`; where the output is no terminal, or the margin leaves no room, it is
    /// one line, which programs can look through.
    static func wrap(_ text: String, margin: String) -> StyledLine {
        guard let columns = Screen.columns else { return StyledLine(text) }
        return lines(of: Printable.text(text), columns: columns - margin.count).map { StyledLine($0) }
            .joined(separator: "\n" + StyledLine(margin))
    }

    /// The text in lines of at most `columns`, parted between words; one line where there is no room to speak of.
    static func lines(of text: String, columns: Int) -> [String] {
        guard columns >= 30 else { return [text] }
        var lines = [""]
        for word in text.split(separator: " ") {
            if let line = lines.last, !line.isEmpty, line.count + 1 + word.count > columns {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
            }
        }
        return lines
    }
}
