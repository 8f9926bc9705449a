import Lighting
import MQTT
import Mesh
import Testing

@testable import footlight

@Suite("What footlight sync makes of what nodes say")
struct SyncReportTests {
    private func report(
        deviations: [String: String] = [:], checks: [HealthMessage.Check] = [], delivery: String? = nil
    ) -> SyncReport {
        var retained = [
            "config/zone/stairs": #"{"revision":1,"bars":["a","b"],"sensors":{"a/pir":"first"},"hold":"5s"}"#,
            "config/zone/hall": #"{"revision":1,"bars":["a","b"],"sensors":{"b/pir":"first"},"hold":"5s"}"#,
        ]
        for node in ["a", "b"] {
            retained["node/\(node)/status"] = """
                {"state":"online","bootId":"x","started":1,"connection":1,"version":"1",\
                "bars":[{"name":"bar","channels":"white"}],"sensors":[],"synchronised":true,"priority":0}
                """
        }
        for (bar, list) in deviations {
            retained["node/\(bar)/bar/bar"] = #"{"on":true,"level":1,"colour":"2700K","deviations":[\#(list)]}"#
        }
        retained["node/a/delivery"] = delivery
        let messages = retained.map { topic, payload in
            ReceivedMessage(topic: "footlight/home/\(topic)", payload: Array(payload.utf8), retained: true)
        }
        let health = HealthMessage(at: 1, uptimeSeconds: 1, checks: checks)
        let snapshot = SiteSnapshot(messages, site: "home")
        #expect(snapshot.faults.isEmpty)
        return SyncReport(snapshot, health: ["a": health, "b": health], zone: "stairs")
    }

    @Test(arguments: [1, 2, 3, 20])
    func `the median, and of fewer than a hundred activations the worst`(count: Int) throws {
        // The nth activation's spread is n ms.
        func list(_ offset: Int) -> String {
            (1...count).map { #"{"activation":\#($0),"nanoseconds":\#($0 * offset),"zone":"stairs"}"# }
                .joined(separator: ",")
        }
        let zone = try #require(report(deviations: ["a": list(0), "b": list(1_000_000)]).zones.first)
        #expect(zone.activations == count)
        #expect(zone.p99SpreadMilliseconds == Double(count))
        #expect(zone.medianSpreadMilliseconds == Double((count + 1) / 2))
        #expect(zone.worstBar == "b")
    }

    @Test
    func `only what a bar did in the zone counts for it`() throws {
        let mixed = #"{"activation":1,"nanoseconds":5,"zone":"hall"},{"activation":2,"nanoseconds":7,"zone":"stairs"}"#
        let zone = try #require(report(deviations: ["a": mixed, "b": mixed]).zones.first)
        #expect(zone.activations == 1)
    }

    @Test
    func `what spoils it is said with its remedy, once, and absurd figures are borne`() throws {
        let checks: [HealthMessage.Check] = [
            .init(.clock, healthy: false, value: 0, detail: "unsynchronised"),
            .init(.clockErrorBound, healthy: false, value: 1e300),
            .init(.clockLowestDelay, healthy: true, value: 1),
            .init(.frames, healthy: true, value: 10),
            .init(.lateFrames, healthy: false, value: 1e300),
            .init(.realTimePriority, healthy: true, value: 0, detail: "give it to the unit"),
            .init(.memory, healthy: true, value: 12, detail: "nothing to mend"),
        ]
        let slow = #"{"seconds":0.045,"samples":20,"heldBack":0.6}"#
        let remedies = try #require(report(checks: checks, delivery: slow).nodes.first { $0.node == "a" }).remedies
        #expect(remedies.count == 5)
        for word in [
            "acts on arrival", "1e+300 ms", "100 % of its frames", "give it to the unit", "set_tcp_nodelay true",
        ] {
            #expect(remedies.contains { $0.contains(word) }, "\(word) is missing in \(remedies)")
        }
        // One of two messages that took 40 ms on a Wi-Fi is no proof.
        let few = #"{"seconds":0.045,"samples":20,"heldBack":0.1}"#
        let other = try #require(report(checks: [checks[2]], delivery: few).nodes.first { $0.node == "a" })
        #expect(other.remedies.isEmpty, "\(other.remedies)")
    }
}
