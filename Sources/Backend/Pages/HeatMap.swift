/// How often motion began by hour and weekday, as a table whose cells are the darker the more.
struct HeatMap: Sendable {
    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    /// How many shades there are beside none.
    private static let shades: Int64 = 6

    let rows: [MotionRow]

    var html: HTML {
        let largest = rows.map(\.motions).max() ?? 0
        var cells: [Int64: Int64] = [:]
        for row in rows { cells[row.hour * 7 + row.weekday - 1] = row.motions }
        let lines = (0..<24).map { hour -> HTML in
            let line = (0..<7).map { day -> HTML in
                let motions = cells[Int64(hour * 7 + day)] ?? 0
                // The first shade is for the least there is, the last for the most.
                let shade = motions == 0 ? 0 : 1 + (HeatMap.shades - 1) * motions / max(1, largest)
                return "<td class=\"heat-\(shade)\">\(motions == 0 ? "" : PageTime.count(motions))</td>"
            }
            return
                "<tr><th scope=\"row\">\(hour < 10 ? "0" : "")\(hour)<span class=\"wide\">:00</span></th>\(line)</tr>\n"
        }
        return """
            <table class="heat">
            <thead><tr><th scope="col">Hour</th>\(HeatMap.weekdays.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>
            \(lines)</tbody>
            </table>
            """
    }
}
