import Lighting

@testable import Mesh

extension Reader {
    /// When all that is read happens.
    static let start = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
    /// Below the site.
    private static let topics = [
        "config/site", "config/zone/stairs", "config/zone/hall", "config/node/stair-01", "config/node/spare-01",
        "node/stair-01/status", "node/landing/status", "node/landing/sensor/top", "node/stair-01/sensor/bottom",
        "node/landing/light/sky", "node/landing/delivery", "zone/stairs/set", "zone/hall/set", "zone/stairs/override",
        "node/stair-01/action", "node/stair-01/bar/bar", "zone/stairs/state",
    ]

    /// A node's mind, to which messages come (an upper-case letter chooses the topic; the mark says how: `0` live, `1`
    /// retained, `2` from the cache), and what else happens (lower-case letters).
    static func read(node bytes: [UInt8]) throws {
        var now = start
        var description = NodeDescription(
            site: "home", node: "stair-01", bars: [.init(name: "bar", channels: "rgbw")],
            sensors: [.init(name: "bottom", driver: "mqtt")], version: "1", bootId: "boot", started: now)
        description.lights = ["sky"]
        description.commands = [.reboot, .update]
        var node = NodeCore(description)
        for line in Line.all(bytes) {
            now = now + .milliseconds(1 << Int64(line.mark >> 2 & 15))
            try requireSound(node.handle(event(line), at: now), of: &node, at: now)
            for _ in 0..<3 {
                guard let due = node.nextDue(after: now), due <= now + .seconds(60) else { break }
                now = max(now, due)
                try requireSound(node.handle(.tick, at: now), of: &node, at: now)
            }
        }
    }

    private static func event(_ line: Line) -> NodeEvent {
        switch line.kind {
        case UInt8(ascii: "a")...UInt8(ascii: "z"):
            switch line.kind {
            case UInt8(ascii: "c"): .connected(connection: Int(line.mark))
            case UInt8(ascii: "d"): .disconnected
            case UInt8(ascii: "e"): .edge(sensor: "bottom")
            case UInt8(ascii: "f"): .output(bar: "bar", failure: line.mark & 1 == 0 ? nil : "broken")
            case UInt8(ascii: "g"): .clockStepped(.milliseconds(1 << Int64(line.mark & 31)))
            case UInt8(ascii: "h"): .clockStepped(.zero - .milliseconds(1 << Int64(line.mark & 31)))
            case UInt8(ascii: "l"): .light(sensor: "sky", lux: Double(line.mark) * 4, fault: nil)
            case UInt8(ascii: "m"): .motion(sensor: "bottom", seen: line.mark & 1 == 0)
            case UInt8(ascii: "p"): .stop
            case UInt8(ascii: "s"): .settled
            case UInt8(ascii: "t"): .clock(isTrusted: line.mark & 1 == 0)
            case UInt8(ascii: "w"): .wire(WireSignal(rawValue: Int(line.mark & 3) + 1) ?? .together, edge: start)
            default: .tick
            }
        default:
            switch (topic: "footlight/home/" + Line.item(line.kind, of: topics), mark: line.mark & 3) {
            case (let topic, 2): .remembered(topic: topic, payload: line.text)
            case (let topic, let mark): .message(topic: topic, payload: line.text, retained: mark == 1)
            }
        }
    }

    private static func requireSound(_ actions: [NodeAction], of node: inout NodeCore, at now: MeshInstant) throws {
        if let fault = node.checkInvariants() { try require(false, fault) }
        for action in actions {
            switch action {
            case .log(_, let text): try requirePlain(text)
            case .publish(let message):
                try require(message.payload.count <= NodeCore.longestMessage, "\(message.payload.count) bytes are said")
                try require(
                    // Configuration is given back as it came: a field that nobody reads may be anything.
                    message.payload.isEmpty || message.topic.contains("/config/")
                        || (try? JSON.decode(JSONValue.self, from: message.payload)) != nil,
                    "what is said on \(message.topic) can't be read")
            default: break
            }
        }
        _ = node.draw(at: now, interval: .milliseconds(10))
        try require((0...1).contains(node.light(ofBar: 0).lightness.value), "a light of \(node.light(ofBar: 0))")
        for check in try JSON.decode(HealthMessage.self, from: node.health(at: now, checks: []).payload).checks {
            try requirePlain(check.detail ?? "")
        }
    }
}
