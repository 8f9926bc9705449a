import Foundation
import Testing

@testable import AWSTopology

@Suite("Lint rules")
struct LintRuleTests {
    private func report(_ text: String) throws -> LintReport {
        LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml")
    }

    @Test("The default topology and the clean template give no finding")
    func clean() throws {
        for text in [DefaultTopology.text, CleanTemplate.text] {
            #expect(try report(text).findings.map(\.headline) == [])
        }
    }

    @Test("A fault is found where it is planted, and nothing else is", arguments: PlantedFault.all)
    func fault(_ fault: PlantedFault) throws {
        let text = try #require(fault.template, "the fault changes nothing")
        let findings = try report(text).findings
        let own = findings.filter { $0.rule.id == fault.rule }
        #expect(own.map(\.resource) == [fault.resource])
        #expect(Set(findings.map(\.rule.id)) == fault.along.union([fault.rule]), "\(findings.map(\.headline))")
        // The line is the resource's, or that of what is attached to it.
        let line = try #require(own.first?.place?.line)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[line - 1].contains("\(fault.resource)"))
    }

    @Test("Every rule has a fault that it finds, an id of its own, and says all that it must")
    func everyRule() {
        let ids = LintRule.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(Set(PlantedFault.all.map(\.rule)) == Set(ids))
        for rule in LintRule.all {
            #expect(!rule.why.isEmpty && !rule.remedy.isEmpty && !rule.breaks.isEmpty)
            #expect(rule.id.allSatisfy { $0 == "-" || ($0.isLetter && $0.isLowercase) || $0.isNumber })
        }
    }

    @Test("The documentation has every rule as it is")
    func documentation() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/topology-lint.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        for rule in LintRule.all {
            #expect(text.contains("| `\(rule.id)` | \(rule.severity.rawValue) | \(rule.breaks) | \(rule.why) |"))
        }
    }

    @Test(
        "Faults of the concise form are found too",
        arguments: [
            (
                "without: [NATGatewayB, ElasticAddressB]\noverrides: {NATRouteTableB: {natGateway: NATGatewayA}}",
                "nat-gateway-per-zone"
            ),
            ("overrides: {NATRouteTableB: {natGateway: NATGatewayA}}", "cross-zone-route"),
            ("overrides: {Database: {multiAZ: false}}", "database-single-zone"),
            ("overrides: {Backend: {subnets: [BackendSubnetA]}}", "group-single-zone"),
            ("overrides: {Artefacts: {accessLogs: none}}", "bucket-without-access-logs"),
            ("overrides: {S3Endpoint: {policy: none}}", "gateway-endpoint-without-policy"),
        ])
    func ownForm(_ addition: String, _ rule: String) throws {
        #expect(try report(DefaultTopology.text + addition + "\n").findings.map(\.rule.id) == [rule])
    }

    @Test("Sixteen single points of failure in one template are all found, and nothing else is")
    func together() throws {
        let planted = [
            "nat-gateway-per-zone", "nat-instance", "group-single-zone", "load-balancer-single-zone",
            "database-subnet-group-misses-zones", "endpoint-misses-zones", "gateway-endpoint-misses-route-tables",
            "group-without-elb-health-check", "group-minimum-too-small", "update-minimum-not-below-maximum",
            "instance-without-group", "database-single-zone", "database-without-backups", "bucket-policy-misses-or",
            "public-address", "stored-access-key",
        ]
        let faults = PlantedFault.all.filter { planted.contains($0.rule) }
        let text = try #require(PlantedFault.template(with: faults))
        #expect(Set(try report(text).findings.map(\.rule.id)) == Set(planted))
    }

    @Test("A policy through which somebody still comes in locks nobody out")
    func exception() throws {
        let fault = try #require(PlantedFault.all.first { $0.rule == "bucket-policy-locks-out-owner" }?.template)
        let parts = fault.separated(by: "StringNotEqualsIfExists: {\"aws:SourceVpc\"")
        let text = parts.joined(
            separator: "ArnNotLike: {\"aws:PrincipalArn\": \"arn:aws:iam::1:role/admin\"}\n"
                + "              StringNotEqualsIfExists: {\"aws:SourceVpc\"")
        #expect(try report(text).findings.map(\.headline) == [])
    }
}
