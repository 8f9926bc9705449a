import Lighting

@testable import Replay

extension Reader {
    /// Motion logs: read in pieces, they are the same.
    static func read(logs bytes: [UInt8]) throws {
        let whole = parse([bytes[...]])
        let middle = bytes.count / 2
        for pieces in [[bytes[..<middle], bytes[middle...]], bytes.indices.map { bytes[$0...$0] }] {
            let other = parse(pieces)
            try require(other.events == whole.events, "in \(pieces.count) pieces it has other events")
            try require(other.summary == whole.summary, "in \(pieces.count) pieces it has another summary")
        }
        for fault in whole.summary.faults + whole.summary.lateFaults { try requirePlain(fault.description) }
        if let refusal = whole.summary.refusal { try requirePlain(refusal, lines: true) }
        var maker = PulseMaker(longest: .seconds(3600))
        var replay = ZoneReplay(
            zone: Zone(bars: ["a"], sensors: [:]), hold: .seconds(60), stuckLimit: .seconds(3600))
        for index in 0..<whole.sensors { replay.add(sensor: "log/s\(index)") }
        var before = MeshInstant.distantPast
        for event in whole.events {
            try require(event.time >= before, "events are not in order")
            before = event.time
            maker.take(event)
            replay.take(event)
        }
        replay.finish()
        try require(maker.pulses.allSatisfy { $0.length >= .zero }, "a pulse ends before it begins")
    }

    private static func parse(
        _ pieces: [ArraySlice<UInt8>]
    ) -> (events: [MotionEvent], summary: LogSummary, sensors: Int) {
        var parser = MotionLogParser()
        var events: [MotionEvent] = []
        parser.begin(file: "log.txt")
        for piece in pieces { parser.parse(piece.span, into: &events) }
        parser.endFile(into: &events)
        parser.finish(into: &events)
        return (events, parser.summary, parser.sensors.count)
    }
}
