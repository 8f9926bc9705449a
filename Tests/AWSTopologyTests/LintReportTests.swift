import Testing
import YAML

@testable import AWSTopology

@Suite("Lint reports")
struct LintReportTests {
    private let faulty = """
        Resources:
          Database:
            Type: AWS::RDS::DBInstance
            Properties: {MultiAZ: false, StorageEncrypted: true, BackupRetentionPeriod: 7, DeletionProtection: true}

        """

    private func report(_ text: String, _ suppressions: [LintSuppression] = []) throws -> LintReport {
        LintReport(
            of: try TopologyDocument(reading: text, file: "db.yaml"), file: "db.yaml", suppressions: suppressions)
    }

    @Test
    func `text is like a compiler's, with why and what to do, and sums`() throws {
        let text = try report(faulty).text
        #expect(
            text.hasPrefix(
                """
                db.yaml:2: error: [database-single-zone] Database has no standby in another zone
                    the database is gone for as long as its zone is, and a restore elsewhere loses the newest data \
                (T8; AWS Security Hub, RDS.5)
                    do: MultiAZ: true, with a subnet group over three zones

                """))
        #expect(text.hasSuffix("db.yaml: 1 error, no warnings, 1 note\n"))
        let first = try #require(report(faulty).lines.first)
        #expect(first.map(\.role) == [.place, .plain, .severity(.error), .plain])
    }

    @Test(arguments: [
        ("MultiAZ: false", 2), ("MultiAZ: true", 0), ("MultiAZ: true, DeletionProtection: false", 1),
    ])
    func `the exit code is that of the gravest finding`(_ change: String, _ code: Int32) throws {
        var text = faulty.separated(by: "MultiAZ: false").joined(separator: change)
        if change.contains("Deletion") { text = text.separated(by: ", DeletionProtection: true").joined() }
        #expect(try report(text).exitCode == code)
    }

    @Test
    func `JSON and SARIF are well formed and name rule, place and level`() throws {
        let report = try report(
            faulty, [try LintSuppression(rule: "database-without-logs", reason: "a \"test\"\\database")])
        let json = try YAML.parse(report.json)
        #expect(json["findings"]?.items?.first?["line"]?.text == "2")
        #expect(json["suppressed"]?.items?.first?["reason"]?.text == "a \"test\"\\database")
        let run = try #require(try YAML.parse(report.sarif)["runs"]?.items?.first)
        let rules = run["tool"]?["driver"]?["rules"]?.items
        #expect(rules?.count == LintRule.all.count)
        let result = try #require(run["results"]?.items?.first)
        #expect(result["ruleId"]?.text == "database-single-zone" && result["level"]?.text == "error")
        let index = try #require(result["ruleIndex"]?.text.flatMap { Int($0) })
        #expect(rules?[index]["id"]?.text == "database-single-zone")
        let place = result["locations"]?.items?.first?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"]?.text == "db.yaml" && place?["region"]?["startLine"]?.text == "2")
        #expect(run["results"]?.items?.last?["suppressions"]?.items?.count == 1)
    }

    @Test(arguments: [
        "Metadata: {Footlight: {suppress: [{rule: database-single-zone, reason: a test's}]}}\n\(0)",
        "Metadata: {Footlight: {suppress: [{rule: database-single-zone, resource: Database, reason: a test's}]}}\n\(0)",
        "\(0)    Metadata: {Footlight: {suppress: [{rule: database-single-zone, reason: a test's}]}}\n",
    ])
    func `what a template accepts with a reason is no finding`(_ frame: String) throws {
        let report = try report(frame.separated(by: "0").joined(separator: faulty))
        #expect(report.exitCode == 0)
        #expect(report.suppressed.map(\.suppression?.reason) == ["a test's"])
        #expect(report.text.contains("db.yaml: no errors, no warnings, 1 note; 1 suppressed"))
    }

    @Test
    func `a topology of our own has a list of what is accepted`() throws {
        let text =
            DefaultTopology.text + "overrides: {Database: {multiAZ: false}}\n"
            + "suppress: [{rule: database-single-zone, reason: cheap}]\n"
        #expect(try report(text).exitCode == 0)
        #expect(try report(text).suppressed.count == 1)
    }

    @Test
    func `a suppression elsewhere accepts nothing here`() throws {
        let option = try LintSuppression(option: "database-single-zone@Other=because")
        #expect(try report(faulty, [option]).exitCode == 2)
        #expect(try report(faulty, [LintSuppression(option: "database-single-zone@Database=because")]).exitCode == 0)
    }

    @Test(arguments: [
        ("database-single-zone", "add \"reason:\" and why this is acceptable here"),
        ("database-single-zone=  ", "add \"reason:\" and why this is acceptable here"),
        ("database-singel-zone=x", "did you mean \"database-single-zone\"?"),
        ("=x", "footlight topology lint --list-rules shows them"),
    ])
    func `a suppression without a reason, or of no rule, is an error`(_ option: String, _ remedy: String) {
        #expect(throws: TopologyError.self) { try LintSuppression(option: option) }
        let error = #expect(throws: TopologyError.self) { try LintSuppression(option: option) }
        #expect(error?.remedy == remedy)
    }

    @Test
    func `a suppression without a reason in a file is an error with its line`() {
        let text = faulty + "    Metadata: {Footlight: {suppress: [{rule: database-single-zone}]}}\n"
        let error = #expect(throws: TopologyError.self) { try report(text) }
        #expect(error?.place?.line == 5)
    }

    @Test
    func `unknown parameters are refused, with what was probably meant`() {
        let error = #expect(throws: TopologyError.self) {
            try TopologyDocument(
                reading: "Parameters: {MultiAZ: {Type: String}}\n" + faulty, file: "t", parameters: ["MultAZ": "x"])
        }
        #expect(error?.remedy == "did you mean \"MultiAZ\"?")
    }

    @Test
    func `several files are one report, with what wasn't read`() throws {
        let good = try report("Resources: {Q: {Type: AWS::SQS::Queue}}")
        let reports = LintReports(
            [good, try report(faulty)], skipped: [.init(file: "x.json", reason: "it describes no topology")])
        #expect(reports.exitCode == 2)
        #expect(reports.lines.last?.map(\.text).joined() == "x.json: not read: it describes no topology")
        let json = try YAML.parse(reports.json)
        #expect(json["reports"]?.items?.count == 2 && json["notRead"]?.items?.count == 1)
        #expect(try YAML.parse(reports.sarif)["runs"]?.items?.count == 2)
        #expect(LintReports([good]).json == good.json)
    }
}
