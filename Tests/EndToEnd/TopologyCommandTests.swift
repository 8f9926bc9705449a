import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `footlight topology …` as it is called from a shell: what it prints, where errors go, and how it ends.
@Suite struct TopologyCommandTests {
    private struct Addresses: Decodable {
        struct Tier: Decodable {
            var name: String
            var subnets: [String]
            var usable: Int
        }
        var tiers: [Tier]
    }

    private struct Report: Decodable {
        struct Finding: Decodable {
            var rule: String
            var line: Int
        }
        var errors: Int
        var findings: [Finding]
    }

    private struct Plan: Decodable {
        struct Step: Decodable {
            var title: String
            var template: String?
        }
        struct Conflict: Decodable { var kind: String }
        var oneStepConflicts: [Conflict]
        var steps: [Step]
    }

    /// One of the unit tests' topologies.
    private func path(_ name: String) -> String {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return "/\(tests)/AWSTopologyTests/Topologies/\(name).yaml"
    }

    private func topology(_ arguments: String...) async throws -> CommandResult {
        try await CommandResult.footlight(["topology"] + arguments)
    }

    @Test func `what init writes is without findings, and so is the template that render makes of it`() async throws {
        let folder = try TemporaryFolder("topology")
        let file = try folder.write(try await topology("init").succeeded().output, to: "backend.yaml")
        #expect(try await topology("lint", file).succeeded().output.hasSuffix("no errors, no warnings, no notes\n"))
        let template = folder.path + "/backend.template.yaml"
        try await topology("render", file, "--format", "cloudformation", "--out", template).succeeded()
        let report: Report = try await topology("lint", template, "--format", "json").succeeded().json()
        #expect(report.findings.isEmpty)
        for format in ["terraform", "mermaid", "svg", "markdown"] {
            #expect(try await topology("render", file, "--format", format).succeeded().output.count > 1000)
        }
    }

    @Test func `addresses has the reference's plan, and refuses what is none`() async throws {
        let plan: Addresses = try await topology("addresses", "--json").succeeded().json()
        #expect(plan.tiers.first { $0.name == "database" }?.usable == 177)
        #expect(plan.tiers.first?.subnets == ["10.0.0.0/25", "10.0.0.128/25", "10.0.1.0/25"])
        let refused = try await topology("addresses", "--vpc", "10.0.0.0/29")
        #expect(refused.code == 64 && refused.output.isEmpty && refused.error.contains("a VPC of /16 to /28"))
    }

    @Test func `lint ends by the gravest finding, and says where a file is wrong`() async throws {
        let warned = try await topology("lint", path("two-zones"), "--format", "json")
        let report: Report = try warned.json()
        #expect(warned.code == 1 && report.findings.map(\.rule) == ["no-room-for-another-zone"])
        let accepted = try await topology(
            "lint", path("two-zones"), "--suppress", "no-room-for-another-zone=two are all there will be")
        #expect(accepted.code == 0 && accepted.output.contains("1 suppressed"))
        let folder = try TemporaryFolder("topology")
        let single = try folder.write(
            "Resources: {Data: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres}}}", to: "single.yaml")
        #expect(try await topology("lint", single).code == 2)
        let broken = try folder.write("zones: [a\n", to: "broken.yaml")
        let wrong = try await topology("lint", broken)
        #expect(wrong.code == 65 && wrong.output.isEmpty && wrong.error.hasPrefix("\(broken):2: "))
        let absent = try await topology("lint", folder.path + "/absent.yaml")
        #expect(absent.code == 65 && absent.error.contains("can't be read"))
        #expect(try await topology("lint").code == 64)
    }

    @Test func `lint takes a folder, reads nested stacks with what they are given, and says what it passed over`()
        async throws
    {
        let folder = try TemporaryFolder("topology")
        try folder.write(
            "Resources: {Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ./net.yaml, "
                + "Parameters: {Multi: 'false'}}}, Queue: {Type: 'AWS::SQS::Queue'}}", to: "main.yaml")
        try folder.write(
            "Parameters: {Multi: {Type: String}}\n"
                + "Resources: {Data: {Type: 'AWS::RDS::DBInstance', Properties: {MultiAZ: !Ref Multi}}}", to: "net.yaml"
        )
        try folder.write("{\"name\": \"x\"}", to: "package.json")
        let found = try await topology("lint", folder.path)
        #expect(found.code == 2)
        #expect(found.output.contains("/net.yaml:2: error: [database-single-zone] Net/Data has no standby"))
        #expect(found.output.contains("AWS::SQS::Queue (1 resource)"))
        #expect(found.output.hasSuffix("package.json: not read: it describes no topology\n"))
        #expect(found.output.split(separator: "\n").count { $0.contains("Net/Data has no standby") } == 1)
        let child = try ChildProcess(
            "/bin/sh",
            [
                "-c", "\"$1\" topology lint - < \"$2\"", "sh", try Release.present.path("footlight"),
                folder.path + "/main.yaml",
            ])
        _ = try await child.end(within: .seconds(20))
        #expect(child.output.contains("-:1: the nested stack Net"))
    }

    @Test func `simulate outage answers the same to the same seed, and knows its zones`() async throws {
        let calls = ["simulate", "outage", path("three-zones"), "--zone", "b", "--trials", "500", "--json"]
        let once = try await CommandResult.footlight(["topology"] + calls).succeeded()
        struct Simulation: Decodable {
            struct Outcome: Decodable {
                struct Fleet: Decodable { var untouchedExact: Double }
                var fleet: Fleet
            }
            var outcome: Outcome
        }
        let simulation: Simulation = try once.json()
        #expect(abs(simulation.outcome.fleet.untouchedExact - 40.0 / 3) < 1e-3)
        #expect(try await CommandResult.footlight(["topology"] + calls).output == once.output)
        let wrong = try await topology("simulate", "outage", "--zone", "z")
        #expect(wrong.code == 64 && wrong.error.contains("a, b, c"))
    }

    @Test func `migrate writes a runbook and a template per phase, and refuses what can't be done`() async throws {
        let folder = try TemporaryFolder("topology")
        let out = folder.path + "/plan"
        let plan: Plan = try await topology(
            "migrate", path("two-zones"), path("three-zones"), "--out", out, "--json"
        ).succeeded().json()
        #expect(!plan.oneStepConflicts.isEmpty)
        let templates = plan.steps.compactMap(\.template)
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: out))
                == Set(templates + ["00-before.yaml", "runbook.md"]))
        let last = try await topology("lint", "\(out)/\(try #require(templates.last))")
        #expect(last.code == 0, "\(last.output)")
        let again = try await topology("migrate", path("two-zones"), path("three-zones"), "--out", out)
        #expect(again.code == 64 && again.error.contains("isn't empty"))
        let back = try await topology(
            "migrate", path("three-zones"), path("two-zones"), "--order", "reference")
        #expect(back.code == 1 && back.output.isEmpty)
        #expect(back.error.contains("refused:\n  Ingest: an application load balancer spans two zones"))
    }

    @Test func `import writes what every other command takes, and takes standard input`() async throws {
        let folder = try TemporaryFolder("topology")
        let template = folder.path + "/network.template.yaml"
        try await topology("render", path("two-zones"), "--format", "cloudformation", "--out", template).succeeded()
        let imported = try await topology("import", template).succeeded()
        #expect(imported.error.contains("not said: "))
        let mine = try folder.write(imported.output, to: "mine.yaml")
        for file in [mine, template] {
            try await topology("cost", file).succeeded()
            try await topology("simulate", "outage", file, "--zone", "b", "--trials", "100").succeeded()
            try await topology("render", file, "--format", "mermaid").succeeded()
            let calls = ["migrate", file, path("three-zones"), "--order", "reference", "--json"]
            let plan: Plan = try await CommandResult.footlight(["topology"] + calls).succeeded().json()
            #expect(plan.steps.count == 25)
        }
        #expect(try await topology("diff", path("two-zones"), template).code == 0)
        let wrong = try folder.write("resources: {databaseInstances: {A: {engine: postgress}}}\n", to: "wrong.yaml")
        let refused = try await topology("cost", wrong)
        #expect(refused.code == 65 && refused.error.contains("did you mean \"postgres\"?"))
    }

    @Test func `diff ends with 1 for a difference, cost adds up`() async throws {
        struct Difference: Decodable { var same: Bool }
        let different = try await topology("diff", path("two-zones"), path("three-zones"), "--json")
        #expect(different.code == 1)
        #expect(try different.json(Difference.self).same == false)
        #expect(try await topology("diff", path("two-zones"), path("two-zones")).code == 0)
        #expect(try await topology("diff", path("two-zones"), path("no-zones")).code == 65)

        struct Cost: Decodable {
            struct Part: Decodable { var monthly: Double }
            var monthly: Double
            var parts: [Part]
        }
        let costs: [Cost] = try await topology("cost", "--zones", "compare", "--json").succeeded().json()
        #expect(costs.count == 2)
        for cost in costs { #expect(abs(cost.parts.reduce(0) { $0 + $1.monthly } - cost.monthly) < 0.1) }
        let large = try await topology("cost", "--sites", "1000000", "--records", "1000000").succeeded()
        #expect(large.output.contains("allocatedStorage is full after 0 months"))
        #expect(try await topology("cost", "--records", "1000001").code == 64)
        let wrong = try await topology("cost", "--zones", "9")
        #expect(wrong.code == 64 && wrong.error.contains("from 1 to 6"))
    }
}
