internal import Fleet

/// What has changed from one report to the next, a line each.
struct HealthChanges {
    private var told: [String: String] = [:]
    private var problems: Set<String> = []

    /// What is to be told of a report that wasn't told before; of the first, everything.
    mutating func take(_ report: HealthReport) -> [StyledLine] {
        var facts: [(about: String, words: String)] = []
        let judge = report.fleetAgent.map { "fleet agent \($0) leads" } ?? "no fleet agent leads"
        facts.append((report.site, judge + (report.fleetAgentProblem.map { "; \($0)" } ?? "")))
        for group in report.groups {
            var words = "\(group.healthy) of \(group.desiredCapacity) healthy"
            if group.standby > 0 { words += ", \(group.standby) in Standby" }
            if group.sleeping { words = "sleeping" }
            if let refresh = group.refresh { words += "; refresh \(refresh)" }
            if let holding = group.holding { words += "; holds back: \(holding)" }
            if let attention = group.attention { words += "; needs a person: \(attention)" }
            facts.append((group.zone, words))
        }
        for row in report.nodes {
            facts.append((row.node, "\(row.healthStatus.rawValue) \(row.lifecycleState)" + row.reason))
        }
        for row in report.telemetry {
            facts.append(("telemetry by \(row.agent)", row.error.map(Printable.text) ?? "works"))
        }
        var lines: [StyledLine] = []
        for (number, fact) in facts.enumerated() {
            // A zone and a node may have the same name.
            let key = number <= report.groups.count ? "group \(fact.about)" : fact.about
            guard told.updateValue(fact.words, forKey: key) != fact.words else { continue }
            lines.append("\(fact.about): \(fact.words)")
        }
        lines += report.problems.filter { !problems.contains($0) }.map { StyledLine("\(report.site): \($0)") }
        problems = Set(report.problems)
        return lines
    }
}

extension HealthRow {
    /// The cause where there is one to tell of.
    fileprivate var reason: String { cause.isEmpty ? "" : ": \(cause)" }
}
