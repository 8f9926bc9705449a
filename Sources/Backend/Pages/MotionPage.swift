/// When people move at a site.
struct MotionPage: Sendable {
    let site: String
    let span: PageSpan
    let time: PageTime
    /// The one node whose sensors are counted; nil: all.
    let node: String?
    let rows: [MotionRow]
    /// The nodes that there are to choose from.
    let nodes: [String]

    var html: HTML {
        let total = rows.reduce(0) { $0 + $1.motions }
        let path = "/sites/\(site)/motion"
        let options = nodes.map { name -> HTML in
            "<option\(name == node ? " selected" : "")>\(name)</option>\n"
        }
        let query =
            "from=\(time.now - span.nanoseconds)" + (node.map { "&node=\($0)" } ?? "")
            + (time.timeZone.map { "&timezone=\($0)" } ?? "")
        return PageFrame(title: "\(site): motion", site: site, place: .motion, time: time).html(
            """
            \(PageFrame.spans(path, span, query: node.map { "&node=\($0)" } ?? ""))
            <form class="choose" method="get" action="\(path)">
            <input type="hidden" name="span" value="\(span.rawValue)">
            <label for="node">Sensors of</label>
            <select id="node" name="node"><option value="">all nodes</option>
            \(options)</select>
            <button type="submit">Show</button>
            </form>
            <p>Motion began \(PageTime.count(total)) times: by hour and weekday.</p>
            \(HeatMap(rows: rows).html)
            \(PageFrame.exports("/v1/sites/\(site)/motion", query))
            """)
    }
}
