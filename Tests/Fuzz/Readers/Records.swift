import Lighting
import Mesh

@testable import Telemetry

extension Reader {
    private static let topics = ["fleet/collector", "node/stair-01/recorded", "node/stair-01/records", "config/site"]
    private static let said = ["node/stair-01/sensor/bottom", "node/stair-01/bar/bar", "node/stair-01/health"]

    /// What a node makes records of (lower-case letters choose the topic that it says something on), and what it hears of
    /// them (upper-case letters); the same text is what a node hands over.
    static func read(records bytes: [UInt8]) throws {
        var now: Int64 = 0
        var uplink = NodeUplink(site: "home", node: "stair-01", bootId: "boot", started: start, seed: 1)
        _ = uplink.handle(.clock(isTrusted: true), at: now)
        _ = uplink.handle(.connected, at: now)
        for line in Line.all(bytes) {
            let handed = HandedOver(line.text, from: "stair-01", of: "home")
            try require(handed.last == handed.records.last?.key, "acknowledges what it hasn't")
            try require(
                handed.records.allSatisfy { $0.key.node == "stair-01" && $0.key.site == "home" },
                "takes another's records")
            if let fault = handed.fault { try requirePlain(fault.description) }
            let isHeard = (0x41...0x5a).contains(line.kind)
            let topic = "footlight/home/" + Line.item(line.kind, of: isHeard ? topics : said)
            let actions = uplink.handle(
                isHeard
                    ? .message(topic: topic, payload: line.text) : .said(topic: topic, payload: line.text), at: now)
            for case .log(let text) in actions { try requirePlain(text) }
            for _ in 0..<10 where uplink.due <= now + 10_000_000_000 {
                now = max(now, uplink.due)
                guard let message = uplink.work(at: now) else { continue }
                // What it writes of whatever it read, it would take itself.
                let own = HandedOver(message.payload, from: "stair-01", of: "home")
                try require(own.fault == nil && own.last != nil, "hands over what is no record: \(own.fault as Any)")
                try require(message.payload.count <= RecordHandover.bytes + Record.bounds.size, "hands over too much")
            }
        }
    }
}
