/// A chart of shares (0…1) over time.
struct SVGChart {
    static var width: Int { 760 }
    static var height: Int { 270 }
    static var colours: [String] { ["#b5474f", "#2f6db5"] }

    var title: String
    /// A curve each, from the left edge to the right.
    var curves: [[Double]]
    /// What stands below, evenly.
    var ticks: [String]

    func drawn(at top: Int) -> String {
        let (left, right, upper) = (56, Self.width - 40, top + 34)
        let (wide, high) = (Double(right - left), 180.0)
        var parts = ["<text x=\"16\" y=\"\(top + 18)\" font-weight=\"bold\">\(Self.escaped(title))</text>"]
        for share in [0, 25, 50, 75, 100] {
            let y = upper + Int(high * Double(100 - share) / 100)
            parts.append("<line x1=\"\(left)\" y1=\"\(y)\" x2=\"\(right)\" y2=\"\(y)\" stroke=\"#e3e6ea\"/>")
            parts.append("<text x=\"\(left - 8)\" y=\"\(y + 4)\" text-anchor=\"end\" fill=\"#556\">\(share) %</text>")
        }
        for (index, tick) in ticks.enumerated() {
            let x = left + Int(wide * Double(index) / Double(max(1, ticks.count - 1)))
            parts.append(
                "<text x=\"\(x)\" y=\"\(upper + Int(high) + 18)\" text-anchor=\"middle\" fill=\"#556\">\(tick)</text>")
        }
        for (index, curve) in curves.enumerated() where curve.count > 1 {
            let points = curve.enumerated().map { place, value in
                let x = Double(left) + wide * Double(place) / Double(curve.count - 1)
                let y = Double(upper) + high * (1 - min(1, max(0, value)))
                return "\(x.fixed(1)),\(y.fixed(1))"
            }
            let colour = Self.colours[index % Self.colours.count]
            parts.append(
                "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2.5\" "
                    + "points=\"\(points.joined(separator: " "))\"/>")
        }
        return parts.joined(separator: "\n")
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}
