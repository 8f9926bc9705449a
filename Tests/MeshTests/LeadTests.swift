import Lighting
import Testing

@testable import Mesh

@Suite("The lead is as long as the slowest bar needs, and no longer")
struct LeadTests {
    /// A node that only listens, with a sensor of a zone of ten other nodes' bars.
    func core(wave: Wave?, deliveries: [String: Duration]) -> (core: NodeCore, zone: Zone) {
        var core = NodeCore(
            NodeDescription(
                site: "home", node: "landing", bars: [], sensors: [.init(name: "top", driver: "simulated")],
                version: "0", bootId: "b", started: at(0)))
        for (node, delay) in deliveries { core.deliveries.hear(delay, from: node) }
        let bars = (1...10).map { $0 < 10 ? "stair-0\($0)" : "stair-10" }
        return (core, Zone(bars: bars, sensors: ["landing/top": .first], wave: wave))
    }

    func record(_ zone: Zone) -> ZoneRecord {
        ZoneRecord(zone, configuration: [], revision: 1, clock: .utc, places: Places())
    }

    func deliveries(_ milliseconds: Int) -> [String: Duration] {
        Dictionary(
            uniqueKeysWithValues: (1...10).map { ($0 < 10 ? "stair-0\($0)" : "stair-10", .milliseconds(milliseconds)) })
    }

    @Test(arguments: [(1, 5), (20, 23), (400, 150)])
    func `together, the slowest bar decides; what is unknown is taken to be slow; and it stays within 5 and 150 ms`(
        _ delivery: Int, _ lead: Int
    ) throws {
        let (core, zone) = core(wave: nil, deliveries: deliveries(delivery))
        #expect(core.lead(of: "landing/top", in: record(zone), at: at(0)) == .milliseconds(lead))
        let (unknown, _) = self.core(wave: nil, deliveries: [:])
        #expect(unknown.lead(of: "landing/top", in: record(zone), at: at(0)) == .milliseconds(20))
    }

    @Test
    func `a wave gives its later bars time: only those whose turn comes sooner than the message count`() throws {
        var slow = deliveries(2)
        slow["stair-03"] = .milliseconds(90)
        let (core, zone) = core(wave: Wave(), deliveries: slow)
        #expect(core.lead(of: "landing/top", in: record(zone), at: at(0)) == .milliseconds(5))
        slow["stair-02"] = .milliseconds(90)
        let (slower, _) = self.core(wave: Wave(), deliveries: slow)
        #expect(slower.lead(of: "landing/top", in: record(zone), at: at(0)) == .milliseconds(43))
    }

    @Test
    func `a lead that the site file asks for is the lead`() throws {
        var (core, zone) = core(wave: nil, deliveries: deliveries(1))
        zone.lead = .milliseconds(77)
        #expect(core.lead(of: "landing/top", in: record(zone), at: at(0)) == .milliseconds(77))
        core.deliveries = DeliveryTimes()
        #expect(core.lead(of: "landing/top", in: record(zone), at: at(0)) == .milliseconds(77))
    }

    @Test
    func `the delay that 99 of 100 messages don't exceed, of the last 128; of a few the longest`() {
        var window = DeliveryWindow()
        #expect(window.p99 == nil && window.heldBack == 0)
        for delay in 1...100 {
            window.add(.milliseconds(delay))
            #expect(window.p99 == .milliseconds(delay < 100 ? delay : 99))
        }
        #expect(window.heldBack == 0.13)
        for delay in 101...128 { window.add(.milliseconds(delay)) }
        #expect(window.p99 == .milliseconds(127))
        for _ in 0..<128 { window.add(.milliseconds(-3)) }
        #expect(window.p99 == .zero)
        #expect(window.count == 128)
    }
}
