import MQTT
import Mesh

@testable import footlight

/// What a broker keeps of site `home`, by topic below it.
enum Kept {
    /// A node's status.
    static func status(_ state: String = "online", bars: [String] = ["bar"], sensors: [String] = []) -> String {
        let bars = bars.map { #"{"name":"\#($0)","channels":"white"}"# }.joined(separator: ",")
        let sensors = sensors.map { #"{"name":"\#($0)","driver":"simulated"}"# }.joined(separator: ",")
        return """
            {"state":"\(state)","bootId":"x","started":1,"connection":1,"version":"1","bars":[\(bars)],\
            "sensors":[\(sensors)],"synchronised":true,"priority":50}
            """
    }

    static func snapshot(_ topics: [String: String]) -> SiteSnapshot {
        SiteSnapshot(
            topics.sorted { $0.key < $1.key }.map { topic, payload in
                ReceivedMessage(topic: "footlight/home/\(topic)", payload: Array(payload.utf8), retained: true)
            }, site: "home")
    }
}
