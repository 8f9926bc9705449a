import Lighting
import Testing

@testable import Replay

@Suite("The report says what was found, in words and figures")
struct ReplayReportTests {
    static func report(tolerated: Double = 7) -> ReplayReport {
        var home = LivedInHome(seed: 1, rooms: 5)
        let (events, parser) = MotionLogParserTests.parse(LivedInHome.log(home.events(50_000)))
        let results = [30, 60].map { hold in
            ZoneReplayTests.run(events, sensors: 5, hold: .seconds(hold)).result
        }
        return ReplayReport(
            log: parser.summary, sensors: parser.sensors, stuck: ["M003": 2], stuckLimit: .seconds(3600),
            results: results, toleratedPerWeek: tolerated)
    }

    @Test
    func `columns are aligned, whatever the figures`() {
        let lines = Self.report().tableLines
        #expect(lines.count == 3)
        #expect(Set(lines.map(\.count)).count == 1)
        #expect(lines[1].hasPrefix("30s "))
    }

    @Test(arguments: [(0.0, nil), (1e9, Duration.seconds(30))])
    func `the recommended hold is the shortest that keeps the rule`(tolerated: Double, hold: Duration?) {
        #expect(Self.report(tolerated: tolerated).recommended?.hold == hold)
    }

    @Test(arguments: Histogram.allCases)
    func `a histogram has a row for each hour or day, and together they are the whole`(_ histogram: Histogram) {
        let report = Self.report()
        let result = report.results[0]
        let exposure = HourOfWeek.exposure(from: report.log.first ?? .distantPast, to: report.end(of: result))
        #expect(exposure.reduce(0, +) == report.span(of: result).nanoseconds)
        #expect(histogram.lines(of: report.rows(of: result, histogram)).count == (histogram == .hour ? 25 : 8))
    }

    @Test(arguments: [
        (0.0, "0s"), (2.5, "2.5s"), (45, "45s"), (60, "1m"), (125, "2m 05s"), (3600, "1h"), (12_000, "3h 20m"),
        (1_051_200, "12d 4h"),
    ])
    func `times are as people read them`(seconds: Double, text: String) {
        #expect(Figures.text(.seconds(seconds)) == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func `numbers are grouped`(number: Int, text: String) {
        #expect(Figures.grouped(number) == text)
    }

    @Test(arguments: ["2010-11-04 00:03", "2012-02-29 23:59", "2000-03-01 00:00", "2099-12-31 12:00"])
    func `the text of an instant is the one that was read`(text: String) {
        let (events, _) = MotionLogParserTests.parse("\(text):07 M001 ON\n")
        #expect(events.map { LogTime.text($0.time) } == [text])
        #expect(events.map { LogTime.textWithSeconds($0.time) } == [text + ":07"])
    }
}
