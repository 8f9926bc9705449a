internal import Lighting

/// How a word stands out on a terminal.
enum Style: Sendable, Hashable {
    case plain
    case bold
    case dim
    case red
    case green
    case yellow
    /// After a dot of this colour.
    case swatch(Colour)

    /// `text` so painted, where that is wanted.
    func paint(_ text: String, if wanted: Bool) -> String {
        guard wanted, !text.isEmpty else { return text }
        let code: String
        switch self {
        case .plain: return text
        case .bold: code = "1"
        case .dim: code = "2"
        case .red: code = "31"
        case .green: code = "32"
        case .yellow: code = "33"
        case .swatch(let colour):
            let (red, green, blue) = colour.sRGB
            return "\u{1b}[38;2;\(red);\(green);\(blue)m●\u{1b}[0m " + text
        }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }

    /// How many columns it adds where it is painted.
    var extraColumns: Int {
        if case .swatch = self { 2 } else { 0 }
    }
}
