import Lighting
import Mesh
import Testing

@testable import Fleet

@Suite struct RefreshTests {
    private func start(
        _ fleet: inout TestFleet, version: String = "2",
        _ configure: (inout RefreshMessage.Preferences) -> Void = { _ in }
    ) -> ResultMessage? {
        var command = FleetCommand(.startRefresh, id: "start", zone: "stairs")
        command.version = version
        var preferences = RefreshMessage.Preferences()
        configure(&preferences)
        command.preferences = preferences
        return fleet.command(command)
    }

    /// Nodes take the updates that they are sent, and come up with what `version` makes of the one asked for.
    ///
    /// - Returns: who was asked, in order, and how many were away at most.
    private func follow(
        _ fleet: inout TestFleet, seconds: Double, version: (String, String) -> String = { $1 }
    ) -> (order: [String], most: Int, neighbours: Bool) {
        var done: Set<String> = []
        var order: [String] = []
        var most = 0
        var neighbours = false
        let end = fleet.now + .nanoseconds(Int64(seconds * 1e9))
        while fleet.now < end {
            fleet.run(seconds: 1)
            let open = fleet.activities().filter { $0.isOpen && $0.kind == .update }.map(\.node)
            most = max(most, open.count)
            let places = open.compactMap { fleet.core.groups["stairs"]?.members.firstIndex(of: $0) }.sorted()
            if zip(places, places.dropFirst()).contains(where: { $1 == $0 + 1 }) { neighbours = true }
            for node in fleet.nodes.keys.sorted() {
                for action in fleet.actions(for: node) where action.action == "update" && !done.contains(action.id) {
                    done.insert(action.id)
                    order.append(node)
                    fleet.reboot(node, version: version(node, action.version ?? ""))
                }
            }
        }
        return (order, most, neighbours)
    }

    @Test func `twelve nodes, one at a time, none beside one that is away`() {
        var fleet = TestFleet(zones: ["stairs": stairs(12)])
        #expect(start(&fleet)?.done == true)
        let (order, most, neighbours) = follow(&fleet, seconds: 600)
        #expect(order == stairs(12) && most == 1 && !neighbours)
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
        #expect(fleet.group("stairs")?.refresh?.percentageComplete == 100)
    }

    @Test func `of thirty, three at a time, never neighbours`() {
        var fleet = TestFleet(zones: ["stairs": stairs(30)])
        #expect(start(&fleet)?.done == true)
        let (order, most, neighbours) = follow(&fleet, seconds: 900)
        #expect(Set(order) == Set(stairs(30)) && most == 3 && !neighbours)
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
    }

    @Test func `it pauses at checkpoints, and bakes`() {
        var fleet = TestFleet(zones: ["stairs": stairs(10)])
        _ = start(&fleet) {
            $0.checkpointPercentages = [20]
            $0.checkpointDelaySeconds = 300
            $0.bakeTimeSeconds = 600
        }
        #expect(follow(&fleet, seconds: 290).order == stairs(2))
        #expect(fleet.group("stairs")?.refresh?.waitsUntil != nil)
        #expect(Set(follow(&fleet, seconds: 400).order).isSuperset(of: stairs(10).dropFirst(2)))
        #expect(fleet.group("stairs")?.refresh?.status == .baking)
        _ = follow(&fleet, seconds: 650)
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
    }

    @Test func `nodes that have the version are skipped`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.reboot("stair-02", version: "2")
        _ = start(&fleet)
        #expect(follow(&fleet, seconds: 200).order == ["stair-01", "stair-03", "stair-04"])
        #expect(fleet.group("stairs")?.refresh?.skipped == ["stair-02"])
    }

    @Test func `a version that comes back as another is rolled back, before the next is begun`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = start(&fleet)
        let (order, _, _) = follow(&fleet, seconds: 600) { node, version in
            node == "stair-03" && version == "2" ? "1" : version
        }
        #expect(order == ["stair-01", "stair-02", "stair-03", "stair-02", "stair-01"])
        #expect(fleet.group("stairs")?.refresh?.status == .rollbackSuccessful)
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
    }

    @Test func `a version that is Unhealthy is rolled back by the refresh, not by the ladder`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = start(&fleet) { $0.bakeTimeSeconds = 600 }
        _ = follow(&fleet, seconds: 150)
        fleet.nodes["stair-01"]?.fault = "dark"
        fleet.run(seconds: 40) { $0.group("stairs")?.refresh?.status == .rollbackInProgress }
        fleet.nodes["stair-01"]?.fault = nil
        _ = follow(&fleet, seconds: 300)
        #expect(fleet.group("stairs")?.refresh?.status == .rollbackSuccessful)
        #expect(fleet.group("stairs")?.refresh?.reason == "stair-01 is Unhealthy with 2: bar/bar: dark")
        #expect(fleet.activities().allSatisfy { $0.kind == .update })
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
    }

    @Test func `cancelled, what is under way ends and nothing more begins`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = start(&fleet)
        _ = follow(&fleet, seconds: 40)
        #expect(fleet.command(FleetCommand(.cancelRefresh, id: "2", zone: "stairs"))?.done == true)
        #expect(follow(&fleet, seconds: 200).order.isEmpty)
        #expect(fleet.group("stairs")?.refresh?.status == .cancelled)
        #expect(fleet.activities().allSatisfy { !$0.isOpen })
    }

    @Test func `what can't be is refused with its reason`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        #expect(start(&fleet) { $0.minHealthyPercentage = 101 }?.error == "minHealthyPercentage is not within 0…100")
        var again = FleetCommand(.startRefresh, id: "again", zone: "cellar")
        again.version = "2"
        #expect(fleet.command(again)?.error == "no zone of that name; name one as zone: stairs")
    }

    @Test func `nodes that have the version are updated all the same where that is wanted`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.reboot("stair-02", version: "2")
        _ = start(&fleet) { $0.skipMatching = false }
        #expect(follow(&fleet, seconds: 200).order == stairs(4))
        #expect(fleet.group("stairs")?.refresh?.status == .successful)
    }

    @Test func `a failure ends it where no rollback is wanted, and an operator may roll back then, or at any time`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = start(&fleet) { $0.autoRollback = false }
        let (order, _, _) = follow(&fleet, seconds: 300) { node, version in node == "stair-03" ? "1" : version }
        #expect(order == stairs(3) && fleet.group("stairs")?.refresh?.status == .failed)
        #expect(fleet.command(FleetCommand(.rollbackRefresh, id: "2", zone: "stairs"))?.done == true)
        fleet.hear(.command, FleetCommand(.rollbackRefresh, id: "3", zone: "stairs"))
        let again: ResultMessage? = fleet.last("fleet/result")
        #expect(again?.error == "nothing to roll back in stairs")
        #expect(follow(&fleet, seconds: 200).order == ["stair-02", "stair-01"])
        #expect(fleet.group("stairs")?.refresh?.status == .rollbackSuccessful)
        #expect(fleet.group("stairs")?.refresh?.reason == "an operator said so")
    }

    @Test func `suspended it begins no update, and says so`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        var suspend = FleetCommand(.suspend, id: "1", zone: "stairs")
        suspend.processes = [.instanceRefresh]
        #expect(fleet.command(suspend)?.done == true)
        _ = start(&fleet)
        #expect(follow(&fleet, seconds: 120).order.isEmpty)
        #expect(fleet.group("stairs")?.holding == "refresh: InstanceRefresh is suspended")
        #expect(fleet.command(FleetCommand(.resume, id: "2", zone: "stairs"))?.done == true)
        #expect(follow(&fleet, seconds: 200).order == stairs(4))
    }

    @Test func `one whose record the broker would not take is refused`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        let long = (1...600).map { "\(String(repeating: "n", count: 60))-\($0)" }
        fleet.core.groups["stairs"]?.members = long
        #expect(start(&fleet)?.error?.contains("bytes long, and the broker takes 131071") == true)
        #expect(fleet.core.groups["stairs"]?.message.refresh == nil)
        // As many with names as people give.
        fleet.core.groups["stairs"]?.members = (1...600).map { "staircase-\($0)" }
        var again = FleetCommand(.startRefresh, id: "again", zone: "stairs")
        again.version = "2"
        #expect(fleet.command(again)?.done == true)
    }
}
