/// A site's activations, and how together the bars of each zone lit.
struct ActivationsPage: Sendable {
    let site: String
    let span: PageSpan
    let time: PageTime
    /// The one zone that is shown; nil: all.
    let zone: String?
    /// By ``PageSpan/step``.
    let sync: [SyncRow]
    let latest: TablePage<ActivationRow>

    /// So many zones are drawn: those with the most activations.
    private static let drawn = 12

    var html: HTML {
        let zones = Dictionary(grouping: sync, by: \.zone)
        let sums = zones.compactMap { _, rows -> SyncRow? in
            guard var sum = rows.first else { return nil }
            for row in rows.dropFirst() { sum.add(row) }
            return sum
        }
        let busiest = Set(
            sums.sorted { ($1.activations, $0.zone) < ($0.activations, $1.zone) }.prefix(ActivationsPage.drawn).map(
                \.zone))
        let ordered = sums.sorted { $0.zone < $1.zone }
        let query = "from=\(time.now - span.nanoseconds)" + (zone.map { "&zone=\($0)" } ?? "")
        return PageFrame(title: "\(site): activations", site: site, place: .activations, time: time).html(
            """
            \(PageFrame.spans(path, span, query: zone.map { "&zone=\($0)" } ?? ""))
            \(zone.map { "<p>Zone \($0) alone. <a href=\"\(path)?span=\(span.rawValue)\">All zones</a></p>" as HTML })
            \(sums.isEmpty ? "<p>No activation in this time.</p>" : table(ordered))
            \(ordered.filter { busiest.contains($0.zone) }.map { charts($0, zones[$0.zone] ?? []) })
            <h2>The latest</h2>
            \(latestTable)
            \(PageFrame.exports("/v1/sites/\(site)/activations", query))
            """)
    }

    private var path: String { "/sites/\(site)/activations" }

    private func table(_ sums: [SyncRow]) -> HTML {
        let head: [HTML] = [
            "Zone", "Activations", "Half within", "95 % within", "99 % within", "Largest", "Latest light",
        ]
        return """
            <p>How far apart the bars of a zone lit, against the plan that each of them follows; by activations of two bars or more.</p>
            \(PageFrame.table(
                "Zones", head: head, numbers: 1...6,
                rows: sums.map { sum in
                    """
                    <th scope="row"><a href="\(path)?span=\(span.rawValue)&amp;zone=\(sum.zone)">\(sum.zone)</a></th>\
                    <td class="number">\(PageTime.count(sum.activations))</td><td class="number">\(PageTime.short(sum.bound(0.5)))</td>\
                    <td class="number">\(PageTime.short(sum.bound(0.95)))</td><td class="number">\(PageTime.short(sum.bound(0.99)))</td>\
                    <td class="number">\(PageTime.short(sum.measured > 0 ? sum.spread : nil))</td>\
                    <td class="number">\(PageTime.short(sum.late))</td>
                    """
                }))
            """
    }

    private func charts(_ sum: SyncRow, _ rows: [SyncRow]) -> HTML {
        let length = span.step.nanoseconds
        let first = (time.now - span.nanoseconds) / length
        let count = Int(time.now / length - first + 1)
        var activations = [Int64?](repeating: nil, count: count)
        var spreads = activations
        for row in rows {
            let place = Int(row.start / length - first)
            guard activations.indices.contains(place) else { continue }
            activations[place] = row.activations
            spreads[place] = row.bound(0.95)
        }
        let axis = (0...3).map { part -> String in
            let instant = (first + Int64(count) * Int64(part) / 3) * length
            return span == .day ? time.time(min(instant, time.now), seconds: false) : time.date(min(instant, time.now))
        }
        return """
            <section class="zone">
            <h2>\(sum.zone)</h2>
            \(BarChart(
                title: "Activations per \(span.step.title)", values: activations, text: { PageTime.count($0) }, axis: axis,
                look: "count").html)
            \(BarChart(
                title: "95 % of them lit within", values: spreads, text: { PageTime.short($0) }, axis: axis, look: "time").html)
            </section>

            """
    }

    private var latestTable: HTML {
        guard !latest.rows.isEmpty else { return "<p>None in this time.</p>" }
        return PageFrame.table(
            "The latest activations", head: ["When", "Zone", "Bars", "Lit within", "Latest light"], numbers: 2...4,
            rows: latest.rows.map { row in
                """
                <td>\(time.html(row.at))</td><td>\(row.zone)</td><td class="number">\(row.bars)</td>\
                <td class="number">\(PageTime.short(row.spread))</td><td class="number">\(PageTime.short(row.late))</td>
                """
            })
    }
}
