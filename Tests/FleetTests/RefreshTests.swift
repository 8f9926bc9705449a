import Lighting
import Mesh
import Testing

@testable import Fleet

@Suite struct RefreshTests {
    @Test func `twelve nodes, one at a time, none beside one that is away`() {
        var fleet = TestFleet(zones: ["stairs": stairs(12)])
        #expect(fleet.startRefresh()?.done == true)
        let (order, most, neighbours) = fleet.follow(seconds: 600)
        #expect(order == stairs(12) && most == 1 && !neighbours)
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
        #expect(fleet.group("stairs")?.refresh?.percentageComplete == 100)
    }

    @Test func `nobody is updated where one couldn't be`() {
        var fleet = TestFleet(zones: ["stairs": stairs(11)], hardware: ["stair-11": .init(commands: ["reboot"])])
        let result = fleet.startRefresh()
        #expect(result?.done == false)
        #expect(
            result?.error
                == "nobody was updated: stair-11 has no update command; add commands: {update: [/path/of/program]} to the "
                + "agent's file there")
        #expect(fleet.follow(seconds: 60).order.isEmpty && fleet.refresh == nil)
        // Who has the version needn't be.
        fleet.reboot("stair-11", version: "2")
        #expect(fleet.startRefresh()?.done == true)
        #expect(fleet.follow(seconds: 600).order == stairs(10))
        #expect(fleet.refresh?.status == .successful)
    }

    @Test func `an agent that doesn't say what it can is asked`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], hardware: ["stair-04": .init(commands: nil)])
        #expect(fleet.startRefresh()?.done == true)
        #expect(fleet.follow(seconds: 300).order == stairs(4))
    }

    @Test func `spares that stand by for a group are updated with it, the last, and taken back with it`() {
        func fleet() -> TestFleet {
            TestFleet(zones: ["stairs": stairs(4), "hall": ["hall-01"]], spares: ["spare-1", "spare-2", "spare-3"]) {
                $0.spares["spare-2"] = .some(["hall-01"])
            }
        }
        var good = fleet()
        #expect(good.startRefresh()?.done == true)
        #expect(good.follow(seconds: 400).order == stairs(4) + ["spare-1", "spare-3"])
        #expect(good.refresh?.status == .successful && good.nodes["spare-2"]?.version == "1")
        #expect(good.refresh?.percentageComplete == 100)
        var bad = fleet()
        #expect(bad.startRefresh()?.done == true)
        bad.follow(seconds: 600) { node, version in .comesUp(node == "spare-3" && version == "2" ? "0" : version) }
        #expect(bad.refresh?.status == .rollbackSuccessful, "\(String(describing: bad.refresh))")
        #expect(bad.nodes.filter { $0.key != "spare-3" }.values.allSatisfy { $0.version == "1" })
        #expect(bad.refresh?.reason.contains("others are in the place of") == false)
    }

    @Test func `of thirty, three at a time, never neighbours`() {
        var fleet = TestFleet(zones: ["stairs": stairs(30)])
        #expect(fleet.startRefresh()?.done == true)
        let (order, most, neighbours) = fleet.follow(seconds: 900)
        #expect(Set(order) == Set(stairs(30)) && most == 3 && !neighbours)
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
    }

    @Test func `it pauses at checkpoints, and bakes`() {
        var fleet = TestFleet(zones: ["stairs": stairs(10)])
        _ = fleet.startRefresh {
            $0.checkpointPercentages = [20]
            $0.checkpointDelaySeconds = 300
            $0.bakeTimeSeconds = 600
        }
        #expect(fleet.follow(seconds: 290).order == stairs(2))
        #expect(fleet.group("stairs")?.refresh?.waitsUntil != nil)
        #expect(Set(fleet.follow(seconds: 400).order).isSuperset(of: stairs(10).dropFirst(2)))
        #expect(fleet.group("stairs")?.refresh?.status == .baking)
        fleet.follow(seconds: 650)
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
    }

    @Test func `nodes that have the version are skipped`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.reboot("stair-02", version: "2")
        _ = fleet.startRefresh()
        #expect(fleet.follow(seconds: 200).order == ["stair-01", "stair-03", "stair-04"])
        #expect(fleet.group("stairs")?.refresh?.skipped == ["stair-02"])
    }

    @Test func `a version that comes back as another is rolled back, before the next is begun`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh()
        let (order, _, _) = fleet.follow(seconds: 600) { node, version in
            .comesUp(node == "stair-03" && version == "2" ? "1" : version)
        }
        #expect(order == ["stair-01", "stair-02", "stair-03", "stair-02", "stair-01"])
        #expect(fleet.group("stairs")?.refresh?.status == .rollbackSuccessful)
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
    }

    @Test func `a version that is Unhealthy is rolled back by the refresh, not by the ladder`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh { $0.bakeTimeSeconds = 600 }
        fleet.follow(seconds: 150)
        fleet.nodes["stair-01"]?.fault = "dark"
        fleet.run(seconds: 40) { $0.group("stairs")?.refresh?.status == .rollbackInProgress }
        fleet.nodes["stair-01"]?.fault = nil
        fleet.follow(seconds: 300)
        #expect(fleet.group("stairs")?.refresh?.status == .rollbackSuccessful)
        #expect(fleet.group("stairs")?.refresh?.reason == "stair-01 is Unhealthy with 2: bar/bar: dark")
        #expect(fleet.activities().allSatisfy { $0.kind == .update })
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
    }

    @Test func `cancelled, what is under way ends and nothing more begins`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh()
        fleet.follow(seconds: 40)
        #expect(fleet.command(FleetCommand(.cancelRefresh, id: "2", zone: "stairs"))?.done == true)
        #expect(fleet.follow(seconds: 200).order.isEmpty)
        #expect(fleet.group("stairs")?.refresh?.status == .cancelled)
        #expect(fleet.activities().allSatisfy { !$0.isOpen })
    }

    @Test func `what can't be is refused with its reason`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        let answer = fleet.startRefresh { $0.minHealthyPercentage = 101 }
        #expect(answer?.error == "minHealthyPercentage is not within 0…100")
        var again = FleetCommand(.startRefresh, id: "again", zone: "cellar")
        again.version = "2"
        #expect(fleet.command(again)?.error == "no zone of that name; name one as zone: stairs")
    }

    @Test func `nodes that have the version are updated all the same where that is wanted`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.reboot("stair-02", version: "2")
        _ = fleet.startRefresh { $0.skipMatching = false }
        #expect(fleet.follow(seconds: 200).order == stairs(4))
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
    }

    @Test func `a failure ends it where no rollback is wanted, and an operator may roll back then, or at any time`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh { $0.autoRollback = false }
        let (order, _, _) = fleet.follow(seconds: 300) { .comesUp($0 == "stair-03" ? "1" : $1) }
        #expect(order == stairs(3) && fleet.group("stairs")?.refresh?.status == .failed)
        #expect(fleet.command(FleetCommand(.rollbackRefresh, id: "2", zone: "stairs"))?.done == true)
        fleet.hear(.command, FleetCommand(.rollbackRefresh, id: "3", zone: "stairs"))
        let again: ResultMessage? = fleet.last("fleet/result")
        #expect(again?.error == "nothing to roll back in stairs")
        #expect(fleet.follow(seconds: 200).order == ["stair-02", "stair-01"])
        #expect(fleet.group("stairs")?.refresh?.status == .rollbackSuccessful)
        #expect(fleet.group("stairs")?.refresh?.reason == "an operator said so")
    }

    @Test func `suspended it begins no update, and says so`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        var suspend = FleetCommand(.suspend, id: "1", zone: "stairs")
        suspend.processes = [.instanceRefresh]
        #expect(fleet.command(suspend)?.done == true)
        _ = fleet.startRefresh()
        #expect(fleet.follow(seconds: 120).order.isEmpty)
        #expect(fleet.group("stairs")?.holding == "refresh: InstanceRefresh is suspended")
        #expect(fleet.command(FleetCommand(.resume, id: "2", zone: "stairs"))?.done == true)
        #expect(fleet.follow(seconds: 200).order == stairs(4))
    }

    @Test func `one whose record the broker would not take is refused`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        let long = (1...600).map { "\(String(repeating: "n", count: 60))-\($0)" }
        fleet.core.groups["stairs"]?.members = long
        #expect(fleet.startRefresh()?.error?.contains("bytes long, and the broker takes 131071") == true)
        #expect(fleet.core.groups["stairs"]?.message.refresh == nil)
        // As many with names as people give.
        fleet.core.groups["stairs"]?.members = (1...600).map { "staircase-\($0)" }
        var again = FleetCommand(.startRefresh, id: "again", zone: "stairs")
        again.version = "2"
        #expect(fleet.command(again)?.done == true)
    }
}
