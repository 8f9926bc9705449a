import Testing

@testable import AWSTopology

@Suite("Migrations that are refused")
struct MigrationRefusalTests {
    private func refusal(
        _ change: (inout Topology, inout Topology) throws -> Void
    ) throws -> MigrationRefusal {
        var from = try MigrationFixtures.plain(zones: 2)
        var to = try MigrationFixtures.plain(zones: 3)
        try change(&from, &to)
        do throws(MigrationRefusal) {
            _ = try MigrationPlan(from: from, to: to, order: .reference, trials: 20)
        } catch { return error }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test(arguments: [
        "AWS::DirectoryService::MicrosoftAD", "AWS::DirectoryService::SimpleAD", "AWS::WorkSpaces::Workspace",
    ])
    func `directories and WorkSpaces can't be moved between subnets, and are named`(_ type: String) throws {
        let refusal = try refusal { from, to in
            from.others = [OtherResource(name: "People", type: type)]
            to.others = from.others
        }
        #expect(refusal.reasons.map(\.code) == [.immovable])
        #expect(refusal.reasons[0].resource == "People")
        #expect(refusal.description.contains(type))
    }

    @Test
    func `an instance by itself can't be moved`() throws {
        let refusal = try refusal { from, to in
            from.instances = [Instance(name: "Bastion", subnet: "MiscSubnetA")]
            to.instances = from.instances
        }
        #expect(refusal.reasons.map(\.resource) == ["Bastion"])
    }

    @Test
    func `a group in one zone only would be left without any`() throws {
        let refusal = try refusal { from, to in from.autoScalingGroups[0].subnets = ["ApplicationSubnetA"] }
        #expect(refusal.reasons.map(\.code) == [.noZone])
        #expect(refusal.reasons[0].resource == "App")
        #expect(refusal.reasons[0].message.contains("leave zone A"))
    }

    @Test
    func `an application load balancer over two zones needs a third to step on`() throws {
        let refusal = try refusal { from, to in
            from.loadBalancers[0].kind = .application
            to = from
            to.subnets[0].network = try IPv4Network("10.7.0.0/25")
        }
        #expect(refusal.reasons.map(\.code) == [.noZone])
        #expect(refusal.reasons[0].remedy == "give it a third zone in the new topology")
    }

    @Test
    func `without spare addresses there is no temporary range`() throws {
        let refusal = try refusal { from, to in
            for third in [10, 12, 14] {
                let name = "Full\(third)SubnetA"
                let block = try IPv4Network("10.7.\(third).0/23")
                from.subnets.append(Subnet(name: name, vpc: "VPC", network: block, zone: "x-1a", tier: "full"))
                to.subnets.append(Subnet(name: name, vpc: "VPC", network: block, zone: "x-1a", tier: "full"))
            }
        }
        #expect(refusal.reasons.map(\.code) == [.noSpareRange])
        #expect(refusal.reasons[0].message.contains("10.7.0.0/24 to 10.7.0.0/25"))
    }

    @Test
    func `the only NAT gateway can't go while another zone's routes lead to it`() throws {
        let two = try MigrationFixtures.topology("two-zones")
        let three = try MigrationFixtures.topology("three-zones")
        var from = two
        from.natGateways.removeAll { $0.name == "NATGatewayB" }
        from.alarms.removeAll { $0.isAbout("NATGatewayB") }
        from[Reference<RouteTable>("NATRouteTableB")]?.routes[0].target = .natGateway("NATGatewayA")
        do throws(MigrationRefusal) {
            _ = try MigrationPlan(from: from, to: three, order: .reference)
            Issue.record("it was planned")
        } catch {
            #expect(error.reasons.map(\.resource) == ["NATGatewayA"])
            #expect(error.reasons.map(\.code) == [.noZone])
        }
    }

    @Test
    func `a change that would replace the database by an empty one is refused`() throws {
        let refusal = try refusal { _, to in to.databaseInstances[0].storageEncrypted = true }
        #expect(refusal.reasons.contains { $0.code == .immovable && $0.resource == "Data" })
    }

    @Test
    func `another VPC is no migration, and a subnet keeps its zone`() throws {
        let refusal = try refusal { _, to in
            to.vpcs[0].network = try IPv4Network("10.8.0.0/20")
            to.subnets[0].zone = "x-1b"
        }
        #expect(Set(refusal.reasons.map(\.resource)) == ["VPC", "InternalLoadBalancerSubnetA"])
    }

    @Test
    func `from a topology to itself there is nothing to do`() throws {
        let topology = try MigrationFixtures.plain(zones: 3)
        #expect(try MigrationPlan(from: topology, to: topology).steps.isEmpty)
    }
}
