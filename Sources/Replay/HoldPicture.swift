import Lighting

/// A drawing in SVG of the time for which the light would be on with each hold time, and of its cost to people.
public struct HoldPicture: Sendable {
    private static let width = 760
    private static let plot = (left: 64, right: 736, top: 64, bottom: 300)

    private let report: ReplayReport

    /// The picture of a report.
    public init(_ report: ReplayReport) { self.report = report }

    /// The drawing: a bar for each hold, hours lit a day; under it how often a week it would go off on somebody; the hold
    /// recommended in another colour, and why in words.
    public var svg: String {
        let (left, right, top, bottom) = HoldPicture.plot
        let results = report.results
        let hours = results.map { result in
            let span = report.span(of: result)
            return span > .zero ? result.lit.seconds / span.seconds * 24 : 0
        }
        let highest = HoldPicture.scale(hours.max() ?? 0)
        func height(_ value: Double) -> Double { Double(bottom - top) * value / highest }
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(HoldPicture.width) 430\" "
                + "font-family=\"sans-serif\" font-size=\"13\" role=\"img\">",
            "<title>Hours lit by hold time</title>",
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
            HoldPicture.text("Hours lit a day, by hold time", left, 30, size: 18),
        ]
        if let first = report.log.firstText, let last = report.log.lastText {
            let names = report.sensors.count == 1 ? "1 sensor" : "\(report.sensors.count) sensors"
            lines.append(HoldPicture.text("\(first) to \(last), \(names)", left, 50, colour: "#666"))
        }
        for step in 0...4 {
            let y = Double(bottom) - Double(bottom - top) * Double(step) / 4
            lines.append("<path d=\"M\(left) \(HoldPicture.number(y))H\(right)\" stroke=\"#ddd\"/>")
            lines.append(
                HoldPicture.text(
                    HoldPicture.number(highest * Double(step) / 4) + " h", left - 8, Int(y) + 4, anchor: "end",
                    colour: "#666"))
        }
        let room = Double(right - left) / Double(max(1, results.count))
        for (index, result) in results.enumerated() {
            let isChosen = result.hold == report.recommended?.hold
            let middle = Double(left) + room * (Double(index) + 0.5)
            let tall = height(hours[index])
            let wide = min(56, room * 0.6)
            lines.append(
                "<rect x=\"\(HoldPicture.number(middle - wide / 2))\" y=\"\(HoldPicture.number(Double(bottom) - tall))\" "
                    + "width=\"\(HoldPicture.number(wide))\" height=\"\(HoldPicture.number(tall))\" "
                    + "fill=\"\(isChosen ? "#e8912d" : "#9db8d2")\"/>")
            let x = Int(middle)
            let weight = isChosen ? "bold" : "normal"
            lines.append(
                HoldPicture.text(
                    Figures.short(hours[index]), x, Int(Double(bottom) - tall) - 6, anchor: "middle", weight: weight))
            lines.append(
                HoldPicture.text(Figures.hold(result.hold), x, bottom + 20, anchor: "middle", weight: weight))
            let often = HoldChoice.perWeek(result.timesOffOnSomebody, in: report.span(of: result))
            lines.append(
                HoldPicture.text(
                    Figures.tenths(often), x, bottom + 58, anchor: "middle",
                    colour: often <= report.toleratedPerWeek ? "#2a7d3f" : "#b3261e", weight: weight))
        }
        lines.append(HoldPicture.text("Times a week that it goes off on somebody:", left, bottom + 40, colour: "#666"))
        var y = bottom + 92
        for line in report.recommendationLines {
            lines.append(HoldPicture.text(line, left, y, size: 14))
            y += 20
        }
        return (lines + ["</svg>", ""]).joined(separator: "\n")
    }

    /// The end of the scale: one that four steps divide into round figures, the whole day at most.
    private static func scale(_ value: Double) -> Double {
        var unit = 0.04
        while unit < 24 {
            for factor in [1.0, 2, 5] where value <= unit * factor { return unit * factor }
            unit *= 10
        }
        return 24
    }

    /// At most two decimals, without zeros at the end.
    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
        guard part != 0 else { return "\(whole)" }
        return part % 10 == 0 ? "\(whole).\(part / 10)" : "\(whole).\(part < 10 ? "0" : "")\(part)"
    }

    private static func text(
        _ text: String, _ x: Int, _ y: Int, size: Int? = nil, anchor: String? = nil, colour: String? = nil,
        weight: String = "normal"
    ) -> String {
        var attributes = "x=\"\(x)\" y=\"\(y)\""
        if let size { attributes += " font-size=\"\(size)\"" }
        if let anchor { attributes += " text-anchor=\"\(anchor)\"" }
        if let colour { attributes += " fill=\"\(colour)\"" }
        if weight != "normal" { attributes += " font-weight=\"\(weight)\"" }
        let escaped = text.reduce(into: "") { result, letter in
            switch letter {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(letter)
            }
        }
        return "<text \(attributes)>\(escaped)</text>"
    }
}
