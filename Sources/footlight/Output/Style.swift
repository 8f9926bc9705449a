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
    func paint(_ text: some StringProtocol, if wanted: Bool) -> StyledLine {
        text.isEmpty ? "" : paint(StyledLine(text), if: wanted)
    }

    /// `line` so painted, where that is wanted.
    func paint(_ line: StyledLine, if wanted: Bool) -> StyledLine {
        guard wanted else { return line }
        let code: String
        switch self {
        case .plain: return line
        case .bold: code = "1"
        case .dim: code = "2"
        case .red: code = "31"
        case .green: code = "32"
        case .yellow: code = "33"
        case .swatch(let colour):
            let (red, green, blue) = colour.sRGB
            return ("●" as StyledLine).between("38;2;\(red);\(green);\(blue)") + " " + line
        }
        return line.between(code)
    }

    /// How many columns it adds where it is painted.
    var extraColumns: Int {
        if case .swatch = self { 2 } else { 0 }
    }
}
