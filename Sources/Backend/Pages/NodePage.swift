/// A node: how it is, what was done to it, and its log.
struct NodePage: Sendable {
    let site: String
    let span: PageSpan
    let time: PageTime
    let node: NodeRow
    let strip: HealthStrip
    let activities: [ActivityRow]
    /// The newest first.
    let log: TablePage<LogRow>
    /// Whether the log begins further back.
    let isContinued: Bool

    var html: HTML {
        let path = "/sites/\(site)/nodes/\(node.node)"
        return PageFrame(title: "\(site): \(node.node)", site: site, time: time).html(
            """
            <dl class="facts">
            <div><dt>The fleet agent finds it</dt><dd>\(PageFrame.status(node.verdict)) \(why(node.verdictCause, node.verdictAt))</dd></div>
            <div><dt>It reports itself</dt><dd>\(PageFrame.status(node.report)) \(why(node.reportCause, node.reportAt))</dd></div>
            <div><dt>First record</dt><dd>\(time.ago(node.firstRecord))</dd></div>
            <div><dt>Last record</dt><dd>\(time.ago(node.lastRecord))</dd></div>
            </dl>
            \(PageFrame.spans(path, span))
            <h2>Health</h2>
            \(node.verdict == nil ? "<p>No fleet agent judges it.</p>" : strip.html)
            <p class="muted">\(strip.words); from \(time.full(strip.from)) to now.</p>
            <h2>What was done</h2>
            \(HealthPage.activities(activities, site: site, time: time, label: "What was done"))
            <h2>Log</h2>
            \(lines)
            \(log.next.map { "<p><a href=\"\(path)?span=\(span.rawValue)&amp;after=\($0.description)\">Older lines</a></p>" as HTML })
            \(isContinued ? "<p><a href=\"\(path)?span=\(span.rawValue)\">The newest lines</a></p>" : nil)
            \(PageFrame.exports("/v1/sites/\(site)/log", "from=\(time.now - span.nanoseconds)&node=\(node.node)"))
            """)
    }

    private func why(_ cause: String?, _ at: Int64?) -> HTML {
        guard let at else { return "" }
        let cause: HTML? = cause.flatMap { $0.isEmpty ? nil : "<span class=\"cause\">\($0)</span>" }
        return "\(cause) <span class=\"muted\">since</span> \(time.html(at))"
    }

    private var lines: HTML {
        guard !log.rows.isEmpty else { return "<p>No line in this time.</p>" }
        return PageFrame.table(
            "Log", head: ["When", "Level", "Line"],
            rows: log.rows.map { line in
                """
                <td>\(time.html(line.at))</td><td class="level \(line.level == "error" || line.level == "critical" ? "bad" : "")">\(line.level)</td>\
                <td class="line">\(line.text)</td>
                """
            })
    }
}
