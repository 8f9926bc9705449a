import Lighting

@testable import Fleet
@testable import Mesh

extension Reader {
    /// Below the site.
    private static let topics = [
        "fleet/agent/other", "fleet/agent/self", "fleet/node/stair-01", "fleet/node/spare-01", "fleet/group/stairs",
        "fleet/command", "node/stair-01/status", "node/spare-01/status", "node/stair-01/health", "node/stair-01/result",
        "config/site", "config/zone/stairs", "config/node/stair-01", "config/node/spare-01",
    ]

    /// A fleet agent's mind; the form of the input is a node's.
    static func read(fleet bytes: [UInt8]) throws {
        var now = start
        var policy = FleetPolicy()
        policy.spares = ["spare-01": nil]
        var fleet = FleetCore(
            FleetDescription(
                site: "home", id: "self", bootId: "boot", started: start, version: "1", priority: 50, policy: policy),
            at: now)
        for line in Line.all(bytes) {
            now = now + .milliseconds(1 << Int64(line.mark >> 2 & 15))
            try requireSound(fleet.handle(event(line), at: now), of: fleet, at: now)
            for _ in 0..<3 {
                guard let due = fleet.nextDue(after: now), due <= now + .seconds(60) else { break }
                now = max(now, due)
                try requireSound(fleet.handle(.tick, at: now), of: fleet, at: now)
            }
        }
        _ = fleet.view(at: now)
    }

    private static func event(_ line: Line) -> FleetEvent {
        switch line.kind {
        case UInt8(ascii: "c"): .connected
        case UInt8(ascii: "d"): .disconnected
        case UInt8(ascii: "s"): .settled
        case UInt8(ascii: "z"): .civilClock(timeZone: nil, .utc)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): .tick
        default:
            switch (topic: "footlight/home/" + Line.item(line.kind, of: topics), mark: line.mark & 3) {
            case (let topic, 2): .remembered(topic: topic, payload: line.text)
            case (let topic, let mark): .message(topic: topic, payload: line.text, retained: mark == 1)
            }
        }
    }

    private static func requireSound(_ actions: [FleetAction], of fleet: FleetCore, at now: MeshInstant) throws {
        if let fault = fleet.checkInvariants(at: now) { try require(false, fault) }
        for action in actions {
            switch action {
            case .log(_, let text): try requirePlain(text)
            case .publish(let message):
                try require(
                    message.payload.count <= FleetCore.longestMessage, "\(message.payload.count) bytes are said")
                try require(
                    // Configuration is given back as it came: a field that nobody reads may be anything.
                    message.payload.isEmpty || message.topic.hasSuffix("/activity")
                        || message.topic.contains("/config/")
                        || (try? JSON.decode(JSONValue.self, from: message.payload)) != nil,
                    "what is said on \(message.topic) can't be read")
            default: break
            }
        }
    }
}
