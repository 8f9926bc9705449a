import Lighting
import Mesh
import Testing

@testable import Fleet

@Suite("A refresh when something goes wrong") struct RefreshTroubleTests {
    // MARK: - A rollback ends

    @Test func `a node that won't go back is set aside and named, and asked once`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh()
        let course = fleet.follow(seconds: 600) { node, version in
            switch (node, version) {
            case ("stair-03", "2"): .comesUp("1")
            case ("stair-02", "1"): .refuses("update ended with code 1")
            default: .comesUp(version)
            }
        }
        #expect(course.order == ["stair-01", "stair-02", "stair-03", "stair-02", "stair-01"])
        #expect(fleet.refresh?.status == .rollbackFailed)
        #expect(fleet.refresh?.reason.contains("stair-02 (Refused: update ended with code 1)") == true)
        #expect(fleet.nodes.filter { $0.value.version == "2" }.keys.sorted() == ["stair-02"])
    }

    @Test func `a spare that takes a place meanwhile is updated, and goes back to what it had`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)], spares: ["spare-1"])
        _ = fleet.startRefresh()
        fleet.follow(seconds: 60, until: { ($0.refresh?.updated.count ?? 0) >= 2 })
        fleet.leave("stair-05")
        let course = fleet.follow(seconds: 900) { node, version in
            .comesUp(node == "stair-06" && version == "2" ? "1" : version)
        }
        #expect(course.order.contains("spare-1"))
        #expect(fleet.refresh?.status == .rollbackSuccessful, "\(fleet.refresh?.reason ?? "")")
        #expect(fleet.refresh?.previous["spare-1"] == "1" && fleet.refresh?.previous["stair-05"] == nil)
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
        #expect(fleet.activities().allSatisfy { !$0.isOpen })
    }

    @Test func `a spare that takes a place while it bakes is updated too, and all are counted`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.reboot("stair-02", version: "2")
        fleet.run(seconds: 20)
        _ = fleet.startRefresh { $0.bakeTimeSeconds = 900 }
        fleet.follow(seconds: 300, until: { $0.refresh?.status == .baking })
        fleet.leave("stair-02")
        fleet.follow(seconds: 1500)
        #expect(fleet.refresh?.status == .successful, "\(fleet.refresh?.reason ?? "")")
        #expect(fleet.nodes["spare-1"]?.version == "2")
        #expect(fleet.refresh?.percentageComplete == 100)
    }

    // MARK: - Patience

    @Test func `the hour of patience begins when a pause ends, not before`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh {
            $0.checkpointPercentages = [50]
            $0.checkpointDelaySeconds = 3600
        }
        fleet.follow(seconds: 300, until: { $0.refresh?.waitsUntil != nil })
        fleet.follow(seconds: 3597)
        var unhealthy = FleetCommand(.setHealth, id: "u", node: "stair-05")
        unhealthy.health = .unhealthy
        unhealthy.shouldRespectGracePeriod = false
        #expect(fleet.command(unhealthy)?.done == true)
        fleet.run(seconds: 10)
        #expect(fleet.refresh?.status == .inProgress, "\(fleet.refresh?.reason ?? "")")
        fleet.follow(seconds: 600)
        #expect(fleet.refresh?.status == .successful, "\(fleet.refresh?.reason ?? "")")
    }

    @Test func `a rollback that begins late has its own hour`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh { $0.bakeTimeSeconds = 7200 }
        fleet.follow(seconds: 5400)
        fleet.nodes["stair-01"]?.fault = "dark"
        fleet.follow(seconds: 60, until: { $0.refresh?.status == .rollbackInProgress })
        fleet.run(seconds: 5)
        fleet.nodes["stair-01"]?.fault = nil
        fleet.follow(seconds: 600)
        #expect(fleet.refresh?.status == .rollbackSuccessful, "\(fleet.refresh?.reason ?? "")")
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
    }

    @Test func `neither sleep nor suspension counts as want of progress`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh()
        fleet.follow(seconds: 60)
        var suspend = FleetCommand(.suspend, id: "s", zone: "stairs")
        suspend.processes = [.instanceRefresh]
        #expect(fleet.command(suspend)?.done == true)
        fleet.follow(seconds: 7200)
        fleet.leave("stair-06")
        fleet.follow(seconds: 60)
        #expect(fleet.command(FleetCommand(.resume, id: "r", zone: "stairs"))?.done == true)
        fleet.follow(seconds: 60)
        #expect(fleet.refresh?.status == .inProgress, "\(fleet.refresh?.reason ?? "")")
        // What stands in its way for an hour fails it.
        fleet.follow(seconds: 3700)
        #expect(fleet.refresh?.reason.hasPrefix("no progress for an hour") == true)
    }

    // MARK: - The network

    @Test(arguments: [false, true])
    func `half of the nodes cut off for a minute take nothing back`(baking: Bool) {
        var fleet = TestFleet(zones: ["stairs": stairs(12)])
        _ = fleet.startRefresh { $0.bakeTimeSeconds = 120 }
        fleet.follow(
            seconds: 900,
            until: { baking ? $0.refresh?.status == .baking : ($0.refresh?.updated.count ?? 0) >= 4 })
        for node in stairs(12).prefix(6) { fleet.nodes[node]?.answers = false }
        var holding = ""
        fleet.follow(
            seconds: 60,
            until: {
                holding += $0.group("stairs")?.holding ?? ""
                return false
            })
        // They come back one after another.
        for node in stairs(12).prefix(6) {
            fleet.nodes[node]?.answers = true
            fleet.follow(seconds: 4)
        }
        #expect(fleet.refresh?.status == (baking ? .baking : .inProgress), "\(fleet.refresh?.reason ?? "")")
        #expect(holding.contains("fell silent together"))
        fleet.follow(seconds: 900)
        #expect(fleet.refresh?.status == .successful, "\(fleet.refresh?.reason ?? "")")
        #expect(fleet.nodes.values.allSatisfy { $0.version == "2" })
    }

    @Test func `what a node was asked to do comes again with its next connection, under the same id`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        _ = fleet.startRefresh()
        fleet.run(seconds: 20) { !$0.actions(for: "stair-01").isEmpty }
        fleet.hear(.status(node: "stair-01"), fleet.status("stair-01", connection: 2))
        fleet.run(seconds: 1)
        let actions = fleet.actions(for: "stair-01")
        #expect(actions.count == 2 && Set(actions.map(\.id)).count == 1)
    }

    // MARK: - A version that dies

    @Test func `the others go back past a node that died, and it is named`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh()
        fleet.follow(seconds: 1500) { $0 == "stair-03" && $1 == "2" ? .dies : .comesUp($1) }
        #expect(fleet.refresh?.status == .rollbackFailed)
        #expect(fleet.refresh?.reason.contains("stair-03 (it is not there)") == true, "\(fleet.refresh?.reason ?? "")")
        #expect(fleet.nodes.values.allSatisfy { $0.version == "1" })
    }

    @Test func `a node that died gives its place to the spare, and is named`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)], spares: ["spare-1"])
        _ = fleet.startRefresh()
        fleet.follow(seconds: 1500) { $0 == "stair-03" && $1 == "2" ? .dies : .comesUp($1) }
        #expect(fleet.refresh?.status == .rollbackSuccessful)
        #expect(
            fleet.refresh?.reason.hasSuffix("; others are in the place of stair-03") == true,
            "\(fleet.refresh?.reason ?? "")")
        #expect(fleet.core.groups["stairs"]?.members.contains("spare-1") == true)
        #expect(fleet.group("stairs")?.healthy == 6)
    }

    @Test func `a node that goes back by itself ends the rollback well`() {
        var fleet = TestFleet(zones: ["stairs": stairs(6)])
        _ = fleet.startRefresh()
        fleet.follow(
            seconds: 400, until: { $0.refresh?.status == .rollbackInProgress },
            update: { $0 == "stair-03" && $1 == "2" ? .dies : .comesUp($1) })
        fleet.follow(seconds: 100)
        #expect(fleet.refresh?.status == .rollbackInProgress, "it waits for the node")
        fleet.nodes["stair-03"]?.answers = true
        fleet.reboot("stair-03", version: "1")
        fleet.follow(seconds: 100)
        #expect(fleet.refresh?.status == .rollbackSuccessful)
        #expect(fleet.group("stairs")?.healthy == 6)
    }

    @Test func `a node that goes back by itself while it bakes fails the refresh`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        _ = fleet.startRefresh { $0.bakeTimeSeconds = 600 }
        fleet.follow(seconds: 300, until: { $0.refresh?.status == .baking })
        fleet.reboot("stair-02", version: "1")
        fleet.follow(seconds: 300)
        #expect(fleet.refresh?.status == .rollbackSuccessful)
        #expect(fleet.refresh?.reason.hasPrefix("stair-02 went back to version 1") == true)
    }

    // MARK: - Takeover

    @Test func `a refusal by the next boot says nothing`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        _ = fleet.startRefresh()
        fleet.run(seconds: 20) { !$0.actions(for: "stair-01").isEmpty }
        let id = fleet.actions(for: "stair-01").first?.id ?? ""
        fleet.reboot("stair-01", version: "2")
        let error = "meant for boot boot-1 of this agent; this is boot-2"
        fleet.hear(.result(node: "stair-01"), ResultMessage(id: id, done: false, error: error))
        fleet.done.insert(id + "stair-01")
        #expect(fleet.follow(seconds: 300).order == ["stair-02", "stair-03", "stair-04"])
        #expect(fleet.refresh?.status == .successful, "\(fleet.refresh?.reason ?? "")")
    }

    @Test func `an action whose boot is gone before its record came back isn't sent`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.echoesGroups = false
        _ = fleet.startRefresh()
        fleet.run(seconds: 3)
        #expect(fleet.activities().filter(\.isOpen).map(\.node) == ["stair-01"])
        fleet.reboot("stair-01", version: "2")
        fleet.echoesGroups = true
        if let group = fleet.group("stairs") { fleet.hear(.group(zone: "stairs"), group) }
        fleet.run(seconds: 20) { !$0.actions(for: "stair-02").isEmpty }
        #expect(fleet.actions(for: "stair-01").isEmpty)
    }

    @Test func `who leads comes after the terms of all records, of whose leaders wills may tell an older one`() {
        var fleet = TestFleet(zones: ["stairs": stairs(2)])
        fleet.handle(.disconnected)
        fleet.handle(.connected)
        fleet.hear(.group(zone: "stairs"), GroupMessage(stamp: Stamp(term: 7, revision: 3)))
        fleet.handle(.settled)
        fleet.run(seconds: 10)
        #expect(fleet.core.election.term == 8 && fleet.group("stairs")?.stamp.term == 8)
    }

    // MARK: - Names

    @Test func `the longest names are no hindrance`() {
        let names = (1...2).map { "\($0)" + String(repeating: "x", count: 63) }
        var fleet = TestFleet(zones: ["stairs": names])
        _ = fleet.startRefresh()
        fleet.run(seconds: 20) { !$0.actions(for: names[0]).isEmpty }
        let update = fleet.actions(for: names[0]).first
        #expect(update.map { $0.action == "update" && $0.id.utf8.count <= 64 } == true, "\(update?.id ?? "")")
        fleet.follow(seconds: 200)
        #expect(fleet.refresh?.status == .successful)
        fleet.nodes[names[1]]?.fault = "dark"
        fleet.published = []
        fleet.run(seconds: 100) { !$0.actions(for: names[1]).isEmpty }
        let restart = fleet.actions(for: names[1]).first
        #expect(restart.map { $0.action == "restart" && $0.id.utf8.count <= 64 } == true, "\(restart?.id ?? "")")
    }
}
