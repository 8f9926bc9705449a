/// All sites that somebody may read.
struct SitesPage: Sendable {
    let page: TablePage<SiteRow>
    let time: PageTime

    var html: HTML {
        let rows = page.rows.map { site -> HTML in
            """
            <th scope="row"><a href="/sites/\(site.site)">\(site.site)</a></th>\
            <td>\(state(site))</td><td class="number">\(site.nodes)</td>\
            <td class="number">\(PageTime.count(site.activations))</td><td>\(time.brief(site.lastRecord))</td>
            """
        }
        let empty: HTML = """
            <p>There is no record yet. A site’s fleet agent sends its records once its file <code>fleet.yaml</code> names this \
            backend and a token; they show here within seconds.</p>
            """
        let table = PageFrame.table(
            "Sites", head: ["Site", "Nodes’ health", "Nodes", "Activations in 24 h", "Last record"],
            numbers: 2...3, rows: rows)
        return PageFrame(title: "Sites", time: time).html(
            """
            \(page.rows.isEmpty ? empty : table)
            \(page.next.map { "<p><a href=\"/sites?after=\($0.description)\">More sites</a></p>" as HTML })
            """)
    }

    private func state(_ site: SiteRow) -> HTML {
        let parts: [(Int64, HealthStrip.Look, String)] = [
            (site.unhealthy, .bad, "Unhealthy"), (site.unobservable, .unknown, "unobservable"),
            (site.healthy, .good, "Healthy"),
        ]
        let texts = parts.filter { $0.0 > 0 }.map { count, look, name -> HTML in
            "<span class=\"status \(look.rawValue)\">\(count) \(name)</span> "
        }
        return texts.isEmpty ? PageFrame.status(nil) : "\(texts)"
    }
}
