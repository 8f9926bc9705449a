import Testing

@testable import AWSTopology

@Suite("The reference migration: two zones of /24 to three of /25")
struct ReferenceMigrationTests {
    @Test
    func `T9's steps, in T9's order`() throws {
        let plan = try MigrationPlan(
            from: try MigrationFixtures.plain(zones: 2), to: try MigrationFixtures.plain(zones: 3), order: .reference,
            trials: 20)
        #expect(
            plan.steps.map(\.title) == [
                "Load balancers and groups leave zone A",
                "Replace zone A's subnets, phase 1 of 2: through temporary ranges",
                "Replace zone A's subnets, phase 2 of 2",
                "Load balancers and groups return to zone A",
                "Load balancers and groups leave zone B",
                "Replace zone B's subnets",
                "Add zone C's subnets",
                "Load balancers and groups spread over zones A, B and C",
                "Data is rebooted with failover out of zone A",
                "Data drops Multi-AZ",
                "Database: replace zone A's subnets, phase 1 of 2: through temporary ranges, update the subnet group",
                "Database: replace zone A's subnets, phase 2 of 2, update the subnet group",
                "Data is Multi-AZ again",
                "Data is rebooted with failover out of zone B",
                "Data drops Multi-AZ",
                "Database: replace zone B's subnets, update the subnet group",
                "Data is Multi-AZ again",
                "Database: add zone C's subnets, update the subnet group",
            ])
        #expect(plan.steps.last?.state == plan.to)
    }

    @Test(arguments: [
        ("InternalLoadBalancerSubnetA", ["10.7.0.0/24", "10.7.15.0/25", "10.7.0.0/25"]),
        ("InternalLoadBalancerSubnetB", ["10.7.1.0/24", "10.7.0.128/25"]),
        ("InternalLoadBalancerSubnetC", ["–", "10.7.1.0/25"]),
        ("ApplicationSubnetA", ["10.7.2.0/24", "10.7.15.128/25", "10.7.2.0/25"]),
        ("ApplicationSubnetB", ["10.7.3.0/24", "10.7.2.128/25"]),
        ("ApplicationSubnetC", ["–", "10.7.3.0/25"]),
        ("BackendSubnetA", ["10.7.4.0/24", "10.7.14.0/25", "10.7.4.0/25"]),
        ("BackendSubnetB", ["10.7.5.0/24", "10.7.4.128/25"]),
        ("BackendSubnetC", ["–", "10.7.5.0/25"]),
        ("DatabaseSubnetA", ["10.7.6.0/24", "10.7.15.0/26", "10.7.6.0/26"]),
        ("DatabaseSubnetB", ["10.7.7.0/24", "10.7.6.64/26"]),
        ("DatabaseSubnetC", ["–", "10.7.6.128/26"]),
        ("MiscSubnetA", ["10.7.8.0/24", "10.7.14.128/25", "10.7.8.0/25"]),
        ("MiscSubnetB", ["10.7.9.0/24", "10.7.8.128/25"]),
        ("MiscSubnetC", ["–", "10.7.9.0/25"]),
    ])
    func `T7's tables to the address, A through the spare space, B in one phase`(_ subnet: String, _ blocks: [String])
        throws
    {
        let plan = try MigrationPlan(
            from: try MigrationFixtures.plain(zones: 2), to: try MigrationFixtures.plain(zones: 3), order: .reference,
            trials: 20)
        let move = try #require(plan.moves.first { $0.subnet == subnet })
        #expect(move.networks.map { $0?.description ?? "–" } == blocks)
    }

    @Test
    func `in one step it is refused, with the very conflicts`() throws {
        let update = StackUpdate(
            from: try MigrationFixtures.plain(zones: 2), to: try MigrationFixtures.plain(zones: 3))
        let texts = update.conflicts.map(\.description)
        #expect(
            texts.contains(
                "InternalLoadBalancerSubnetA: 10.7.0.0/24 → 10.7.0.0/25 in place: the new subnet is made while the old one stands"
            ))
        #expect(
            texts.contains("BackendSubnetB: 10.7.4.128/25 is made while BackendSubnetA still has 10.7.4.0/24"))
        #expect(
            texts.contains("ApplicationSubnetA: can't be deleted while an interface is in it, of App"))
        #expect(update.conflicts.filter { $0.kind == .address }.count == 15)
        #expect(Set(update.conflicts.map(\.kind)) == [.address, .interface])
    }

    @Test
    func `every state of the Footlight backend's own migration is sound, and the last is the new topology`() throws {
        let plan = try MigrationPlan(
            from: try MigrationFixtures.topology("two-zones"), to: try MigrationFixtures.topology("three-zones"),
            order: .reference)
        #expect(MigrationInvariants.faults(of: plan) == [])
        #expect(plan.steps.count == 25)
        #expect(plan.steps[0].title == "A foothold for Ingest in zone C")
        #expect(plan.oneStep.conflicts.contains { $0.kind == .association && $0.resource == "NATGatewayA" })
        let move = try #require(plan.moves.first { $0.subnet == "InternalLoadBalancerSubnetA" })
        #expect(move.networks.map { $0?.description } == ["10.0.0.0/24", "10.0.15.0/25", "10.0.0.0/25"])
        // The addresses that others trust stay allocated all the time.
        #expect(
            plan.steps.allSatisfy { step in
                plan.from.elasticAddresses.allSatisfy { step.state.elasticAddresses.contains($0) }
            })
    }

    @Test
    func `the three-zone file is the default, and the plan's runbook names every step, template and way back`() throws {
        let to = try MigrationFixtures.topology("three-zones")
        #expect(try Topology(reading: DefaultTopology.text, file: "three-zones.yaml") == to)
        let plan = try MigrationPlan(from: try MigrationFixtures.topology("two-zones"), to: to)
        let files = plan.files { "subnets: \($0.subnets.count)\n" }
        #expect(files.map(\.name).prefix(2) == ["runbook.md", "00-before.yaml"])
        #expect(files.count == 2 + plan.steps.filter { $0.action == .stackUpdate }.count)
        #expect(files[1].contents == "subnets: 14\n" && files.last?.contents == "subnets: 21\n")
        for (index, step) in plan.steps.enumerated() {
            #expect(plan.runbook.contains("## \(plan.number(index)) \(step.title)\n"))
            #expect(!step.preconditions.isEmpty && !step.checks.isEmpty && !step.wayBack.isEmpty)
        }
        for file in files.dropFirst(2) { #expect(plan.runbook.contains("update \(file.name)\n")) }
    }

    @Test
    func `the database lacks a standby only where a step says so; new findings stand with their step`() throws {
        let from = try MigrationFixtures.plain(zones: 2)
        let plan = try MigrationPlan(
            from: from, to: try MigrationFixtures.plain(zones: 3), order: .reference, trials: 20)
        for step in plan.steps {
            let isAlone = step.placements[0].standby == nil
            #expect(step.state.databaseInstances[0].multiAZ == !isAlone)
            #expect(step.findings.contains { $0.contains("[database-single-zone] Data ") } == isAlone)
            #expect(step.exposure.contains { $0.down.contains("Data (no standby)") } == isAlone)
        }
        #expect(plan.secondsExposed.lowerBound > 0)
    }

    @Test
    func `and back: zone C goes first, B before A, for B's old block lies in A's new one`() throws {
        let plan = try MigrationPlan(
            from: try MigrationFixtures.plain(zones: 3), to: try MigrationFixtures.plain(zones: 2), order: .reference,
            trials: 20)
        #expect(MigrationInvariants.faults(of: plan) == [])
        let recuts = plan.steps.map(\.title).filter { $0.hasPrefix("Re") && $0.contains("subnets") }
        #expect(
            recuts == [
                "Remove zone C's subnets", "Replace zone B's subnets",
                "Replace zone A's subnets, phase 1 of 2: through temporary ranges",
                "Replace zone A's subnets, phase 2 of 2",
            ])
    }

    @Test
    func `two zones that swap their blocks: one is parked in the spare space, in service, until the other has moved`()
        throws
    {
        let from = try MigrationFixtures.plain(zones: 2)
        var to = from
        for tier in MigrationFixtures.tiers {
            let a = Reference<Subnet>("\(tier)SubnetA")
            let b = Reference<Subnet>("\(tier)SubnetB")
            to[a]?.network = from[b]?.network
            to[b]?.network = from[a]?.network
        }
        let plan = try MigrationPlan(from: from, to: to, order: .reference, trials: 20)
        #expect(MigrationInvariants.faults(of: plan) == [])
        let move = try #require(plan.moves.first { $0.subnet == "BackendSubnetA" })
        #expect(move.networks.count == 3)
    }
}
