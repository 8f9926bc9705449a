/// A site's fleet: how its nodes are now, how they were, and what was done.
struct HealthPage: Sendable {
    let site: String
    let span: PageSpan
    let time: PageTime
    let nodes: [NodeRow]
    /// What was found of nodes, the oldest first, from ``from`` on.
    let verdicts: [HealthRow]
    /// Since when ``verdicts`` are all there are: later than the span's start where there are very many.
    let from: Int64
    /// What had been found by then.
    let states: [String: String]
    /// The latest words, of fleet agents and nodes.
    let words: [HealthRow]
    let activities: [ActivityRow]

    /// So many nodes are drawn.
    private static let drawn = 300

    var html: HTML {
        PageFrame(title: "\(site): health", site: site, place: .health, time: time).html(
            """
            \(nodes.isEmpty ? "<p>There is no record of this site.</p>" : now)
            <h2>Over time</h2>
            \(PageFrame.spans("/sites/\(site)", span))
            \(strips)
            <h2>Changes</h2>
            \(changes)
            <h2>What was done</h2>
            \(HealthPage.activities(activities, site: site, time: time, label: "What was done"))
            \(PageFrame.exports("/v1/sites/\(site)/health", "from=\(time.now - span.nanoseconds)"))
            """)
    }

    private var now: HTML {
        func count(_ look: HealthStrip.Look) -> Int {
            nodes.filter { $0.verdict.map(HealthStrip.Look.init) == look }.count
        }
        let tiles = [(HealthStrip.Look.good, "Healthy"), (.bad, "Unhealthy"), (.unknown, "unobservable")].map {
            look, name -> HTML in
            "<div class=\"tile \(look.rawValue)\"><dt>\(name)</dt><dd>\(count(look))</dd></div>\n"
        }
        return """
            <dl class="tiles">
            \(tiles)</dl>
            """
    }

    /// What needs a look comes first.
    private var ordered: [NodeRow] {
        func rank(_ node: NodeRow) -> Int {
            switch node.verdict.map(HealthStrip.Look.init) {
            case .bad: 0
            case .unknown: 1
            case .good: node.report == "Unhealthy" ? 2 : 3
            case nil: 4
            }
        }
        return nodes.sorted { (rank($0), $0.node) < (rank($1), $1.node) }
    }

    private var strips: HTML {
        guard !nodes.isEmpty else { return "" }
        let byNode = Dictionary(grouping: verdicts, by: \.node)
        let rows = ordered.prefix(HealthPage.drawn).map { node -> HTML in
            let strip = HealthStrip(
                from: from, to: time.now, state: states[node.node], words: byNode[node.node] ?? [])
            let cause = node.verdict == nil ? node.reportCause : node.verdictCause
            return """
                <th scope="row"><a href="/sites/\(site)/nodes/\(node.node)">\(node.node)</a></th>\
                <td>\(PageFrame.status(node.verdict))</td><td class="drawn">\(node.verdict == nil ? "<span class=\"muted\">not judged</span>" : strip.html)</td>\
                <td class="cause">\(cause ?? "")</td><td>\(time.brief(node.lastRecord))</td>
                """
        }
        let legend: HTML = """
            <p class="legend"><span class="key good"></span> Healthy <span class="key unknown"></span> unobservable \
            <span class="key bad"></span> Unhealthy; from \(time.full(from)) to now</p>
            """
        let rest: HTML? =
            nodes.count > HealthPage.drawn ? "<p>\(nodes.count - HealthPage.drawn) more nodes aren’t drawn.</p>" : nil
        return """
            \(legend)
            \(PageFrame.table("Nodes", head: ["Node", "Now", "Over time", "Why", "Last record"], rows: Array(rows)))
            \(rest)
            """
    }

    private var changes: HTML {
        guard !words.isEmpty else { return "<p>None in this time.</p>" }
        return PageFrame.table(
            "Changes", head: ["When", "Node", "Status", "Why", "Said by"],
            rows: words.map { word in
                """
                <td>\(time.html(word.at))</td><td><a href="/sites/\(site)/nodes/\(word.node)">\(word.node)</a></td>\
                <td>\(PageFrame.status(word.status))</td><td class="cause">\(word.cause)</td><td>\(word.writer)</td>
                """
            })
    }

    static func activities(_ rows: [ActivityRow], site: String, time: PageTime, label: String) -> HTML {
        guard !rows.isEmpty else { return "<p>Nothing in this time.</p>" }
        return PageFrame.table(
            label, head: ["Began", "Node", "What", "Status", "Why", "Outcome"],
            rows: rows.map { row in
                let lasted: HTML =
                    row.ended.map { " <span class=\"muted\">after \(PageTime.span($0 - row.began))</span>" } ?? ""
                return """
                    <td>\(time.html(row.began))</td><td><a href="/sites/\(site)/nodes/\(row.node)">\(row.node)</a></td>\
                    <td>\(row.kind): \(row.step)</td><td>\(row.status)\(lasted)</td><td class="cause">\(row.cause)</td>\
                    <td class="cause">\(row.detail)</td>
                    """
            })
    }
}
