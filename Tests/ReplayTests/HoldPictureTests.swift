import Glibc
import Lighting
import Testing

@testable import Replay

@Suite("The picture of hours lit by hold time")
struct HoldPictureTests {
    @Test
    func `a bar for each hold, its figures, and the rule in words; nothing but what XML allows`() {
        let report = ReplayReportTests.report(tolerated: 1e9)
        let svg = HoldPicture(report).svg
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(svg.hasSuffix("</svg>\n"))
        #expect(svg.components("<rect ") == 1 + report.results.count)
        #expect(svg.components("#e8912d") == 1)
        #expect(svg.contains(">30s</text>") && svg.contains(">60s</text>"))
        for line in report.recommendationLines { #expect(svg.contains(">\(line)</text>")) }
        #expect(svg.components("<text ") == svg.components("</text>"))
        if let path = getenv("FOOTLIGHT_PICTURE"), let file = fopen(path, "we") {
            fputs(svg, file)
            fclose(file)
        }
    }

    @Test
    func `without a log, or one shorter than a week, it says so and marks no hold`() {
        let empty = ReplayReport(
            log: LogSummary(), sensors: [], stuck: [:], stuckLimit: .seconds(3600), results: [], toleratedPerWeek: 7)
        let svg = HoldPicture(empty).svg
        #expect(svg.components("<rect ") == 1)
        #expect(svg.contains("too short to recommend"))
        #expect(!svg.contains("#e8912d"))
    }
}

extension String {
    /// How often `part` is in it.
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
