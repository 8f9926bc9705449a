import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("The fleet: checks that prove work", .serialized) struct FleetChecksTests {
    /// Six seconds to connect and to learn the time, and then the thresholds' time: docs/fleet.md.
    private static let clockLimit = 6 + 3.5

    /// A plan whose nodes fail without being replaced: how each is found is what is looked at.
    private func site(_ plan: FleetPlan, _ body: (FleetSite) async throws -> Void) async throws {
        try await FleetSite.with(plan) { site in
            var suspend = FleetCommand(.suspend, id: "suspend", zone: "stairs")
            suspend.processes = [.replaceUnhealthy]
            #expect(try await site.command(suspend).done)
            try await body(site)
        }
    }

    /// Awaits that a node counts as Unhealthy, and returns after how many seconds and why.
    private func found(_ node: String, _ site: FleetSite, since: Int64, within limit: Duration) async throws -> (
        seconds: Double, cause: String
    ) {
        let instant = try await site.until("\(node) is Unhealthy", within: limit) {
            $0.instant(of: node, is: .unhealthy, since: since)
        }
        let cause = site.read { $0.node(node)?.cause ?? "" }
        let seconds = Double(instant - since) / 1e9
        print("\(node): Unhealthy after \((seconds * 100).rounded() / 100) s: \(cause)")
        return (seconds, cause)
    }

    @Test func `stopped it is alive and connected, and doesn't work: the probe finds it`() async throws {
        var plan = FleetPlan()
        plan.bars = 3
        plan.agents = ["fleet-a"]
        try await site(plan) { site in
            let began = MonotonicClock.now
            try site.process("stair-02").signal(SIGSTOP)
            let (seconds, cause) = try await found("stair-02", site, since: began, within: .seconds(20))
            #expect(seconds > 2.4 && seconds < 3.5 + FleetReplacementTests.slack)
            #expect(cause.hasPrefix("doesn't answer"))
            let status: NodeStatus? = site.read { $0.last("node/stair-02/status") }
            #expect(status?.state == .online, "the broker takes it to be there")
            try site.process("stair-02").signal(SIGCONT)
            try await site.waitUntilHealthy(["stair-02"])
            #expect(site.read { $0.activities() }.isEmpty)
        }
    }

    @Test
    func `a bar whose driver fails, and a sensor stuck high, are found by their checks; what mends them is seen`()
        async throws
    {
        var plan = FleetPlan()
        plan.bars = 3
        plan.agents = ["fleet-a"]
        plan.sensor = "{driver: mqtt, topic: pir, on: seen, off: gone}"
        let lamp = try UDPLamp()
        plan.outputs["stair-02"] = "{driver: ddp, host: \(lamp.host), leds: 1}"
        try await site(plan) { site in
            let stuck = MonotonicClock.now
            try await site.client.publish(MQTTMessage(topic: "pir", payload: Array("seen".utf8)))
            let began = MonotonicClock.now
            lamp.turnOff()
            let bar = try await found("stair-02", site, since: began, within: .seconds(20))
            // u failed checks, and one more for the kernel to tell that nobody takes the first packet.
            #expect(bar.cause.contains("nobody listens at \(lamp.host)"))
            #expect(bar.seconds < 5 + FleetReplacementTests.slack)
            let sensor = try await found("stair-01", site, since: stuck, within: .seconds(60))
            #expect(sensor.cause.contains("sensor/bottom: said motion, and then nothing for 30 s"))
            // The stuck limit, and then the thresholds' time.
            #expect(sensor.seconds > 30 && sensor.seconds < 30 + 4 + FleetReplacementTests.slack)
            try lamp.turnOn()
            try await site.client.publish(MQTTMessage(topic: "pir", payload: Array("gone".utf8)))
            try await site.waitUntilHealthy(["stair-01", "stair-02"])
        }
    }

    @Test
    func `a clock that may be off by 50 ms, its way being longer one way, is found where that counts`() async throws {
        var plan = FleetPlan()
        plan.bars = 3
        plan.agents = ["fleet-a"]
        plan.spares = []
        plan.linked = ["stair-03"]
        plan.furtherLines["fleet-a"] = "checks: {clock error bound: {counts: true}}"
        try await site(plan) { site in
            let began = MonotonicClock.now
            // As it runs on it knows the time still; as it starts it has but that way to ask.
            site.link.slow(by: .milliseconds(110))
            try site.start("stair-03")
            let (seconds, cause) = try await found("stair-03", site, since: began, within: .seconds(30))
            #expect(cause.contains("clock error bound: "))
            let report: HealthMessage? = site.read { $0.last("node/stair-03/health") }
            let bound = report?.checks.first { $0.check == "clock error bound" }?.value ?? 0
            #expect(bound >= 50 && bound < 70, "\(bound) ms")
            #expect(seconds < FleetChecksTests.clockLimit + FleetReplacementTests.slack)
        }
    }
}
