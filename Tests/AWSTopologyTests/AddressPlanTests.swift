import Testing

@testable import AWSTopology

@Suite("Address plans")
struct AddressPlanTests {
    private func reference(_ zones: Int, _ spare: Int) throws -> AddressPlan {
        try AddressPlan.reference(vpc: try IPv4Network("10.7.0.0/20"), zones: zones, spareZones: spare)
    }

    @Test(arguments: [("internalLoadBalancer", 0), ("application", 2), ("backend", 4), ("database", 6), ("misc", 8)])
    func `with two zones every tier has a /24 per zone`(_ tier: String, _ third: Int) throws {
        let cut = try #require(try reference(2, 0)[tier: tier])
        #expect(cut.subnets.map(\.description) == ["10.7.\(third).0/24", "10.7.\(third + 1).0/24"])
        #expect(cut.usable == 502)
        #expect(cut.spares.isEmpty && cut.remainder.isEmpty)
    }

    @Test(arguments: [("internalLoadBalancer", 0), ("application", 2), ("backend", 4), ("misc", 8)])
    func `with three, each /23 is cut as four /25: three zones and a spare`(_ tier: String, _ third: Int) throws {
        let cut = try #require(try reference(3, 1)[tier: tier])
        #expect(
            cut.subnets.map(\.description) == [
                "10.7.\(third).0/25", "10.7.\(third).128/25", "10.7.\(third + 1).0/25",
            ])
        #expect(cut.spares.map(\.description) == ["10.7.\(third + 1).128/25"])
        #expect(cut.subnets.map(\.usable) == [123, 123, 123])
        #expect(cut.usable == 369)
    }

    @Test
    func `with three, databases are four /26 within x.6.0/24, and x.7.0/24 is spare`() throws {
        let cut = try #require(try reference(3, 1)[tier: "database"])
        #expect(cut.subnets.map(\.description) == ["10.7.6.0/26", "10.7.6.64/26", "10.7.6.128/26"])
        #expect(cut.spares.map(\.description) == ["10.7.6.192/26"])
        #expect(cut.remainder.map(\.description) == ["10.7.7.0/24"])
        #expect(cut.usable == 177)
    }

    @Test
    func `the last /23 stays unused, where migrations find 10.x.15.0/25`() throws {
        let plan = try reference(3, 1)
        #expect(plan.unused.map(\.description) == ["10.7.14.0/23"])
        #expect(plan.unused[0].contains(try IPv4Network("10.7.15.0/25")))
    }

    @Test(arguments: 16...28)
    func `any VPC, zones and spare give disjoint subnets within their blocks, or a fault`(_ prefix: Int) throws {
        for zones in 1...6 {
            for spare in 0...6 {
                let vpc = try IPv4Network("10.0.0.0/\(prefix)")
                guard let plan = try? AddressPlan.reference(vpc: vpc, zones: zones, spareZones: spare) else { continue }
                let all = plan.cuts.flatMap { $0.subnets + $0.spares + $0.remainder } + plan.unused
                #expect(all.reduce(0) { $0 + $1.size } == vpc.size)
                let sorted = all.sorted()
                #expect(zip(sorted, sorted.dropFirst()).allSatisfy { !$0.overlaps($1) })
                #expect(plan.cuts.flatMap(\.subnets).allSatisfy { (16...28).contains($0.prefix) })
            }
        }
    }

    @Test(arguments: [
        ("10.0.2.0/23", "10.0.3.0/24", TopologyError.Code.overlap, "10.0.0.0/24 is free"),
        ("10.0.2.0/23", "10.1.0.0/24", .doesNotFit, "10.0.0.0/24 is free"),
        ("10.0.0.0/21", "10.0.0.0/20", .overlap, "no /20 is free; the largest that is free is 10.0.8.0/21"),
        ("10.0.2.0/23", "10.0.4.0/27", .doesNotFit, "take a block of /26 or larger, or fewer spare zones"),
    ])
    func `what overlaps or doesn't fit is refused with what would fit`(
        _ first: String, _ second: String, _ code: TopologyError.Code, _ remedy: String
    ) throws {
        let tiers = [
            AddressPlan.Tier(name: "one", block: try IPv4Network(first)),
            AddressPlan.Tier(name: "two", block: try IPv4Network(second)),
        ]
        let error = #expect(throws: TopologyError.self) {
            try AddressPlan(vpc: try IPv4Network("10.0.0.0/20"), zones: 3, spareZones: 1, tiers: tiers)
        }
        #expect(error?.code == code)
        #expect(error?.field == "two")
        #expect(error?.remedy == remedy)
    }

    @Test
    func `a VPC too small for the plan is refused with the size that is not`() throws {
        let error = #expect(throws: TopologyError.self) {
            try AddressPlan.reference(vpc: try IPv4Network("10.0.0.0/24"), zones: 3, spareZones: 1)
        }
        #expect(error?.remedy == "take 10.0.0.0/22, or fewer spare zones")
        _ = try AddressPlan.reference(vpc: try IPv4Network("10.0.0.0/22"), zones: 3, spareZones: 1)
    }

    @Test
    func `the picture has a line for each sixteenth, and the table a row for each tier`() throws {
        let plan = try reference(3, 1)
        #expect(plan.picture.contains("10.7.6.0/24        |aaaaaaaabbbbbbbbcccccccc········| database\n"))
        #expect(plan.picture.contains("10.7.15.0/24       |                                |\n"))
        #expect(plan.table.split(separator: "\n").count == 10)
        #expect(plan.svg.hasPrefix("<svg ") && plan.svg.contains("a 10.7.4.0/25"))
    }
}
