import Lighting
import Mesh
import Testing

@testable import Fleet

@Suite struct ReplacementTests {
    @Test func `what is begun is written, and has come back, before it is done`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.echoesGroups = false
        fleet.nodes["stair-02"]?.fault = "dark"
        fleet.run(seconds: 40)
        #expect(fleet.activities().last?.isOpen == true)
        #expect(fleet.actions(for: "stair-02").isEmpty)
        fleet.handle(
            .message(
                topic: "footlight/home/fleet/group/stairs", payload: fleet.retained["fleet/group/stairs"] ?? []))
        #expect(fleet.actions(for: "stair-02").map(\.action) == ["restart"])
        #expect(fleet.actions(for: "stair-02").first?.bootId == "boot-1")
    }

    @Test func `restart, then reboot, then a spare; each verified by the boot id`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.nodes["stair-02"]?.fault = "dark"
        fleet.run(seconds: 100) { !$0.actions(for: "stair-02").isEmpty }
        #expect(fleet.actions(for: "stair-02").map(\.action) == ["restart"])
        // It takes the action, starts anew, and fails still: after grace and thresholds it is rebooted.
        fleet.reboot("stair-02")
        fleet.run(seconds: 200) { $0.actions(for: "stair-02").count == 2 }
        #expect(fleet.actions(for: "stair-02").map(\.action) == ["restart", "reboot"])
        #expect(fleet.actions(for: "stair-02").last?.bootId == "boot-2")
        fleet.reboot("stair-02")
        fleet.run(seconds: 300) { $0.nodes["spare-1"]?.configuration != nil }
        #expect(fleet.nodes["spare-1"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": ""])
        fleet.run(seconds: 60)
        #expect(fleet.activities().count == 1)
        #expect(fleet.activities().first?.status == .successful)
        #expect(fleet.lifecycle(of: "stair-02") == .terminated)
        #expect(fleet.core.groups["stairs"]?.members == ["stair-01", "spare-1", "stair-03", "stair-04"])
        #expect(fleet.group("stairs")?.healthy == 4)
    }

    @Test func `a restart that helps ends it`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.nodes["stair-02"]?.fault = "dark"
        fleet.run(seconds: 100) { !$0.actions(for: "stair-02").isEmpty }
        fleet.nodes["stair-02"]?.fault = nil
        fleet.reboot("stair-02")
        fleet.run(seconds: 60)
        #expect(fleet.activities().map(\.status) == [.successful])
        #expect(
            fleet.activities().first?.line.hasPrefix(
                "Successful: Restarting the agent of stair-02. Cause: bar/bar: dark.") == true)
    }

    @Test func `a silent node gets no action, its place goes to a spare, after a delay`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 90)
        #expect(fleet.health(of: "stair-02") == .unhealthy && fleet.activities().isEmpty)
        fleet.run(seconds: 40)
        #expect(fleet.actions(for: "stair-02").isEmpty)
        #expect(fleet.activities().map(\.status) == [.successful])
        // Once it is well again it is a spare for its old place.
        fleet.nodes["stair-02"]?.answers = true
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "stair-02") == .healthy && fleet.core.nodes["stair-02"]?.message.isSpare == true)
        fleet.nodes["spare-1"]?.answers = false
        fleet.run(seconds: 200)
        #expect(fleet.nodes["stair-02"]?.configuration?.bars == ["bar": "stair-02"])
        #expect(fleet.lifecycle(of: "stair-02") == .inService)
    }

    @Test func `what nobody could hear isn't silence: after an outage of the broker's a node has its whole time`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.run(seconds: 60)
        fleet.handle(.disconnected)
        fleet.run(seconds: 70)
        fleet.nodes["stair-02"]?.answers = false
        fleet.handle(.connected)
        fleet.handle(.settled)
        fleet.run(seconds: 80)
        #expect(fleet.health(of: "stair-02") == .unhealthy && fleet.activities().isEmpty)
        fleet.run(seconds: 40)
        #expect(fleet.activities().map(\.status) == [.successful])
    }

    @Test func `without a spare a person is asked for, once`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 2000)
        #expect(fleet.activities().map(\.status) == [.failed])
        #expect(fleet.group("stairs")?.attention == "stair-02: No spare can take its place: a person must")
    }

    @Test func `one at a time, the next once the first is Healthy`() {
        var fleet = TestFleet(zones: ["stairs": stairs(12)])
        for node in ["stair-02", "stair-05"] { fleet.nodes[node]?.fault = "dark" }
        fleet.run(seconds: 40)
        let first = fleet.activities().map(\.node)
        #expect(first.count == 1)
        #expect(fleet.group("stairs")?.holding?.hasSuffix("1 of at most 1 of stairs are being seen to") == true)
        fleet.nodes[first[0]]?.fault = nil
        fleet.reboot(first[0])
        fleet.run(seconds: 30)
        #expect(fleet.activities().count == 2 && fleet.group("stairs")?.holding == nil)
    }

    @Test(arguments: [
        (12, 7, "7 of 12 nodes are silent"),
        (12, 6, "6 of 12 nodes fell silent together"),
        (4, 3, "3 of 4 nodes are silent"),
    ])
    func `when most of a group, or several together, fall silent, nothing is replaced and the cause is shown`(
        count: Int, silent: Int, reason: String
    ) {
        var fleet = TestFleet(zones: ["stairs": stairs(count)], spares: ["spare-1"])
        for node in stairs(count).prefix(silent) { fleet.nodes[node]?.answers = false }
        fleet.run(seconds: 300)
        #expect(fleet.activities().isEmpty)
        #expect(fleet.group("stairs")?.holding?.contains(reason) == true, "\(fleet.group("stairs")?.holding ?? "")")
        fleet.run(seconds: 900)
        #expect(fleet.group("stairs")?.attention?.hasPrefix("held back since 15 min") == true)
        for node in stairs(count) { fleet.nodes[node]?.answers = true }
        fleet.run(seconds: 60)
        #expect(fleet.activities().isEmpty)
        #expect(fleet.group("stairs")?.holding == nil && fleet.group("stairs")?.attention == nil)
    }

    @Test func `two silent groups are the network, also where each is small`() {
        var fleet = TestFleet(zones: ["hall": ["hall-01"], "stairs": ["stair-01"]], spares: ["spare-1"])
        for node in ["hall-01", "stair-01"] { fleet.nodes[node]?.answers = false }
        fleet.run(seconds: 300)
        #expect(fleet.activities().isEmpty && fleet.activities("hall").isEmpty)
    }

    @Test func `while its own messages don't come back nothing counts`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.echoes = false
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 300)
        #expect(fleet.health(of: "stair-02") != .unhealthy && fleet.published.isEmpty)
    }

    @Test func `suspended processes are shown, and resumed`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        var suspend = FleetCommand(.suspend, id: "1", zone: "stairs")
        suspend.processes = [.replaceUnhealthy]
        #expect(fleet.command(suspend)?.done == true)
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 300)
        #expect(fleet.activities().isEmpty && fleet.group("stairs")?.suspendedProcesses == [.replaceUnhealthy])
        #expect(fleet.group("stairs")?.holding == "stair-02: ReplaceUnhealthy is suspended")
        #expect(fleet.command(FleetCommand(.resume, id: "2", zone: "stairs"))?.done == true)
        fleet.run(seconds: 60)
        #expect(fleet.activities().count == 1)
    }

    @Test func `a person's word makes a node Unhealthy, also against the hold`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        var command = FleetCommand(.setHealth, id: "1", node: "stair-02")
        command.health = .unhealthy
        #expect(fleet.command(command)?.done == true)
        #expect(fleet.actions(for: "stair-02").map(\.action) == ["restart"])
        #expect(fleet.activities().first?.cause == "an operator said so")
    }

    @Test func `a person's word holds while it is held back, whatever checks say`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { $0.replacement.restartTimeout = .seconds(3600) }
        fleet.nodes["stair-04"]?.fault = "dark"
        fleet.run(seconds: 40)
        var command = FleetCommand(.setHealth, id: "1", node: "stair-02")
        command.health = .unhealthy
        #expect(fleet.command(command)?.done == true)
        fleet.run(seconds: 120)
        #expect(fleet.health(of: "stair-02") == .unhealthy && fleet.actions(for: "stair-02").isEmpty)
        fleet.nodes["stair-04"]?.fault = nil
        fleet.reboot("stair-04")
        fleet.run(seconds: 40)
        #expect(fleet.actions(for: "stair-02").map(\.action) == ["restart"])
        // It passes its checks, and is well once that was done.
        fleet.reboot("stair-02")
        fleet.run(seconds: 40)
        #expect(fleet.health(of: "stair-02") == .healthy && fleet.activities().allSatisfy { !$0.isOpen })
    }

    @Test func `for how long it has been held back counts, whoever leads; who follows tells what the leader wrote`() {
        var fleet = TestFleet(zones: ["stairs": stairs(12)])
        for node in stairs(7) { fleet.nodes[node]?.answers = false }
        fleet.run(seconds: 600)
        let since = fleet.group("stairs")?.holdingSince
        #expect(since != nil)
        var other = TestFleet(zones: ["stairs": stairs(12)], id: "b")
        other.handle(.disconnected)
        other.now = fleet.now
        other.handle(.connected)
        var message = fleet.group("stairs") ?? GroupMessage()
        message.stamp.term += 1
        other.hear(.group(zone: "stairs"), message)
        #expect(other.core.view(at: other.now).groups["stairs"] == message)
        for node in stairs(7) { other.nodes[node]?.answers = false }
        other.handle(.settled)
        other.run(seconds: 30)
        #expect(other.core.isLeading(at: other.now) && other.group("stairs")?.holdingSince == since)
        other.run(seconds: 330)
        #expect(other.group("stairs")?.attention?.hasPrefix("held back since 15 min") == true)
        for node in stairs(7) { other.nodes[node]?.answers = true }
        other.run(seconds: 60)
        #expect(other.group("stairs")?.holding == nil && other.group("stairs")?.attention == nil)
    }

    @Test func `who takes over goes on with what was begun, with the same id, for the same boot`() throws {
        var first = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        first.nodes["stair-02"]?.fault = "dark"
        first.run(seconds: 100) { !$0.actions(for: "stair-02").isEmpty }
        let record = try #require(first.retained["fleet/group/stairs"])
        let before = try #require(first.actions(for: "stair-02").first)
        var second = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"], id: "b")
        second.handle(.disconnected)
        second.now = first.now
        second.handle(.connected)
        var message = try JSON.decode(GroupMessage.self, from: record)
        message.stamp.term += 1
        second.hear(.group(zone: "stairs"), message)
        var node = try JSON.decode(NodeMessage.self, from: #require(first.retained["fleet/node/stair-02"]))
        node.stamp.term += 1
        second.hear(.node("stair-02"), node)
        second.handle(.settled)
        second.run(seconds: 5)
        let after = try #require(second.actions(for: "stair-02").first)
        #expect(after.id == before.id && after.bootId == before.bootId && after.action == "restart")
        second.reboot("stair-02")
        second.run(seconds: 60)
        #expect(second.activities().map(\.status) == [.successful])
    }

    @Test func `a broker that lost its memory has configuration and records again`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.handle(.disconnected)
        fleet.run(seconds: 10)
        fleet.handle(.connected)
        for node in stairs(4) { fleet.hear(.status(node: node), fleet.status(node)) }
        fleet.retained = [:]
        fleet.handle(.settled)
        fleet.run(seconds: 10)
        #expect(
            Set(fleet.retained.keys).isSuperset(of: [
                "config/site", "config/zone/stairs", "fleet/group/stairs", "fleet/node/stair-01",
            ]))
    }
}
