extension OutageReport {
    /// The report for a terminal.
    public var text: String {
        [
            lostSection, startedSection, recoverySection, databaseSection, secondSection, fleetSection,
            comparisonSection,
            assumptions,
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var lostSection: String {
        var text = "\(name): the loss of \(request.zone), one of \(impact.lost.count + impact.left.count) zones\n\n"
        text += "Lost with the zone\n"
        let subnets = impact.resources.filter { $0.contains("Subnet") }
        let others = impact.resources.filter { !$0.contains("Subnet") }
        text += "  \(subnets.count) subnets: \(subnets.joined(separator: ", "))\n".wrapped
        if !others.isEmpty { text += "  \(others.joined(separator: ", "))\n" }
        if !impact.thinned.isEmpty {
            text += "  an address each of \(impact.thinned.joined(separator: ", "))\n".wrapped
        }
        for group in impact.groups where group.lost.upperBound > 0 {
            text += "  \(Self.range(group.lost)) of the \(group.desired) instances of \(group.name)\n"
        }
        for database in impact.databases { text += "  \(database.name): \(database.verdict)\n".wrapped }
        text += Self.verdicts(impact)
        return text
    }

    private static func verdicts(_ impact: OutageImpact) -> String {
        var text = ""
        if !impact.down.isEmpty { text += "  DOWN, no zone left: \(impact.down.joined(separator: ", "))\n".wrapped }
        if !impact.cutOff.isEmpty {
            text += "  CUT OFF, their way out led through the zone: \(impact.cutOff.joined(separator: ", "))\n".wrapped
        }
        if !impact.irreplaceable.isEmpty {
            text += "  NOT REPLACED, instances in no group: \(impact.irreplaceable.joined(separator: ", "))\n".wrapped
        }
        return text.isEmpty ? "  Everything else goes on in \(list(impact.left)).\n" : text
    }

    private var startedSection: String {
        var rows = [["subnet", "block", "usable", "in use", "started", "at max size", ""]]
        for group in impact.groups where group.lost.upperBound > 0 {
            for room in group.rooms {
                let verdict = room.network == nil ? "block unknown" : room.isEnough ? "enough" : "NOT ENOUGH"
                rows.append([
                    room.subnet, room.network?.description ?? "?", "\(room.usable)", "\(room.used)",
                    "up to \(room.started)", "\(room.growth) more", verdict,
                ])
            }
        }
        guard rows.count > 1 else { return "" }
        var text = "Started elsewhere: instances, and the addresses for them\n" + TextTable.rendered(rows)
        if let load = impact.left.isEmpty ? nil : 1 / Double(impact.left.count) {
            text +=
                "  Capacity: everyone in \(request.zone) asks the others for it: \(load.percent) more load on each.\n"
        }
        return text
    }

    private var recoverySection: String {
        let groups = outcome.groups.filter { $0.replaced != nil }
        guard !groups.isEmpty else { return "" }
        var rows = [["", "5 %", "median", "90 %", "99 %", "longest"]]
        for group in groups {
            let steps = [
                ("no request to what is lost", group.unsent), ("Auto Scaling replaces it", group.noticed),
                ("replacements take requests", group.replaced), ("replacements are warm", group.settled),
            ]
            for (what, times) in steps {
                let cells = OutageDistribution.shown.map { times?.percentile($0).map(\.asTime) ?? "never" }
                rows.append(["\(group.name): \(what)"] + cells)
            }
        }
        var text = "Time after the loss until … (\(request.trials) trials, seed \(request.seed))\n"
        text += TextTable.rendered(rows)
        for group in groups where group.restarts >= 0.005 {
            text += """
                  \(group.name): \(group.restarts.fixed(2)) replacements per lost instance are taken down before they are \
                ready: the health check grace period is too short.

                """
        }
        return text
    }

    private var databaseSection: String {
        let hit = outcome.databases.filter { !$0.alone.isEmpty }
        guard !hit.isEmpty else { return "" }
        var text = "State of the database over time, the lost zone being any of its zones\n"
        for database in hit {
            let points = [0, 1, 3, 6, 12, 24, 36, 42, 48, 54].filter { $0 < database.alone.count }
            let hours = points.map { ($0 * 600).asHours }
            var rows = [[database.name] + hours]
            rows.append(["with synchronous standby"] + points.map { database.protected[$0].percent })
            rows.append(["without one"] + points.map { database.alone[$0].percent })
            rows.append(["down"] + points.map { database.down[$0].percent })
            text += TextTable.rendered(rows)
        }
        return text
    }

    private var secondSection: String {
        guard let second, let both = secondImpact else { return "" }
        var text = "\(second.zone) is lost as well, \(second.after.briefly) later "
        text += "(\(request.zone) is still away in \(second.firstStillAway.percent) of the trials)\n"
        text += "  While both are away:\n" + Self.verdicts(both)
        for group in both.groups where !group.zonesLeft.isEmpty {
            let load = Double(1) / Double(group.zonesLeft.count)
            text += "  \(group.name): started again in \(Self.list(group.zonesLeft)), which takes "
            text += "\((Double(both.lost.count) * load).percent) on top of its own load\n"
        }
        for database in second.databases {
            text +=
                "  \(database.name): goes on \(database.answers.percent), fails over \(database.failsOver.percent), "
            text += "down \(database.down.percent)"
            text +=
                database.down > 0
                ? "; restored from backups it lacks up to \(request.timings.backupInterval.briefly)\n" : "\n"
        }
        return text
    }

    private var assumptions: String {
        "Times and rates\n"
            + TextTable.rendered(request.timings.notes.map { [$0.what, $0.value, $0.source] })
    }

    static func range(_ range: ClosedRange<Int>) -> String {
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) or \(range.upperBound)"
    }

    static func list(_ zones: [AvailabilityZone]) -> String {
        zones.isEmpty ? "no zone" : zones.map(\.name).joined(separator: " and ")
    }
}

extension Int {
    /// Seconds as `10 min`, `2 h`.
    fileprivate var asHours: String { self == 0 ? "0" : self < 3600 ? "\(self / 60) min" : "\(self / 3600) h" }
}
