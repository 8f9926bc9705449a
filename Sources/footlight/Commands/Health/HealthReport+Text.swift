internal import Fleet

extension HealthReport {
    /// The report for a person, each line within `columns`; nil: as long as it needs.
    func lines(columns: Int?, colourful: Bool) -> [StyledLine] {
        var lines: [StyledLine] = [headline(colourful: colourful), ""]
        if !groups.isEmpty { lines += groupTable.lines(columns: columns, colourful: colourful) + [""] }
        lines += nodeTable.lines(columns: columns, colourful: colourful)
        if !telemetry.isEmpty { lines.append("") }
        for row in telemetry {
            let wrapped = columns.map { Wrapping.lines(of: row.words, columns: $0 - 2) } ?? [row.words]
            for (number, line) in wrapped.enumerated() { lines.append(StyledLine((number == 0 ? "" : "  ") + line)) }
        }
        let remarks = remarks(columns: columns)
        if !remarks.isEmpty { lines.append("") }
        for remark in remarks {
            let wrapped = columns.map { Wrapping.lines(of: remark, columns: $0 - 2) } ?? [remark]
            for (number, line) in wrapped.enumerated() {
                lines.append((number == 0 ? Style.red.paint("! ", if: colourful) : "  ") + StyledLine(line))
            }
        }
        return lines
    }

    private func headline(colourful: Bool) -> StyledLine {
        let word =
            healthy ? Style.green.paint("healthy", if: colourful) : Style.red.paint("not healthy", if: colourful)
        let judge = fleetAgent.map { "fleet agent \($0)" } ?? "no fleet agent: by nodes' own reports"
        return "\(Style.bold.paint(site, if: colourful)): \(word) (\(judge))"
    }

    private var groupTable: Table {
        var table = Table(["GROUP", "DESIRED", "IN SERVICE", "HEALTHY", "STATE"])
        for group in groups {
            table.add([
                Table.Cell(group.zone, .bold), Table.Cell("\(group.desiredCapacity)"), Table.Cell("\(group.inService)"),
                Table.Cell("\(group.healthy)", group.isFine ? .green : .red), group.state,
            ])
        }
        return table
    }

    private var nodeTable: Table {
        var table = Table(["NODE", "HEALTH", "STATE", "REPORT", "WHY"])
        for row in nodes {
            let style: Style =
                switch row.healthStatus {
                case .healthy: .green
                case .unhealthy: row.isFine ? .yellow : .red
                case .unobservable: .yellow
                }
            table.add([
                Table.Cell(row.node), Table.Cell(row.healthStatus.rawValue, style), Table.Cell(row.lifecycleState),
                Table.Cell(row.reportAgeSeconds.map { HumanTime.span($0, precise: false) } ?? "none"),
                Table.Cell(row.cause),
            ])
        }
        return table
    }

    /// What doesn't fit a table's line: a sentence each.
    private func remarks(columns: Int?) -> [String] {
        var remarks: [String] = []
        if let problem = fleetAgentProblem {
            remarks.append(fleetAgent.map { "\($0)'s own view is poor: \(problem)" } ?? problem)
        }
        for group in groups {
            if let attention = group.attention { remarks.append("\(group.zone) needs a person: \(attention)") }
            if let holding = group.holding { remarks.append("\(group.zone) holds back: \(holding)") }
        }
        if let columns {
            // Causes that the table has no room for.
            let cut = nodeTable.lines(columns: columns, colourful: false).dropFirst()
            let untold = zip(nodes, cut).filter { !$0.isFine && $1.written.hasSuffix("…") }.map(\.0)
            for (cause, rows) in Dictionary(grouping: untold, by: \.cause).sorted(by: { $0.key < $1.key }) {
                let names = rows.count > 4 ? Words.count(rows.count, "node") : rows.map(\.node).joined(separator: ", ")
                remarks.append("\(names): \(cause)")
            }
        }
        return (remarks + problems).map(Printable.text)
    }
}

extension HealthReport.Telemetry {
    /// `telemetry by fleet-a: 12 records wait (4 KB of 67 MB), the oldest for 3 s; sent 2 s ago`
    var words: String {
        let count = Words.count(records, "record") + (records == 1 ? " waits" : " wait")
        let oldest = oldestAgeSeconds.map { ", the oldest for \(HumanTime.span($0, precise: false))" } ?? ""
        let sent = lastSuccessAgeSeconds.map { "sent \(HumanTime.span($0, precise: false)) ago" } ?? "nothing sent yet"
        let text =
            "telemetry by \(agent): \(count) (\(bytes / 1000) KB of \(limitBytes / 1_000_000) MB)\(oldest); \(sent)"
        return Printable.text(text + (error.map { "; \($0)" } ?? ""))
    }
}

extension HealthReport.Group {
    /// What goes on, or is not as usual.
    fileprivate var state: Table.Cell {
        var words: [String] = []
        if sleeping { words.append("sleeping") }
        if standby > 0 { words.append("\(standby) in Standby") }
        if let refresh { words.append("refresh " + refresh) }
        if holding != nil { words.append("holding back") }
        if attention != nil { words.append("needs a person") }
        if !suspendedProcesses.isEmpty {
            words.append("suspended: " + suspendedProcesses.map(\.rawValue).joined(separator: " "))
        }
        return Table.Cell(words.joined(separator: ", "), holding == nil && attention == nil ? .plain : .yellow)
    }
}
