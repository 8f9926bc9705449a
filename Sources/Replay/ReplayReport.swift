public import Lighting

/// All that a replay found out, as text for people.
public struct ReplayReport: Sendable {
    /// The summary of the log.
    public var log: LogSummary
    /// The names of the sensors that were replayed, as the log has them.
    public var sensors: [String]
    /// Sensors that were left out for a time, and how often.
    public var stuck: [String: Int]
    /// The limit that they passed.
    public var stuckLimit: Duration
    /// The result of each hold.
    public var results: [ReplayResult]
    /// The number of times a week that the light may go off on somebody.
    public var toleratedPerWeek: Double

    /// A report.
    public init(
        log: LogSummary, sensors: [String], stuck: [String: Int], stuckLimit: Duration, results: [ReplayResult],
        toleratedPerWeek: Double
    ) {
        self.log = log
        self.sensors = sensors
        self.stuck = stuck
        self.stuckLimit = stuckLimit
        self.results = results
        self.toleratedPerWeek = toleratedPerWeek
    }

    /// The time that shares refer to: from the first line to the last, or to the end of the last light if that is later.
    public func end(of result: ReplayResult) -> MeshInstant {
        max(log.last ?? .distantPast, result.lastOff ?? .distantPast)
    }

    /// Returns the length of the replay of one hold.
    public func span(of result: ReplayResult) -> Duration {
        log.first.map { end(of: result) - $0 } ?? .zero
    }

    /// The shortest hold that is enough, by the rule; nil where none is, or the log is shorter than a week.
    public var recommended: ReplayResult? {
        guard let first = results.first, isLongEnough else { return nil }
        return HoldChoice.shortest(of: results, tolerated: toleratedPerWeek, span: span(of: first))
    }

    /// Lines that say what was in the log: from when to when, how many events of which sensors, and what wasn't read
    /// and why.
    public var logLines: [String] {
        guard let first = log.first, let last = log.last else {
            return ["\(Figures.grouped(log.lines)) lines, no event"] + log.faultLines
        }
        let names = sensors.count <= 6 ? sensors.joined(separator: ", ") : "\(sensors.count) sensors"
        var lines = [
            "\(LogTime.text(first)) to \(LogTime.text(last)), \(Figures.text(last - first)); "
                + "\(Figures.count(log.lines, "line")), \(Figures.count(log.events, "motion event")) of \(names)"
        ]
        let others = log.skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\(Figures.grouped($0.value)) \($0.key)\(ReplayReport.meaning(of: $0.key))" }
        let skipped =
            others + (log.notChosen > 0 ? ["\(Figures.grouped(log.notChosen)) of motion sensors not chosen"] : [])
        if !skipped.isEmpty { lines.append("skipped: " + skipped.joined(separator: ", ")) }
        if log.longestSilence > .seconds(86_400), let since = log.silentSince {
            lines.append(
                "silent for \(Figures.text(log.longestSilence)) from \(LogTime.text(since)): was the recorder off?")
        }
        for (sensor, times) in stuck.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            lines.append(
                "\(sensor) stuck \(times == 1 ? "once" : "\(Figures.grouped(times)) times"): ON for more than "
                    + "\(Figures.text(stuckLimit)), then left out until OFF")
        }
        if log.unknown > 0 {
            lines.append("\(Figures.count(log.unknown, "event")) unavailable or unknown: taken for no motion")
        }
        if log.reordered > 0 { lines.append("\(Figures.count(log.reordered, "event")) out of order, put in place") }
        return lines + log.faultLines
    }

    /// A row for each hold.
    public var tableLines: [String] {
        var table = AlignedTable([
            "hold", "hours lit", "of the time", "activations", "a day", "off on somebody", "a week", "longest lit",
        ])
        for result in results {
            let span = span(of: result)
            let share = span > .zero ? result.lit.seconds / span.seconds * 100 : 0
            table.add([
                Figures.hold(result.hold), Figures.short(result.lit.seconds / 3600), Figures.tenths(share) + " %",
                Figures.grouped(result.activations),
                Figures.tenths(HoldChoice.perDay(result.activations, in: span)),
                Figures.grouped(result.timesOffOnSomebody),
                Figures.tenths(HoldChoice.perWeek(result.timesOffOnSomebody, in: span)), Figures.text(result.longest),
            ])
        }
        return table.lines
    }

    /// The rule and what follows from it.
    public var recommendationLines: [String] {
        let seen = "motion again within \(Figures.text(ReplayResult.soon)) of going dark"
        let limit = "\(ReplayReport.number(toleratedPerWeek)) times a week"
        guard isLongEnough else {
            return ["Off on somebody: \(seen). Less than a week is too short to recommend a hold by."]
        }
        if let recommended {
            return [
                "\(Figures.hold(recommended.hold)) is the shortest of these that goes off on somebody at most \(limit)",
                "(\(seen)).",
            ]
        }
        return ["None of these goes off on somebody at most \(limit) (\(seen)).", "Try longer ones."]
    }

    /// Returns the light's figures by the hour or the day, with one hold.
    public func rows(of result: ReplayResult, _ histogram: Histogram) -> [Histogram.Row] {
        guard let first = log.first else { return [] }
        return histogram.rows(of: result, exposure: HourOfWeek.exposure(from: first, to: end(of: result)))
    }

    /// A histogram for each hold.
    public func histogramLines(_ histogram: Histogram) -> [String] {
        results.flatMap { result in
            ["", "hold \(Figures.hold(result.hold))"] + histogram.lines(of: rows(of: result, histogram))
        }
    }

    private var isLongEnough: Bool { results.first.map { span(of: $0) >= .seconds(7 * 86_400) } ?? false }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? Figures.grouped(Int(value)) : Figures.tenths(value)
    }

    private static func meaning(of kind: String) -> String {
        switch kind.uppercased() {
        case "D": " (doors)"
        case "T": " (temperature)"
        case "LS": " (light)"
        case "BATP", "BATV": " (batteries)"
        default: ""
        }
    }
}
