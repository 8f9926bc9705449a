import Processes
import TestSupport
import Testing

@Suite struct DoctorCommandTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            var check: String
            var verdict: String
            var found: String
            var remedy: String?
        }
        var file: String
        var findings: [Finding]

        func faults() -> [Finding] { findings.filter { $0.verdict == "fault" } }
    }

    private static func node(_ name: String, _ broker: LocalBroker, _ more: String = "") -> String {
        """
        site: home
        node: \(name)
        brokers: [\(broker.address)]
        sensors: [{name: bottom, input: simulated}]
        \(more)

        """
    }

    @Test func `a node with nothing to mend is told so, and the exit code is 0`() async throws {
        try await TestBroker.with { broker in
            let folder = try TemporaryFolder("doctor")
            let file = try folder.write(Self.node("stair-01", broker, "state: \(folder.path)"), to: "stair-01.yaml")
            let result = try await CommandResult.footlight(["doctor", "--config", file]).succeeded()
            #expect(result.output.hasPrefix("\(file)\n"), "\(result.output)")
            #expect(result.output.contains("node stair-01 of site home"))
            #expect(result.output.contains("\(folder.path) can be written to"))
            #expect(result.output.contains("takes us, and speaks"))
            let sum = try #require(result.output.split(separator: "\n").last)
            #expect(sum == "All is well." || sum.hasPrefix("Nothing to mend, "), "\(sum)")
            #expect(result.error.isEmpty)
        }
    }

    @Test func `a node with something to mend: what, what to do, and the exit code is 1`() async throws {
        try await TestBroker.with { broker in
            let folder = try TemporaryFolder("doctor")
            let lacking = "\(folder.path)/lacking"
            let file = try folder.write(Self.node("stair-01", broker, "state: \(lacking)"), to: "stair-01.yaml")
            let text = try await CommandResult.footlight(["doctor", "--config", file])
            #expect(text.code == 1 && text.error.isEmpty, "\(text.error)")
            #expect(text.output.contains("mend  state"), "\(text.output)")
            #expect(text.output.contains("→ Make it: sudo install -d -o footlight"))
            #expect(text.output.split(separator: "\n").last?.hasPrefix("1 to mend") == true, "\(text.output)")

            let json = try await CommandResult.footlight(["doctor", "--config", file, "--json"])
            #expect(json.code == 1)
            let reports: [Report] = try json.json()
            #expect(reports.map(\.file) == [file])
            let faults = reports[0].faults()
            #expect(faults.map(\.check) == ["state"] && faults[0].found == "\(lacking) isn't there")
            #expect(faults[0].remedy == "Make it: sudo install -d -o footlight \(lacking)")
            #expect(reports[0].findings.contains { $0.check == "agent's file" && $0.verdict == "fine" })
        }
    }

    @Test func `of several files each has its report: one that is good, one with a fault in it, one that isn't there`()
        async throws
    {
        try await TestBroker.with { broker in
            let folder = try TemporaryFolder("doctor")
            let good = try folder.write(Self.node("stair-01", broker), to: "good.yaml")
            let bad = try folder.write(Self.node("stair-02", broker, "frameRate: fast"), to: "bad.yaml")
            let (missing, unreadable) = ("\(folder.path)/missing.yaml", folder.path)
            let result = try await CommandResult.footlight(
                ["doctor", "--json"] + [good, bad, missing, unreadable].flatMap { ["--config", $0] })
            #expect(result.code == 1)
            let reports: [Report] = try result.json()
            #expect(reports.map(\.file) == [good, bad, missing, unreadable])
            #expect(reports[0].faults().isEmpty, "\(reports[0].faults())")
            for (report, text) in zip(reports.dropFirst(), ["bad.yaml:5:12: frameRate", "missing.yaml", folder.path]) {
                #expect(report.findings.map(\.check) == ["agent's file"])
                let fault = try #require(report.faults().first)
                #expect(fault.found.contains(text), "\(fault.found)")
                #expect(fault.remedy?.isEmpty == false)
            }
        }
    }
}
