import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("The fleet: places that a spare can't fill", .serialized) struct FleetCoverTests {
    @Test
    func `a node whose bar's place went to a spare without a sensor sees again within a minute of its return`()
        async throws
    {
        var plan = FleetPlan()
        plan.bars = 4
        try await FleetSite.with(plan) { site in
            let died = MonotonicClock.now
            try site.process("stair-01").signal(SIGKILL)
            let ended = try await site.until("the bar's place is given to the spare") { log in
                log.activities(since: died).first { $0.status == .successful }
            }
            #expect(ended.node == "stair-01" && ended.spare == "spare-01")
            #expect(site.read { $0.last("config/node/stair-01", as: PlacesMessage.self) }?.sensors == nil)
            try await site.until("a person is asked for") { $0.group?.attention }

            let returned = MonotonicClock.now
            try site.start("stair-01")
            try await site.until("the group is whole again", within: .seconds(60)) { log in
                log.group.flatMap { $0.attention == nil && $0.healthy == 5 && $0.vacantCount == 0 ? true : nil }
            }
            let seconds = Double(MonotonicClock.now - returned) / 1e9
            print("the group is whole \((seconds * 100).rounded() / 100) s after the node with the sensor is back")
            let walk = MonotonicClock.now
            try site.walk()
            for node in ["spare-01", "stair-02", "stair-04"] {
                try await eventually(within: .seconds(10), "motion lights \(node)") {
                    try site.frames(of: node).firstLight(after: walk) != nil
                }
            }
        }
    }

    @Test
    func `a sensor's place that was given away and to nobody is its owner's again within a minute`() async throws {
        var plan = FleetPlan()
        plan.bars = 2
        try await FleetSite.with(plan) { site in
            let empty = PlacesMessage(
                revision: RealTimeClock.now, bars: ["bar": ""], sensors: ["bottom": ""])
            try await site.client.publish(
                MQTTMessage(
                    topic: Topic.nodeConfiguration(node: "stair-01").name(site: "home"), payload: JSON.encode(empty),
                    retain: true))
            try await site.until("the node has its places again", within: .seconds(60)) { log in
                log.last("config/node/stair-01", as: PlacesMessage.self)
                    .flatMap {
                        $0.sensors == ["bottom": "stair-01/bottom"] && $0.bars == ["bar": "stair-01"] ? true : nil
                    }
            }
            try await site.until("the group is whole", within: .seconds(60)) { log in
                log.group.flatMap { $0.healthy == 2 && $0.vacantCount == 0 ? true : nil }
            }
            let walk = MonotonicClock.now
            try site.walk()
            try await eventually(within: .seconds(10), "motion lights the stairs") {
                try site.frames(of: "stair-02").firstLight(after: walk) != nil
            }
        }
    }
}
