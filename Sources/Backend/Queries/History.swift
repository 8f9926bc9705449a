internal import Lighting

/// What a store tells of sites' history, from its summaries. All throw ``StoreError``.
struct History: Sendable {
    let store: any RecordStore

    // MARK: - Sites and nodes

    /// Sites by their names, behind one; `site`: that one alone.
    func sites(
        only site: String?, after: String = "", limit: Int = 100, at now: Int64
    ) async throws -> TablePage<SiteRow> {
        var query = StoreQuery("SELECT site FROM summary_node WHERE site > \(after)")
        if let site { query.append(" AND site = \(site)") }
        query.append(" GROUP BY site ORDER BY site LIMIT \(Int64(limit) + 1)")
        let names = try await store.rows(query).map { $0[0].text ?? "" }
        let shown = names.prefix(limit)
        guard let first = shown.first, let last = shown.last else { return TablePage(rows: [], next: nil) }
        let nodes = try await store.rows(
            StoreQuery(
                """
                SELECT site, COUNT(*), SUM(CASE WHEN verdict = 'Healthy' THEN 1 ELSE 0 END),
                    SUM(CASE WHEN verdict = 'Unhealthy' THEN 1 ELSE 0 END), SUM(CASE WHEN verdict IS NULL
                        OR verdict IN ('Healthy', 'Unhealthy') THEN 0 ELSE 1 END), MAX(last_at)
                FROM summary_node WHERE site >= \(first) AND site <= \(last) GROUP BY site ORDER BY site
                """))
        var activations: [String: Int64] = [:]
        // One by one: each is a range of its own in the index.
        let quarter = now / Quarter.nanoseconds - Quarter.perDay
        for name in shown {
            let sum = try await store.rows(
                StoreQuery(
                    """
                    SELECT SUM(activations) FROM summary_zone_quarter
                    WHERE site = \(name) AND quarter > \(quarter) AND quarter <= \(quarter + Quarter.perDay)
                    """))
            activations[name] = sum.first?.first?.number
        }
        let rows = nodes.map { row in
            let name = row[0].text ?? ""
            return SiteRow(
                site: name, nodes: row[1].number ?? 0, healthy: row[2].number ?? 0, unhealthy: row[3].number ?? 0,
                unobservable: row[4].number ?? 0, lastRecord: row[5].number, activations: activations[name] ?? 0)
        }
        return TablePage(rows: rows, next: names.count > limit ? RowCursor([.text(last)]) : nil)
    }

    /// A site's nodes as they are now, by their names; `node`: that one alone.
    func nodes(_ site: String, node: String? = nil) async throws -> [NodeRow] {
        var query = StoreQuery(
            """
            SELECT node, verdict, verdict_at, verdict_cause, report, report_at, report_cause, first_at, last_at
            FROM summary_node WHERE site = \(site)
            """)
        if let node { query.append(" AND node = \(node)") }
        query.append(" ORDER BY node LIMIT 10000")
        return try await store.rows(query).map { row in
            NodeRow(
                node: row[0].text ?? "", verdict: row[1].text, verdictAt: row[2].number, verdictCause: row[3].text,
                report: row[4].text, reportAt: row[5].number, reportCause: row[6].text, firstRecord: row[7].number,
                lastRecord: row[8].number)
        }
    }

    // MARK: - Health over time

    static let healthOrder = RowOrder([
        "at": .number, "node": .text, "writer": .text, "boot": .text, "sequence": .number,
    ])

    /// The words on nodes' health within a time.
    func health(_ asked: HistoryQuery, own: Bool? = nil) async throws -> TablePage<HealthRow> {
        var query = StoreQuery(
            """
            SELECT \(sql: History.healthOrder.sql), status, cause FROM summary_health WHERE site = \(asked.site)
            """)
        if let node = asked.node { query.append(" AND node = \(node)") }
        if let own { query.append(" AND own = \(Int64(own ? 1 : 0))") }
        return try await page(of: query, asked, by: History.healthOrder) { row in
            HealthRow(
                at: row[0].number ?? 0, node: row[1].text ?? "", status: row[5].text ?? "", cause: row[6].text ?? "",
                writer: row[2].text ?? "")
        }
    }

    /// What the fleet agent had found of each node by an instant: the state that a time begins with.
    func verdicts(_ site: String, node: String? = nil, at instant: Int64) async throws -> [String: String] {
        var query = StoreQuery(
            """
            SELECT node, (
                SELECT status FROM summary_health WHERE summary_health.site = summary_node.site
                    AND summary_health.node = summary_node.node AND own = 0 AND at < \(instant)
                ORDER BY at DESC, writer DESC, boot DESC, sequence DESC LIMIT 1)
            FROM summary_node WHERE site = \(site)
            """)
        if let node { query.append(" AND node = \(node)") }
        var verdicts: [String: String] = [:]
        for row in try await store.rows(query) { verdicts[row[0].text ?? ""] = row[1].text }
        return verdicts
    }

    // MARK: - Activations

    static let activationOrder = RowOrder(["at": .number, "zone": .text])

    /// Zones' activations within a time.
    func activations(_ asked: HistoryQuery) async throws -> TablePage<ActivationRow> {
        var query = StoreQuery(
            """
            SELECT \(sql: History.activationOrder.sql), bars, late, spread FROM summary_activation
            WHERE site = \(asked.site)
            """)
        if let zone = asked.zone { query.append(" AND zone = \(zone)") }
        return try await page(of: query, asked, by: History.activationOrder) { row in
            let bars = row[2].number ?? 0
            return ActivationRow(
                at: row[0].number ?? 0, zone: row[1].text ?? "", bars: bars, late: row[3].number ?? 0,
                spread: bars > 1 ? row[4].number : nil)
        }
    }

    /// How finely times are told apart.
    enum Step: String, Sendable, CaseIterable {
        case quarter
        case hour
        case day

        /// Its length, nanoseconds.
        var nanoseconds: Int64 {
            switch self {
            case .quarter: Quarter.nanoseconds
            case .hour: 4 * Quarter.nanoseconds
            case .day: Quarter.perDay * Quarter.nanoseconds
            }
        }

        /// The longest time that is told in such steps, days.
        var longestDays: Int64 {
            switch self {
            case .quarter: 8
            case .hour: 32
            case .day: 4000
            }
        }

        /// What suits a time of so many nanoseconds.
        static func suiting(_ time: Int64) -> Step {
            allCases.first { time <= $0.longestDays * Step.day.nanoseconds / 4 } ?? .day
        }
    }

    /// How many activations zones had within a time, and how together they were, by whole steps; days are UTC's.
    func sync(_ asked: HistoryQuery, by step: Step) async throws -> [SyncRow] {
        let length = step.nanoseconds
        let sums = SpreadSteps.columns.map { "SUM(\($0))" }.joined(separator: ", ")
        let (first, end) = (asked.from / length * length, asked.to.roundedUp(to: length))
        let unit = step == .day ? length : Quarter.nanoseconds
        let (table, column) = step == .day ? ("summary_zone_day", "day") : ("summary_zone_quarter", "quarter")
        let perStep = length / unit
        var query = StoreQuery(
            """
            SELECT zone, \(sql: column) / \(sql: "\(perStep)") AS place, SUM(activations), SUM(measured), MAX(late), MAX(spread), \(sql: sums)
            FROM \(sql: table)
            WHERE site = \(asked.site) AND \(sql: column) >= \(first / unit) AND \(sql: column) < \(end / unit)
            """)
        if let zone = asked.zone { query.append(" AND zone = \(zone)") }
        query.append(" GROUP BY zone, place ORDER BY zone, place LIMIT 100000")
        return try await store.rows(query).map { row in
            SyncRow(
                zone: row[0].text ?? "", start: (row[1].number ?? 0) * length, activations: row[2].number ?? 0,
                measured: row[3].number ?? 0, late: row[4].number ?? 0, spread: row[5].number ?? 0,
                counts: row[6...].map { $0.number ?? 0 })
        }
    }

    // MARK: - Motion

    /// How often motion began, by the hours of the week as a clock shows them: 168 rows, Monday's first hour first.
    func motion(_ asked: HistoryQuery, clock: CivilClock) async throws -> [MotionRow] {
        var sums = [Int64](repeating: 0, count: 168)
        for (range, offset) in History.offsets(of: clock, from: asked.from, to: asked.to) {
            let query = StoreQuery(
                """
                SELECT (quarter * 900 + \(Int64(offset))) / 3600 % 168 AS place, SUM(motions) FROM summary_motion
                WHERE site = \(asked.site) AND node = \(asked.node ?? "") AND quarter >= \(range.lowerBound)
                    AND quarter < \(range.upperBound) GROUP BY place
                """)
            for row in try await store.rows(query) {
                guard let place = row[0].number, sums.indices.contains(Int(place)) else { continue }
                // 1970 began on a Thursday.
                sums[(Int(place) + 72) % 168] += row[1].number ?? 0
            }
        }
        return sums.enumerated().map { place, sum in
            MotionRow(weekday: Int64(place / 24 + 1), hour: Int64(place % 24), motions: sum)
        }
    }

    /// The quarters of an hour that begin within a time, in runs of one offset from UTC.
    static func offsets(of clock: CivilClock, from: Int64, to: Int64) -> [(Range<Int64>, Int)] {
        var runs: [(Range<Int64>, Int)] = []
        let end = to.roundedUp(to: Quarter.nanoseconds) / Quarter.nanoseconds
        var quarter = from.roundedUp(to: Quarter.nanoseconds) / Quarter.nanoseconds
        while quarter < end {
            func offset(_ quarter: Int64) -> Int {
                clock.secondsFromUTC(at: MeshInstant(nanoseconds: quarter * Quarter.nanoseconds))
            }
            let present = offset(quarter)
            // By days, then by the quarters of the day in which it changes: no zone changes twice in one.
            var next = min(end, quarter + Quarter.perDay)
            while next < end, offset(next) == present { next = min(end, next + Quarter.perDay) }
            if next < end || offset(next - 1) != present {
                var low = max(quarter, next - Quarter.perDay)
                var high = next
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if offset(middle) == present { low = middle } else { high = middle }
                }
                next = high
            }
            runs.append((quarter..<next, present))
            quarter = next
        }
        return runs
    }

    // MARK: - Logs and activities

    static let logOrder = RowOrder(["at": .number, "node": .text, "boot": .text, "sequence": .number])

    /// Lines of logs within a time.
    func log(_ asked: HistoryQuery) async throws -> TablePage<LogRow> {
        var query = StoreQuery(
            "SELECT \(sql: History.logOrder.sql), level, text FROM summary_log WHERE site = \(asked.site)")
        if let node = asked.node { query.append(" AND node = \(node)") }
        return try await page(of: query, asked, by: History.logOrder) { row in
            LogRow(
                at: row[0].number ?? 0, node: row[1].text ?? "", boot: row[2].text ?? "",
                sequence: row[3].number ?? 0, level: row[4].text ?? "", text: row[5].text ?? "")
        }
    }

    static let activityOrder = RowOrder(["began": .number, "id": .text])

    /// What the fleet agent did to nodes, of what began within a time.
    func activities(_ asked: HistoryQuery) async throws -> TablePage<ActivityRow> {
        var query = StoreQuery(
            """
            SELECT \(sql: History.activityOrder.sql), ended, node, zone, kind, step, status, cause, detail
            FROM summary_activity WHERE site = \(asked.site)
            """)
        if let node = asked.node { query.append(" AND node = \(node)") }
        return try await page(of: query, asked, by: History.activityOrder) { row in
            func text(_ column: Int) -> String { row[column].text ?? "" }
            return ActivityRow(
                began: row[0].number ?? 0, ended: row[2].number, id: text(1), node: text(3), zone: text(4),
                kind: text(5), step: text(6), status: text(7), cause: text(8), detail: text(9))
        }
    }

    /// A page of what a question finds within a time; its rows begin with the columns of their order.
    private func page<Row>(
        of query: StoreQuery, _ asked: HistoryQuery, by order: RowOrder, _ row: ([StoreQuery.Value]) -> Row
    ) async throws -> TablePage<Row> {
        var query = query
        query.append(page: asked, by: order)
        // One more than fits the page was asked for.
        let found = try await store.rows(query)
        let last = found.count > asked.limit ? found.prefix(asked.limit).last : nil
        return TablePage(
            rows: found.prefix(asked.limit).map(row),
            next: last.map { RowCursor(Array($0.prefix(order.columns.count))) })
    }
}

extension Int64 {
    /// The next multiple of a number that is no smaller; the largest numbers are cut to one that is.
    fileprivate func roundedUp(to unit: Int64) -> Int64 {
        let rest = self % unit
        guard rest > 0 else { return self }
        return self > .max - unit ? self - rest : self - rest + unit
    }
}
