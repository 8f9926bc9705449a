extension OutageReport {
    /// Two zones beside three as an SVG picture: capacity, and the database's standby, over time.
    public var svg: String {
        var charts: [SVGChart] = []
        if let a = two.groups.first, let b = three.groups.first, !a.curve.isEmpty {
            let count = Int(plottedSeconds / CapacityCurve.step) + 1
            charts.append(
                SVGChart(
                    title: "Instances of \(a.name) in service after the loss of a zone",
                    curves: [Array(a.curve.prefix(count)), Array(b.curve.prefix(count))],
                    ticks: (0...5).map { (plottedSeconds / 5 * Double($0)).asTime }))
        }
        for (a, b) in zip(two.databases, three.databases) where !a.alone.isEmpty {
            charts.append(
                SVGChart(
                    title: "Chance that \(a.name) has no synchronous standby",
                    curves: [a.protected.map { 1 - $0 }, b.protected.map { 1 - $0 }],
                    ticks: ["0", "3 h", "6 h", "9 h"]))
        }
        let height = 70 + charts.count * SVGChart.height
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(SVGChart.width) \(height)\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"\(SVGChart.width)\" height=\"\(height)\" fill=\"#ffffff\"/>",
            "<text x=\"16\" y=\"28\" font-size=\"16\">\(SVGChart.escaped(name)): the loss of a zone, "
                + "\(request.trials) trials</text>",
        ]
        for (index, label) in ["two zones", "three zones"].enumerated() {
            let x = 16 + index * 120
            parts.append(
                "<rect x=\"\(x)\" y=\"42\" width=\"18\" height=\"4\" fill=\"\(SVGChart.colours[index])\"/>"
                    + "<text x=\"\(x + 24)\" y=\"49\">\(label)</text>")
        }
        for (index, chart) in charts.enumerated() { parts.append(chart.drawn(at: 64 + index * SVGChart.height)) }
        return parts.joined(separator: "\n") + "\n</svg>\n"
    }
}
