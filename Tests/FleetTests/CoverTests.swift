import Lighting
import Mesh
import Testing

@testable import Fleet

/// Places that a spare can't fill, and places that nobody fills.
@Suite struct CoverTests {
    /// Four stairs of which the second has a sensor.
    private func fleet(spares: [String: TestFleet.Node]) -> TestFleet {
        TestFleet(
            zones: ["stairs": stairs(4)], sensors: ["stairs": ["stair-02/eye"]], spares: spares.keys.sorted(),
            hardware: spares.merging(["stair-02": .init(sensors: ["eye"])]) { $1 })
    }

    @Test func `what a spare can't fill stays with its owner, who sees again when it is back`() {
        var fleet = fleet(spares: ["spare-1": .init()])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": ""])
        #expect(fleet.nodes["stair-02"]?.configuration?.sensors == nil)
        #expect(fleet.core.groups["stairs"]?.members == ["stair-01", "spare-1", "stair-03", "stair-04", "stair-02"])
        // The sensor is nobody's to fill: that is told, once.
        #expect(fleet.activities().map(\.status) == [.successful, .failed])
        #expect(fleet.group("stairs")?.attention == "stair-02: No spare can take its place: a person must")
        fleet.nodes["stair-02"]?.answers = true
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "stair-02") == .healthy && fleet.lifecycle(of: "stair-02") == .inService)
        #expect(fleet.group("stairs")?.attention == nil && fleet.group("stairs")?.vacant == [])
        // What takes its bar's place next is its own bar, though it is no spare.
        fleet.nodes["spare-1"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": ""])
        #expect(fleet.core.groups["stairs"]?.members == stairs(4))
    }

    @Test func `of two spares the one takes the place that fills it as a whole`() {
        var fleet = fleet(spares: ["spare-1": .init(), "spare-2": .init(sensors: ["a", "b"])])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["spare-2"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.nodes["spare-2"]?.configuration?.sensors == ["a": "stair-02/eye"])
        #expect(fleet.nodes["spare-1"]?.configuration == nil)
    }

    /// What somebody wrote who gave all places of a node away, and another only some of them.
    private func vacate(_ fleet: inout TestFleet) {
        fleet.nodes["stair-02"]?.configuration = PlacesMessage(
            revision: fleet.now.nanoseconds, bars: ["bar": ""], sensors: ["eye": ""])
        fleet.hear(.nodeConfiguration(node: "stair-02"), fleet.nodes["stair-02"]?.configuration)
    }

    @Test func `a vacant place is its owner's again, once that is written`() throws {
        var fleet = fleet(spares: ["spare-1": .init(sensors: ["eye"])])
        fleet.echoesGroups = false
        vacate(&fleet)
        let before = fleet.now.nanoseconds
        fleet.run(seconds: 5)
        #expect(fleet.activities().isEmpty, "what fills it may be on its way")
        fleet.run(seconds: 5)
        #expect(
            fleet.activities().last?.line
                == "Successful: Giving stair-02 its place back. Cause: no node filled stair-02, stair-02/eye. ")
        #expect(fleet.core.places["stair-02"]?.revision == before)
        let record = try #require(fleet.retained["fleet/group/stairs"])
        fleet.handle(.message(topic: "footlight/home/fleet/group/stairs", payload: record))
        let given = fleet.core.places["stair-02"]
        #expect(given?.bars == ["bar": "stair-02"] && given?.sensors == ["eye": "stair-02/eye"])
        #expect(given?.revision ?? 0 > before)
        fleet.echoesGroups = true
        fleet.run(seconds: 60)
        #expect(fleet.activities().count == 1 && fleet.group("stairs")?.healthy == 4)
        #expect(fleet.nodes["spare-1"]?.configuration == nil)
    }

    @Test func `a vacant place whose owner is away goes to whoever fits, and to nobody else`() {
        var fleet = fleet(spares: ["spare-1": .init(), "spare-2": .init(bars: [], sensors: ["a"])])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 40)
        vacate(&fleet)
        fleet.run(seconds: 30)
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.nodes["spare-2"]?.configuration?.sensors == ["a": "stair-02/eye"])
        #expect(
            fleet.activities().last?.line.hasPrefix("Successful: Replacing stair-02 by spare-2. Cause: no node") == true
        )
        // Nobody has what is missing here.
        var poor = self.fleet(spares: ["spare-1": .init()])
        poor.nodes["stair-02"]?.answers = false
        poor.run(seconds: 40)
        vacate(&poor)
        poor.run(seconds: 200)
        #expect(poor.group("stairs")?.vacant == ["stair-02/eye"])
        #expect(poor.group("stairs")?.attention == "no node fills stair-02/eye")
        // In standby it gets nothing, and back in service it does.
        poor.nodes["stair-02"]?.answers = true
        poor.run(seconds: 5)
        #expect(poor.command(FleetCommand(.enterStandby, id: "1", node: "stair-02"))?.done == true)
        poor.run(seconds: 60)
        #expect(poor.group("stairs")?.vacant == ["stair-02/eye"])
        #expect(poor.command(FleetCommand(.exitStandby, id: "2", node: "stair-02"))?.done == true)
        poor.run(seconds: 60)
        #expect(poor.group("stairs")?.vacant == [] && poor.group("stairs")?.attention == nil)
    }

    @Test func `what is told anew of a node claims nothing that another has been given since`() {
        var fleet = fleet(spares: ["spare-1": .init(), "spare-2": .init()])
        let now = fleet.now.nanoseconds
        for (node, revision) in [("spare-1", now), ("spare-2", now + 1)] {
            fleet.hear(.nodeConfiguration(node: node), PlacesMessage(revision: revision, bars: ["bar": "stair-02"]))
        }
        #expect(fleet.core.configuration(of: "spare-1", revision: now + 2).bars == ["bar": ""])
        #expect(fleet.core.configuration(of: "spare-2", revision: now + 2).bars == ["bar": "stair-02"])
        #expect(fleet.core.configuration(of: "stair-01", revision: now + 2).bars == nil)
        // It is a spare all the same, and so is who has lost its own place, whoever wrote that.
        fleet.run(seconds: 30)
        #expect(fleet.core.nodes["spare-1"]?.message.isSpare == true)
        fleet.nodes["stair-03"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-03"])
    }

    @Test func `a revision at the end of time stalls no replacement`() {
        var fleet = fleet(spares: ["spare-1": .init()])
        let end = Revision.range.upperBound
        fleet.hear(.nodeConfiguration(node: "spare-1"), PlacesMessage(revision: end, bars: ["bar": ""]))
        fleet.nodes["stair-03"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["spare-1"]?.configuration == PlacesMessage(revision: end, bars: ["bar": "stair-03"]))
        #expect(fleet.activities().map(\.status) == [.successful])
    }

    /// A node away until its place is a spare's, and back.
    private func returned(_ delay: Duration?, spares: [String: TestFleet.Node] = ["spare-1": .init(sensors: ["a"])])
        -> TestFleet
    {
        var fleet = TestFleet(
            zones: ["stairs": stairs(4)], sensors: ["stairs": ["stair-02/eye"]], spares: spares.keys.sorted(),
            hardware: spares.merging(["stair-02": .init(sensors: ["eye"])]) { $1 }
        ) { $0.replacement.giveBackDelay = delay }
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-02"])
        fleet.nodes["stair-02"]?.answers = true
        return fleet
    }

    @Test func `who was away and is well again for long has its place back, and the spare is one as before`() {
        var fleet = returned(.seconds(600))
        fleet.run(seconds: 590)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": ""], "it hasn't been well for long")
        fleet.run(seconds: 100)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.nodes["stair-02"]?.configuration?.sensors == ["eye": "stair-02/eye"])
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": ""])
        #expect(fleet.core.groups["stairs"]?.members == stairs(4))
        #expect(fleet.lifecycle(of: "stair-02") == .inService && fleet.lifecycle(of: "spare-1") == .inService)
        #expect(
            fleet.activities().map(\.line).last
                == "Successful: Giving stair-02 its place back. Cause: spare-1 had stair-02, stair-02/eye while it was away. "
                + "stair-02 is Healthy in its place")
        // It helps the next, too; and who fails again within a day waits twice as long.
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-02"])
        fleet.nodes["stair-02"]?.answers = true
        fleet.run(seconds: 1100)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": ""])
        fleet.run(seconds: 200)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": "stair-02"])
        fleet.run(seconds: 3600)
        #expect(fleet.activities().count == 4, "\(fleet.activities().map(\.line))")
    }

    @Test func `a bar whose node kept its sensor is its own again, too`() {
        var fleet = returned(.seconds(60), spares: ["spare-1": .init()])
        fleet.run(seconds: 200)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.core.groups["stairs"]?.members == stairs(4))
        #expect(fleet.group("stairs")?.healthy == 4 && fleet.group("stairs")?.vacant == [])
    }

    @Test func `places are given back when nothing speaks against it, and never where the file says so`() {
        var never = returned(nil)
        never.run(seconds: 100_000)
        #expect(never.nodes["stair-02"]?.configuration?.bars == ["bar": ""])
        var suspended = returned(.seconds(60))
        var command = FleetCommand(.suspend, id: "1", zone: "stairs")
        command.processes = [.replaceUnhealthy]
        #expect(suspended.command(command)?.done == true)
        suspended.run(seconds: 600)
        #expect(suspended.nodes["stair-02"]?.configuration?.bars == ["bar": ""])
        var standby = returned(.seconds(60))
        standby.run(seconds: 10)
        #expect(standby.command(FleetCommand(.enterStandby, id: "1", node: "spare-1"))?.done == true)
        standby.run(seconds: 600)
        #expect(standby.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-02"])
    }

    @Test func `a giving back that is interrupted goes on`() {
        var fleet = returned(.seconds(60))
        fleet.echoesGroups = false
        fleet.run(seconds: 200) { $0.activities().last?.node == "spare-1" }
        #expect(fleet.activities().last?.isOpen == true && fleet.nodes["stair-02"]?.configuration?.bars == ["bar": ""])
        fleet.handle(.disconnected)
        fleet.run(seconds: 10)
        fleet.echoesGroups = true
        fleet.handle(.connected)
        for node in fleet.nodes.keys.sorted() { fleet.hear(.status(node: node), fleet.status(node)) }
        fleet.handle(.settled)
        fleet.run(seconds: 200)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.activities().map(\.status) == [.successful, .successful])
    }
}
