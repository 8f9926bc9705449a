/// Writes shapes and texts of an SVG picture.
struct SVGPainter {
    private(set) var body = ""

    mutating func box(
        _ x: Int, _ y: Int, _ width: Int, _ height: Int, fill: String, stroke: String = "none", radius: Int = 8,
        dash: String = ""
    ) {
        body +=
            "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"\(radius)\" fill=\"\(fill)\""
            + (stroke == "none" ? "" : " stroke=\"\(stroke)\" stroke-width=\"1.5\"")
            + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"") + "/>\n"
    }

    /// A text; where it would be longer than `room`, it is made smaller, and then cut short.
    mutating func text(
        _ x: Int, _ y: Int, _ text: String, size: Int = 13, fill: String = "#1f2937", bold: Bool = false,
        anchor: String = "start", room: Int? = nil
    ) {
        var size = size
        var shown = text
        if let room {
            while size > 10, Self.width(text, size: size, bold: bold) > room { size -= 1 }
            while shown.count > 1, Self.width(shown, size: size, bold: bold) > room {
                shown = shown.dropLast(shown.hasSuffix("…") ? 2 : 1) + "…"
            }
        }
        body +=
            "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(size)\" fill=\"\(fill)\""
            + (bold ? " font-weight=\"600\"" : "") + (anchor == "start" ? "" : " text-anchor=\"\(anchor)\"") + ">"
            + (shown == text ? "" : "<title>\(Self.escaped(text))</title>") + "\(Self.escaped(shown))</text>\n"
    }

    /// How wide a text is at most: a letter of the widest usual font, DejaVu Sans, is about 0.6 of its size wide, a bold
    /// one 0.68.
    static func width(_ text: String, size: Int, bold: Bool) -> Int {
        Int(Double(text.count * size) * (bold ? 0.68 : 0.6))
    }

    /// Straight lines from point to point, with an arrow head at the end, and at the start too where asked for.
    mutating func path(
        _ points: [(Int, Int)], stroke: String, dash: String = "", both: Bool = false, arrow: Bool = true
    ) {
        let line = points.enumerated().map { "\($0 == 0 ? "M" : "L")\($1.0) \($1.1)" }.joined(separator: " ")
        let id = stroke.dropFirst()
        body +=
            "<path d=\"\(line)\" fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"1.8\" stroke-linejoin=\"round\""
            + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
            + (arrow ? " marker-end=\"url(#a\(id))\"" : "") + (both ? " marker-start=\"url(#a\(id))\"" : "") + "/>\n"
    }

    /// The whole picture.
    func picture(width: Int, height: Int, title: String, strokes: [String]) -> String {
        let markers = strokes.map { stroke in
            "<marker id=\"a\(stroke.dropFirst())\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\""
                + " markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10z\" fill=\"\(stroke)\"/></marker>"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
            <title>\(Self.escaped(title))</title>
            <defs>\(markers.joined())</defs>
            <rect width="\(width)" height="\(height)" fill="#ffffff"/>
            \(body)</svg>

            """
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}
