internal import Mesh

/// What all pages have in common: head, ways to the others, and the foot.
struct PageFrame: Sendable {
    /// The pages of a site.
    enum Place: String, Sendable, CaseIterable {
        case health = ""
        case activations = "/activations"
        case motion = "/motion"

        var title: String {
            switch self {
            case .health: "Health"
            case .activations: "Activations"
            case .motion: "Motion"
            }
        }
    }

    var title: String
    /// The site; nil: none in particular.
    var site: String?
    /// Which of the site's pages.
    var place: Place?
    /// Whether somebody is logged in.
    var isLoggedIn = true
    /// By whose clock times are told; nil: there are none.
    var time: PageTime?

    func html(_ content: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · Footlight</title>
        <link rel="stylesheet" href="/style.css">
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
        <p class="brand">\(brand)</p>
        \(navigation)
        \(isLoggedIn ? PageFrame.logout : nil)
        </header>
        <main id="content" tabindex="-1">
        <h1>\(title)</h1>
        \(content)
        </main>
        <footer>
        <p>\(times)footlight-backend \(Version.text)</p>
        </footer>
        </body>
        </html>

        """
    }

    private static let logout: HTML = """
        <form method="post" action="/logout"><button class="plain" type="submit">Log out</button></form>
        """

    private var brand: HTML { isLoggedIn ? "<a href=\"/sites\">Footlight</a>" : "Footlight" }

    private var times: HTML {
        guard let time else { return "" }
        return "Times of \(time.timeZone ?? "the backend’s time zone"), as of \(time.full(time.now)). "
    }

    private var navigation: HTML? {
        guard let site else { return nil }
        let links = Place.allCases.map { place -> HTML in
            let current: HTML = place == self.place ? " aria-current=\"page\"" : ""
            return "<li><a href=\"/sites/\(site)\(place.rawValue)\"\(current)>\(place.title)</a></li>\n"
        }
        return """
            <nav aria-label="Site \(site)"><ul>
            <li class="site">\(site)</li>
            \(links)</ul></nav>
            """
    }

    /// Links to a page over other times. `query`: what else the page is asked for, such as `&zone=stair`.
    static func spans(_ path: String, _ span: PageSpan, query: String = "") -> HTML {
        let links = PageSpan.allCases.map { other -> HTML in
            let current: HTML = other == span ? " aria-current=\"true\"" : ""
            return "<li><a href=\"\(path)?span=\(other.rawValue)\(query)\"\(current)>\(other.title)</a></li>\n"
        }
        return "<nav class=\"choice\" aria-label=\"Time\"><ul>\n\(links)</ul></nav>"
    }

    /// A table that may be wider than the screen. `numbers`: the columns of figures.
    static func table(_ label: String, head: [HTML], numbers: ClosedRange<Int>? = nil, rows: [HTML]) -> HTML {
        let columns = head.enumerated().map { place, text -> HTML in
            let look: HTML? = numbers?.contains(place) ?? false ? " class=\"number\"" : nil
            return "<th scope=\"col\"\(look)>\(text)</th>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(label)" tabindex="0"><table>
            <thead><tr>\(columns)</tr></thead>
            <tbody>
            \(rows.map { "<tr>\($0)</tr>\n" as HTML })</tbody>
            </table></div>
            """
    }

    /// Links to the figures of a page.
    static func exports(_ path: String, _ query: String) -> HTML {
        """
        <p class="exports">These figures as <a href="\(path)?\(query)&amp;format=csv">CSV</a>,
        <a href="\(path)?\(query)&amp;format=ndjson">lines of JSON</a></p>
        """
    }

    /// A status in words, which colour and mark repeat.
    static func status(_ text: String?) -> HTML {
        guard let text else { return "<span class=\"muted\">–</span>" }
        return "<span class=\"status \(HealthStrip.Look(text).rawValue)\">\(text)</span>"
    }
}
