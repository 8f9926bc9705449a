import Lighting
import Mesh
import Testing

@testable import Fleet

@Suite struct ChecksTests {
    @Test(arguments: [(10, 5, 3), (10, 5, 2), (5, 2, 1), (30, 5, 5)])
    func `a silent node is Unhealthy within the documented time, whenever it fails`(
        interval: Int, timeout: Int, threshold: Int
    ) {
        var policy = HealthPolicy()
        policy.interval = .seconds(interval)
        policy.timeout = .seconds(timeout)
        policy.unhealthyThreshold = threshold
        let fleet = TestFleet(zones: ["stairs": stairs(4)]) { $0.health = policy }
        var shortest = Duration.seconds(3600)
        var longest = Duration.zero
        // At so many instants of an interval.
        let count = 25
        let step = Duration.seconds(interval) / count
        for number in 0..<count {
            var fleet = fleet
            fleet.run(until: fleet.now + step * number)
            let failed = fleet.now
            fleet.nodes["stair-02"]?.answers = false
            fleet.run(seconds: 1000) { $0.health(of: "stair-02") == .unhealthy }
            shortest = min(shortest, fleet.now - failed)
            longest = max(longest, fleet.now - failed)
            #expect(policy.detectionTime.contains(fleet.now - failed))
        }
        // And the bounds are no wider than need be.
        #expect(shortest < policy.detectionTime.lowerBound + step * 2)
        #expect(longest > policy.detectionTime.upperBound - step * 2)
    }

    @Test func `a check that fails makes a node Unhealthy, with its reason, and passing ones Healthy`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { $0.replacement.restartTimeout = .seconds(3600) }
        fleet.nodes["stair-02"]?.fault = "no answer from the driver"
        fleet.run(seconds: 31)
        let record: NodeMessage? = fleet.last("fleet/node/stair-02")
        #expect(record?.healthStatus == .unhealthy && record?.cause == "bar/bar: no answer from the driver")
        fleet.nodes["stair-02"]?.fault = nil
        fleet.run(seconds: 21)
        #expect(fleet.health(of: "stair-02") == .healthy)
    }

    @Test func `failures within the grace period don't count, from InService on`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4) + ["stair-05"]]) {
            $0.health.healthCheckGracePeriod = .seconds(120)
        }
        fleet.nodes["stair-05"] = TestFleet.Node(fault: "dark")
        #expect(fleet.lifecycle(of: "stair-05") == .inService)
        var late = TestFleet(zones: ["stairs": stairs(4)]) { $0.health.healthCheckGracePeriod = .seconds(120) }
        late.nodes["stair-02"]?.fault = "dark"
        late.run(seconds: 20)
        #expect(late.health(of: "stair-02") == .healthy)
        late.run(seconds: 60)
        #expect(late.health(of: "stair-02") == .unhealthy)
    }

    @Test func `a late will doesn't kill a newer birth`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.hear(.status(node: "stair-02"), fleet.status("stair-02", connection: 2))
        fleet.hear(.status(node: "stair-02"), fleet.status("stair-02", .offline, connection: 1))
        #expect(fleet.core.presence.isOnline("stair-02"))
    }

    @Test func `figures are judged by the file's thresholds, unknown checks are shown only`() {
        var policy = FleetPolicy()
        policy.checks["temperature"] = CheckRule(counts: true, maximum: 70)
        let hot = HealthMessage.Check(.temperature, healthy: true, value: 71)
        #expect(policy.checks["temperature"]?.fault(of: hot) == "temperature: 71.0 °C, more than 70.0")
        #expect(CheckRule.rule(for: "sensor/bottom", in: policy.checks) == CheckRule(counts: true))
        #expect(CheckRule.rule(for: "something new", in: policy.checks) == nil)
        let nonsense = HealthMessage.Check(.temperature, healthy: true, value: .nan)
        #expect(policy.checks["temperature"]?.fault(of: nonsense) != nil)
    }

    @Test func `a clock that can't be known well is shown, and counts where the file says so`() {
        for counts in [false, true] {
            var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"]) { policy in
                if counts { policy.checks["clock error bound"]?.counts = true }
            }
            fleet.nodes["stair-02"]?.checks = [
                .init(.clockErrorBound, healthy: false, value: 55, detail: "the network is slow")
            ]
            fleet.run(seconds: 60)
            #expect(fleet.health(of: "stair-02") == (counts ? .unhealthy : .healthy))
            #expect(fleet.activities().isEmpty == !counts)
            let notes = fleet.core.view(at: fleet.now).nodes["stair-02"]?.notes.map(\.text)
            #expect(notes == (counts ? [] : ["clock error bound: the network is slow"]))
        }
    }

    @Test func `an agent that starts again and again is Unhealthy, one asked to isn't`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { $0.replacement.restartTimeout = .seconds(3600) }
        for _ in 1...3 { fleet.reboot("stair-02") }
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "stair-02") == .healthy)
        fleet.reboot("stair-02")
        fleet.run(seconds: 31)
        #expect(fleet.core.nodes["stair-02"]?.message.cause == "its agent started 4 times in ten minutes")
    }

    @Test func `in standby nothing is checked, nothing is replaced`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        #expect(fleet.command(FleetCommand(.enterStandby, id: "1", node: "stair-02"))?.done == true)
        #expect(fleet.lifecycle(of: "stair-02") == .standby)
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 600)
        #expect(fleet.activities().isEmpty && fleet.group("stairs")?.standby == ["stair-02"])
        fleet.nodes["stair-02"]?.answers = true
        #expect(fleet.command(FleetCommand(.exitStandby, id: "2", node: "stair-02"))?.done == true)
        fleet.run(seconds: 21)
        #expect(fleet.lifecycle(of: "stair-02") == .inService && fleet.health(of: "stair-02") == .healthy)
    }

    @Test func `who is stopped finds deadlines passed and counts nothing of it`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.now = fleet.now + .seconds(120)
        fleet.handle(.tick)
        #expect(fleet.lines.first?.contains("was away for 12") == true)
        fleet.run(seconds: 60)
        #expect(stairs(4).allSatisfy { fleet.health(of: $0) == .healthy })
    }

    @Test func `rubbish is refused with a reason, and changes nothing`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        let topics = [
            "node/stair-01/status", "node/stair-01/health", "node/stair-01/result", "config/site", "config/zone/stairs",
            "config/node/stair-01", "fleet/node/stair-01", "fleet/group/stairs", "fleet/agent/b", "fleet/command",
        ]
        for topic in topics {
            for text in ["[", "{}", "null", "\u{0}", #"{"stamp":{"term":9223372036854775807,"revision":1}}"#] {
                let before = fleet.lines.count
                fleet.handle(.message(topic: "footlight/home/\(topic)", payload: Array(text.utf8)))
                #expect(fleet.lines.count > before, "\(topic) \(text)")
            }
        }
        for (field, value) in [
            ("priority", "-9223372036854775808"), ("priority", "-1"), ("priority", "101"), ("term", "-1"),
            ("term", "1000000001"), ("beat", "-1"), ("beat", "1.5"),
        ] {
            var fields = ["priority": "50", "term": "1", "beat": "1"]
            fields[field] = value
            let numbers = fields.map { "\"\($0)\":\($1)" }.joined(separator: ",")
            let text = #"{"online":true,"bootId":"b","version":"1","leads":false,\#(numbers)}"#
            let before = fleet.lines.count
            fleet.handle(.message(topic: "footlight/home/fleet/agent/b", payload: Array(text.utf8)))
            #expect(fleet.lines.count > before, "\(text)")
        }
        fleet.run(seconds: 30)
        #expect(stairs(4).allSatisfy { fleet.health(of: $0) == .healthy })
    }

    @Test func `a node that was never heard of is Unhealthy after its grace period, and no spare is spent on it`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        // A fifth place, whose node is never heard of.
        fleet.hear(
            .zoneConfiguration(zone: "stairs"), ZoneMessage(Zone(bars: stairs(5), sensors: [:]), revision: 2))
        let placed = fleet.now
        #expect(fleet.lifecycle(of: "stair-05") == .pending)
        fleet.run(seconds: 1000) { $0.health(of: "stair-05") == .unhealthy }
        let health = FleetPolicy().health
        let expected = health.detectionTime
        let after = fleet.now - placed - health.healthCheckGracePeriod
        #expect(after > expected.lowerBound && after <= expected.upperBound + health.interval)
        #expect(fleet.group("stairs")?.unhealthy == ["stair-05"])
        #expect(fleet.core.nodes["stair-05"]?.message.cause == "doesn't answer, never heard")
        fleet.run(seconds: 2000)
        #expect(fleet.activities().isEmpty && fleet.core.groups["stairs"]?.members.last == "stair-05")
        #expect(fleet.group("stairs")?.holding?.hasPrefix("stair-05: nobody has ever heard of it: install") == true)
        #expect(fleet.group("stairs")?.attention?.contains("take it out of the site file") == true)
        // A person may want that all the same.
        var command = FleetCommand(.setHealth, id: "1", node: "stair-05")
        command.health = .unhealthy
        #expect(fleet.command(command)?.done == true)
        fleet.run(seconds: 60)
        #expect(fleet.core.groups["stairs"]?.members.last == "spare-1")
        #expect(fleet.group("stairs")?.attention == nil)
    }

    @Test(arguments: [true, false])
    func `two agents of one node's name are told of as that, and cost no restart and no spare`(areToldByThem: Bool) {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        for round in 0..<12 {
            // Each start of the one ends the other's connection, and it comes back.
            fleet.nodes["stair-02"]?.boot = round % 2 == 0 ? 7 : 8
            if areToldByThem { fleet.nodes["stair-02"]?.conflict = round % 2 == 0 ? "boot-8" : "boot-7" }
            fleet.hear(.status(node: "stair-02"), fleet.status("stair-02"))
            fleet.nodes["stair-02"]?.answers = round % 3 != 0
            fleet.run(seconds: 45)
        }
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "stair-02") == .unhealthy)
        #expect(fleet.activities().isEmpty && fleet.actions(for: "stair-02").isEmpty, "\(fleet.activities())")
        let words = "stair-02: two agents go by its name (boots boot-7, boot-8)"
        #expect(fleet.group("stairs")?.holding?.hasPrefix(words) == true, "\(fleet.group("stairs")?.holding ?? "")")
        // One was renamed.
        fleet.nodes["stair-02"]?.conflict = nil
        fleet.nodes["stair-02"]?.answers = true
        fleet.reboot("stair-02")
        fleet.run(seconds: 1300)
        #expect(fleet.group("stairs")?.holding == nil && fleet.health(of: "stair-02") == .healthy)
    }

    @Test func `a node that starts, and answers nothing, is Unhealthy too; one asked to start has its time`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { $0.health.healthCheckGracePeriod = .seconds(120) }
        fleet.nodes["stair-02"]?.fault = "dark"
        fleet.run(seconds: 100) { !$0.actions(for: "stair-02").isEmpty }
        fleet.nodes["stair-02"]?.answers = false
        fleet.reboot("stair-02")
        #expect(fleet.lifecycle(of: "stair-02") == .pending)
        fleet.run(seconds: 119)
        #expect(fleet.health(of: "stair-02") == .unobservable)
        fleet.run(seconds: 40)
        #expect(fleet.health(of: "stair-02") == .unhealthy)
    }

    @Test func `a node on an older configuration of its zone is told of, once that isn't on its way any more`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        func reported(_ revision: Int) -> [HealthMessage.Check] {
            [.init(.zoneConfiguration, of: "stairs", healthy: true, value: 4, detail: "\(revision)")]
        }
        fleet.nodes["stair-02"]?.checks = reported(1)
        fleet.run(seconds: 30)
        fleet.hear(
            .zoneConfiguration(zone: "stairs"), ZoneMessage(Zone(bars: stairs(4), sensors: [:]), revision: 2))
        fleet.run(seconds: 10)
        #expect(fleet.core.nodes["stair-02"]?.message.cause == "")
        fleet.run(seconds: 10)
        let note = "configuration/stairs: revision 1 is in force, 2 was published"
        let record: NodeMessage? = fleet.last("fleet/node/stair-02")
        #expect(record?.healthStatus == .healthy && record?.cause == note)
        let notes = fleet.core.view(at: fleet.now).nodes["stair-02"]?.notes
        #expect(notes == [CheckFault(check: "configuration/stairs", text: note)])
        fleet.nodes["stair-02"]?.checks = reported(2)
        fleet.run(seconds: 10)
        #expect(fleet.core.nodes["stair-02"]?.message.cause == "")
    }

    @Test func `who answers and doesn't report is Unhealthy, after as many reports as may be missed`() {
        for missed in [3, 6] {
            var fleet = TestFleet(zones: ["stairs": stairs(4)]) { $0.health.missedReports = missed }
            fleet.nodes["stair-02"]?.reports = false
            let began = fleet.now
            fleet.run(seconds: 300) { $0.health(of: "stair-02") == .unhealthy }
            let seconds = (fleet.now - began).seconds
            // As many intervals, and then the thresholds' time.
            #expect(seconds > Double(missed) * 10 + 10 && seconds < Double(missed) * 10 + 40)
            #expect(fleet.core.nodes["stair-02"]?.message.cause.hasPrefix("no health report for") == true)
        }
    }

    @Test func `with HealthCheck suspended nobody becomes Unhealthy`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        var suspend = FleetCommand(.suspend, id: "1", zone: "stairs")
        suspend.processes = [.healthCheck]
        #expect(fleet.command(suspend)?.done == true)
        fleet.nodes["stair-02"]?.fault = "dark"
        fleet.run(seconds: 120)
        #expect(fleet.health(of: "stair-02") == .healthy)
        #expect(fleet.command(FleetCommand(.resume, id: "2", zone: "stairs"))?.done == true)
        fleet.run(seconds: 31)
        #expect(fleet.health(of: "stair-02") == .unhealthy)
    }

    @Test func `a node's words don't make its record long, nor do many nodes their group's`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.nodes["stair-02"]?.checks = (1...150).map {
            .init(.bar, of: "\($0)", healthy: false, value: 0, detail: String(repeating: "é", count: 300))
        }
        fleet.run(seconds: 31)
        #expect(fleet.core.nodes["stair-02"]?.message.cause.count == 300)
        #expect(fleet.activities().first?.cause.count == 300)
        fleet.hear(
            .zoneConfiguration(zone: "stairs"), ZoneMessage(Zone(bars: stairs(154), sensors: [:]), revision: 2))
        #expect(fleet.group("stairs")?.pending.count == 100 && fleet.group("stairs")?.pendingCount == 150)
    }
}
