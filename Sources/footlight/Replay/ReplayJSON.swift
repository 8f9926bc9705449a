internal import Lighting
internal import Replay

/// A replay's report for programs.
struct ReplayJSON: Encodable {
    struct Hold: Encodable {
        var holdSeconds: Double
        var litHours: Double
        var litShare: Double
        var activations: Int
        var switchOnsPerDay: Double
        var offOnSomebody: Int
        var offOnSomebodyPerWeek: Double
        var longestLitSeconds: Double
        /// With `--by`: a row for each hour of the day or day of the week.
        var histogram: [Row]?
    }

    struct Row: Encodable {
        var name: String
        var litShare: Double
        var switchOns: Int
        var offOnSomebody: Int
    }

    var lines: Int
    var motionEvents: Int
    var sensors: [String]
    var first: String?
    var last: String?
    var days: Double
    var skippedByKind: [String: Int]
    var notChosen: Int
    var malformed: Int
    var faults: [String]
    var reordered: Int
    var late: Int
    var longestSilenceSeconds: Double
    var stuck: [String: Int]
    var holds: [Hold]
    var toleratedPerWeek: Double
    var recommendedHoldSeconds: Double?

    init(_ report: ReplayReport, by histogram: Histogram?) {
        let log = report.log
        lines = log.lines
        motionEvents = log.events
        sensors = report.sensors
        (first, last) = (log.firstText, log.lastText)
        days = (report.results.first.map { report.span(of: $0).seconds } ?? 0) / 86_400
        skippedByKind = log.skipped
        notChosen = log.notChosen
        malformed = log.malformed
        faults = (log.lateFaults + log.faults).map(\.description)
        reordered = log.reordered
        late = log.late
        longestSilenceSeconds = log.longestSilence.seconds
        stuck = report.stuck
        toleratedPerWeek = report.toleratedPerWeek
        recommendedHoldSeconds = report.recommended?.hold.seconds
        holds = report.results.map { result in
            let span = report.span(of: result)
            return Hold(
                holdSeconds: result.hold.seconds, litHours: result.lit.seconds / 3600,
                litShare: span > .zero ? result.lit.seconds / span.seconds : 0, activations: result.activations,
                switchOnsPerDay: HoldChoice.perDay(result.activations, in: span),
                offOnSomebody: result.timesOffOnSomebody,
                offOnSomebodyPerWeek: HoldChoice.perWeek(result.timesOffOnSomebody, in: span),
                longestLitSeconds: result.longest.seconds,
                histogram: histogram.map { report.rows(of: result, $0).map(Row.init) })
        }
    }
}

extension ReplayJSON.Row {
    init(_ row: Histogram.Row) {
        self.init(
            name: row.name, litShare: row.litShare, switchOns: row.switchOns, offOnSomebody: row.offOnSomebody)
    }
}
