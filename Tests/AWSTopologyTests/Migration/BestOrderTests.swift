import Testing

@testable import AWSTopology

@Suite("The best order: what was refused or planned badly")
struct BestOrderTests {
    private func subnet(_ tier: String, _ zone: String, _ block: String) throws -> Subnet {
        Subnet(
            name: "\(tier)\(zone.uppercased())", vpc: "VPC", network: try IPv4Network(block),
            zone: AvailabilityZone("x-1\(zone)"), tier: tier)
    }

    private func topology(_ vpc: String, _ subnets: [(String, String, String)]) throws -> Topology {
        var topology = Topology()
        topology.name = "stack"
        topology.vpcs = [VPC(name: "VPC", network: try IPv4Network(vpc))]
        for (tier, zone, block) in subnets { topology.subnets.append(try subnet(tier, zone, block)) }
        topology.zones = Set(topology.subnets.compactMap(\.zone)).sorted()
        func all(_ tier: String) -> [Reference<Subnet>] { topology.subnets(ofTier: tier).map(\.reference) }
        if !all("App").isEmpty {
            topology.autoScalingGroups = [AutoScalingGroup(name: "Work", subnets: all("App"), minSize: 2, maxSize: 4)]
        }
        if !all("Web").isEmpty {
            topology.loadBalancers = [LoadBalancer(name: "Front", kind: .network, subnets: all("Web"))]
        }
        if !all("Data").isEmpty {
            topology.databaseSubnetGroups = [DatabaseSubnetGroup(name: "Group", subnets: all("Data"))]
            topology.databaseInstances = [
                DatabaseInstance(name: "Store", engine: "postgres", multiAZ: true, subnetGroup: "Group")
            ]
        }
        return topology
    }

    private func isRefusedByReference(_ from: Topology, _ to: Topology) -> Bool {
        (try? MigrationPlan(from: from, to: to, order: .reference, trials: 1)) == nil
    }

    @Test
    func `a database in the way of the new zone moves when it must, not always last`() throws {
        let from = try topology(
            "192.168.0.0/20",
            [
                ("App", "a", "192.168.0.0/22"), ("App", "b", "192.168.4.0/22"), ("Data", "a", "192.168.8.0/24"),
                ("Data", "b", "192.168.9.0/24"),
            ])
        let to = try topology(
            "192.168.0.0/20",
            [
                ("App", "a", "192.168.0.0/22"), ("App", "b", "192.168.4.0/22"), ("App", "c", "192.168.8.0/22"),
                ("Data", "a", "192.168.12.0/24"), ("Data", "b", "192.168.13.0/24"), ("Data", "c", "192.168.14.0/24"),
            ])
        #expect(isRefusedByReference(from, to))
        let plan = try MigrationPlan(from: from, to: to, trials: 1)
        #expect(MigrationInvariants.faults(of: plan) == [])
        #expect(plan.secondsInOneZone == 0)
        #expect(plan.secondsWithoutStandby == plan.bound?.leastWithoutStandby)
    }

    @Test
    func `two tiers that change places do so with room for one subnet of each`() throws {
        let from = try topology(
            "10.0.0.0/21",
            [
                ("App", "a", "10.0.0.0/24"), ("App", "b", "10.0.1.0/24"), ("Data", "a", "10.0.2.0/24"),
                ("Data", "b", "10.0.3.0/24"),
            ])
        var to = from
        for (name, block) in [
            ("AppA", "10.0.2.0/24"), ("AppB", "10.0.3.0/24"), ("DataA", "10.0.0.0/24"), ("DataB", "10.0.1.0/24"),
        ] { to[Reference<Subnet>(name)]?.network = try IPv4Network(block) }
        #expect(isRefusedByReference(from, to))
        let plan = try MigrationPlan(from: from, to: to, trials: 1)
        #expect(MigrationInvariants.faults(of: plan) == [])
    }

    @Test
    func `where there is no room at all, those that block each other are named, and all was looked at`() throws {
        let from = try topology(
            "10.0.0.0/23",
            [
                ("App", "a", "10.0.0.0/25"), ("Data", "a", "10.0.0.128/25"), ("Data", "b", "10.0.1.0/25"),
                ("App", "b", "10.0.1.128/25"),
            ])
        var to = from
        to["DataA" as Reference<Subnet>]?.network = try IPv4Network("10.0.1.0/25")
        to["DataB" as Reference<Subnet>]?.network = try IPv4Network("10.0.0.128/25")
        do throws(MigrationRefusal) {
            let plan = try MigrationPlan(from: from, to: to, trials: 1)
            // One App subnet makes room while the other carries.
            #expect(MigrationInvariants.faults(of: plan) == [])
        } catch { Issue.record("\(error)") }
        var full = from
        full.loadBalancers = [
            LoadBalancer(name: "Wide", kind: .application, subnets: ["AppA", "AppB"])
        ]
        var wanted = to
        wanted.loadBalancers = full.loadBalancers
        do throws(MigrationRefusal) {
            _ = try MigrationPlan(from: full, to: wanted, trials: 1)
            Issue.record("it was planned")
        } catch {
            #expect(Set(error.reasons.map(\.resource)) == ["DataA", "DataB"])
            #expect(error.description.contains("where DataB stands"))
            #expect(error.description.contains("arrangements that can be reached were looked at"))
        }
    }

    @Test
    func `the new zone comes first, and nothing stands in a single zone on the way of the reference`() throws {
        let from = try MigrationFixtures.topology("two-zones")
        let to = try MigrationFixtures.topology("three-zones")
        let reference = try MigrationPlan(from: from, to: to, order: .reference, trials: 1)
        let best = try MigrationPlan(from: from, to: to, trials: 1)
        #expect(MigrationInvariants.faults(of: best) == [])
        // At its longest, 1 h 25 min in zone B, and as long again in zone A.
        #expect(reference.secondsInOneZone >= 3600)
        #expect(best.secondsInOneZone == 0)
        #expect(best.steps.count < reference.steps.count)
        #expect(best.secondsWithoutStandby <= reference.secondsWithoutStandby)
        #expect(best.bound?.isBest == true)
        #expect(best.text.contains("Time in a single zone: none (no order can have less)."))
        #expect(reference.text.contains("Time in a single zone: up to "))
        #expect(best.json.contains("\"leastSecondsInOneZone\": 0"))
        #expect(reference.json.contains("\"bound\": null"))
    }

    @Test
    func `the way back from three zones to two goes by the third, which stands in for the others until the end`() throws
    {
        let from = try MigrationFixtures.topology("three-zones")
        let to = try MigrationFixtures.topology("two-zones")
        let plan = try MigrationPlan(from: from, to: to, trials: 1)
        #expect(MigrationInvariants.faults(of: plan) == [])
        #expect(plan.secondsInOneZone == 0)
        #expect(plan.steps.count < 30)
    }

    @Test
    func `by import of its own rendered template, the reference's steps and addresses are the same`() throws {
        let from = try MigrationFixtures.topology("two-zones")
        let to = try MigrationFixtures.topology("three-zones")
        let imported = try TopologyDocument(reading: from.cloudFormation(), file: "two.template.yaml").topology
            .placed(in: "eu-central-1")
        #expect(imported.addressPlan == nil)
        for order in MigrationOrder.allCases {
            let own = try MigrationPlan(from: from, to: to, order: order, trials: 1)
            let theirs = try MigrationPlan(from: imported, to: to, order: order, trials: 1)
            #expect(theirs.steps.map(\.title) == own.steps.map(\.title))
            #expect(theirs.steps.map { $0.state.subnets } == own.steps.map { $0.state.subnets })
            #expect(theirs.moves == own.moves)
            #expect(theirs.secondsInOneZone == own.secondsInOneZone)
        }
    }

    @Test
    func `every title that is about a zone names it, and steps name what is theirs`() throws {
        var from = try MigrationFixtures.topology("two-zones")
        from.ids["BackendSubnetA"] = "subnet-0123"
        let plan = try MigrationPlan(from: from, to: try MigrationFixtures.topology("three-zones"), trials: 1)
        for step in plan.steps {
            #expect(step.title.contains(/[Zz]ones? [ABC]/), "\(step.title)")
        }
        #expect(plan.steps.contains { $0.why.contains("BackendSubnetA (subnet-0123) 10.0.4.0/24 → ") })
        #expect(plan.runbook.contains("subnet-0123"))
    }

    @Test
    func `what has interfaces in subnets that change, and can't be moved here, is named`() throws {
        var from = try MigrationFixtures.topology("two-zones")
        from.placements = [
            Placement(name: "Job", type: "AWS::Lambda::Function", property: "x", subnets: ["BackendSubnetA"])
        ]
        from.databaseClusters = [
            DatabaseCluster(name: "Store", engine: "aurora-mysql", subnetGroup: "DatabaseSubnetGroup")
        ]
        do throws(MigrationRefusal) {
            _ = try MigrationPlan(from: from, to: try! MigrationFixtures.topology("three-zones"), trials: 1)
            Issue.record("it was planned")
        } catch { #expect(error.reasons.map(\.resource) == ["Job", "Store"]) }
    }
}
