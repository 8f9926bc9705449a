import MQTT
import Mesh
import Platform
import Processes

/// Zones beside the stairs in which stair-01 has a part, and nodes that aren't there for the rest of them.
struct ManyZones: Sendable, CustomStringConvertible {
    /// How many zones.
    let count: Int
    /// How many bars each has, stair-01's among them.
    let bars: Int

    var description: String { count == 1 ? "a zone of \(bars) bars" : "\(count) zones of \(bars) bars" }

    private var names: [String] { (0..<count).map { "zone-\($0)" } }

    private func configuration(of zone: Int, revision: Int64) -> String {
        let others = (0..<bars - 1).map { "\"f-\((zone * bars + $0) / 10)/\($0 % 10)\"" }
        let all = (["\"stair-01\""] + others).joined(separator: ",")
        return #"{"revision":\#(revision),"bars":[\#(all)],"sensors":{"f-\#(zone * bars / 10)/eye":"last"}}"#
    }

    /// Has the broker keep all zones, as an operator's latest word.
    ///
    /// - Parameter middle: what is done when it has half of them.
    func publish(on stairs: Staircase, middle: () throws -> Void = {}) async throws {
        let revision = RealTimeClock.now
        let all = (["stairs"] + names).map { "\"\($0)\"" }.joined(separator: ",")
        try await publish("config/site", #"{"revision":\#(revision),"zones":[\#(all)]}"#, on: stairs)
        for (zone, name) in names.enumerated() {
            if zone == count / 2 { try middle() }
            try await publish("config/zone/\(name)", configuration(of: zone, revision: revision), on: stairs)
        }
    }

    /// Has the broker keep that the others' nodes, of ten bars each, are there. They don't keep the zones.
    func publishNodes(on stairs: Staircase) async throws {
        let bars = (0..<10).map { #"{"name":"\#($0)","channels":"white"}"# }.joined(separator: ",")
        for node in 0..<count * self.bars / 10 {
            let text =
                #"{"state":"online","bootId":"f","started":1,"connection":1,"version":"0.1.0","bars":[\#(bars)],"#
                + #""sensors":[{"name":"eye","driver":"mqtt"}],"synchronised":false,"priority":1}"#
            try await publish("node/f-\(node)/status", text, on: stairs)
        }
    }

    private func publish(_ topic: String, _ text: String, on stairs: Staircase) async throws {
        try await stairs.client.publish(
            MQTTMessage(topic: "footlight/\(stairs.plan.site)/\(topic)", text: text, retain: true))
    }
}
