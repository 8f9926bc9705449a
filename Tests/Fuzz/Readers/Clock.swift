import Lighting

@testable import Mesh

extension Reader {
    private static let topics = [
        "landing/request/stair-01", "landing/reply/stair-01", "hall/request/stair-01", "hall/reply/stair-01",
        "hall/reply/landing", "landing/civil", "hall/civil",
    ]

    /// A node's clock: exchanges with others (upper-case letters choose the topic), and what else happens.
    static func read(clock bytes: [UInt8]) throws {
        var now: Int64 = 1_000_000_000
        var clock = MeshClockCore(
            node: "stair-01", site: "home", systemOffset: 1_800_000_000_000_000_000, synchronised: false, at: now)
        for line in Line.all(bytes) {
            now += Int64(1) << Int64(line.mark & 15 + 18)
            try requireSound(clock.handle(event(line, now), at: now), of: clock)
            for _ in 0..<3 {
                guard let due = clock.nextDue, due <= now + 60_000_000_000 else { break }
                now = max(now, due)
                try requireSound(clock.handle(.tick, at: now), of: clock)
            }
            _ = (clock.mesh(at: now), clock.errorBound(at: now), clock.figures(at: now))
        }
    }

    private static func event(_ line: Line, _ now: Int64) -> MeshClockEvent {
        switch line.kind {
        case UInt8(ascii: "c"): .connected
        case UInt8(ascii: "d"): .disconnected
        case UInt8(ascii: "p"):
            .presence(line.mark & 16 == 0 ? ["landing", "stair-01", "hall"] : ["stair-01", "hall"])
        case UInt8(ascii: "l"): .lit(line.mark & 16 == 0)
        case UInt8(ascii: "s"): .system(offset: 1_800_000_000_000_000_000 + now, synchronised: line.mark & 16 == 0)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): .tick
        default: .message(topic: "footlight/home/clock/" + Line.item(line.kind, of: topics), payload: line.text)
        }
    }

    private static func requireSound(_ actions: [MeshClockAction], of clock: MeshClockCore) throws {
        if let fault = clock.checkInvariants() { try require(false, fault) }
        for case .log(_, let text) in actions { try requirePlain(text) }
    }
}
