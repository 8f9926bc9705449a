import Foundation
import TestSupport
import Testing

@testable import AWSTopology

@Suite("Lint rules")
struct LintRuleTests {
    private func report(_ text: String) throws -> LintReport {
        LintReport(of: try TopologyDocument(reading: text, file: "t.yaml"), file: "t.yaml")
    }

    @Test
    func `the default topology and the clean template give no finding`() throws {
        for text in [DefaultTopology.text, CleanTemplate.text] {
            #expect(try report(text).findings.map(\.headline) == [])
        }
    }

    @Test(arguments: PlantedFault.all)
    func `a fault is found where it is planted, and nothing else is`(_ fault: PlantedFault) throws {
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

    @Test
    func `every rule has a fault that it finds, an id of its own, and says all that it must`() {
        let ids = LintRule.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(Set(PlantedFault.all.map(\.rule)) == Set(ids))
        for rule in LintRule.all {
            #expect(!rule.why.isEmpty && !rule.remedy.isEmpty && !rule.breaks.isEmpty)
            #expect(rule.id.allSatisfy { $0 == "-" || ($0.isLetter && $0.isLowercase) || $0.isNumber })
        }
    }

    @Test
    func `every rule that is written is in a list, and so in the list of all`() throws {
        let sources = try Repository.swift(below: "Sources/AWSTopology/Lint")
        let written = sources.matches(of: #/static let \w+ = LintRule\(\s*"([^"]+)"/#).map { String($0.1) }
        #expect(written.sorted() == LintRule.all.map(\.id).sorted())
    }

    @Test
    func `the documentation has every rule as it is`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/topology-lint.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        for rule in LintRule.all {
            #expect(text.contains("| `\(rule.id)` | \(rule.severity.rawValue) | \(rule.breaks) | \(rule.why) |"))
        }
    }

    @Test(arguments: [
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
    func `faults of the concise form are found too`(_ addition: String, _ rule: String) throws {
        #expect(try report(DefaultTopology.text + addition + "\n").findings.map(\.rule.id) == [rule])
    }

    @Test
    func `sixteen single points of failure in one template are all found, and nothing else is`() throws {
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

    @Test
    func `a policy through which somebody still comes in locks nobody out`() throws {
        let fault = try #require(PlantedFault.all.first { $0.rule == "bucket-policy-locks-out-owner" }?.template)
        let parts = fault.separated(by: "StringNotEqualsIfExists: {\"aws:SourceVpc\"")
        let text = parts.joined(
            separator: "ArnNotLike: {\"aws:PrincipalArn\": \"arn:aws:iam::1:role/admin\"}\n"
                + "              StringNotEqualsIfExists: {\"aws:SourceVpc\"")
        #expect(try report(text).findings.map(\.headline) == [])
    }
}
