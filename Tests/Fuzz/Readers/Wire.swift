@testable import Mesh

extension Reader {
    /// The trigger wire: anybody may pull it whenever and for as long as they like. Two bytes an event: what, and how
    /// long after the one before.
    static func read(wire bytes: [UInt8]) throws {
        var now: Int64 = 1_000_000_000
        var wire = WireCore(seed: 1)
        _ = wire.handle(.opened(isLow: false), at: now)
        for index in stride(from: 0, to: min(bytes.count, 400) - 1, by: 2) {
            now += Int64(bytes[index + 1]) * WireTiming.millisecond / 2
            let events: [WireEvent] = [
                .fell, .rose, .looked(isLow: true), .looked(isLow: false), .pulled, .taken, .released(isLow: true),
                .released(isLow: false), .send(.together), .send(.first), .send(.last), .send(.retrigger), .tick,
                .opened(isLow: true), .opened(isLow: false), .closed,
            ]
            for case .fault(let reason?) in wire.handle(events[Int(bytes[index]) % events.count], at: now) {
                try requirePlain(reason)
            }
            if let due = wire.nextDue, due <= now { _ = wire.handle(.tick, at: now) }
        }
    }
}
