/// A figure over time as bars: the drawing stretches, texts don't, so that it can be read on a phone too.
struct BarChart: Sendable {
    var title: String
    /// The figure of each step; nil: there is none.
    var values: [Int64?]
    /// How a figure is told.
    var text: @Sendable (Int64) -> String
    /// What the axis says, from its start to its end.
    var axis: [String]
    /// How it is drawn: `count` or `time`.
    var look: String

    var html: HTML {
        let largest = values.compactMap { $0 }.max() ?? 0
        let bars = values.enumerated().compactMap { place, value -> HTML? in
            guard let value, value > 0, largest > 0 else { return nil }
            // What there is shows, however small.
            let height = max(1, Int((Double(value) / Double(largest) * 100).rounded()))
            return "<rect x=\"\(place * 10 + 1)\" y=\"\(100 - height)\" width=\"8\" height=\"\(height)\"/>"
        }
        let words =
            largest > 0
            ? "\(title), from \(axis.first ?? "") to \(axis.last ?? ""): at most \(text(largest))" : "\(title): none"
        return """
            <figure class="chart">
            <figcaption>\(title)</figcaption>
            <p class="top" aria-hidden="true">\(largest > 0 ? text(largest) : "none")</p>
            <svg class="\(look)" viewBox="0 0 \(max(1, values.count) * 10) 100" preserveAspectRatio="none" role="img" aria-label="\(words)">\(bars)</svg>
            <p class="axis" aria-hidden="true">\(axis.map { "<span>\($0)</span>" as HTML })</p>
            </figure>
            """
    }
}
