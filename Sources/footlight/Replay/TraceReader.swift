internal import CZlib
internal import Glibc
internal import Lighting
internal import Replay

/// Reads logs from files or standard input, packed by gzip or not, a piece at a time, with progress where it takes long.
enum TraceReader {
    private static let pieceBytes = 1 << 18
    /// How many events are handed on at once, about.
    private static let batch = 1 << 16

    /// Reads all of `paths`, and hands the events on in batches.
    ///
    /// - Throws: ``Failure``, and what `take` throws.
    static func read(
        _ paths: [String], with parser: inout MotionLogParser,
        _ take: (_ events: [MotionEvent], _ sensors: [String]) async throws -> Void
    ) async throws {
        var progress = ReadProgress()
        defer { progress.end() }
        var events: [MotionEvent] = []
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        for path in paths {
            let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw unreadable(path, "can't be opened") }
            progress.begin(path, descriptor)
            guard let file = gzdopen(descriptor, "r") else {
                close(descriptor)
                throw unreadable(path, "can't be read")
            }
            defer { gzclose_r(file) }
            parser.begin(file: path == "-" ? "standard input" : path)
            while true {
                let count = Int(gzread(file, &piece, UInt32(piece.count)))
                var fault: Int32 = Z_OK
                let reason = gzerror(file, &fault)
                // A packed file that ends in its middle gives what there is of it first.
                guard count >= 0, fault == Z_OK || fault == Z_STREAM_END || count > 0 else {
                    if fault == Z_ERRNO { throw unreadable(path, "can't be read") }
                    let text = reason.map { String(cString: $0) } ?? "not gzip"
                    throw Failure(.badFile, "\(path) is packed by gzip, and damaged or cut off: \(text)")
                }
                if count == 0 { break }
                parser.parse(piece.span.extracting(0..<count), into: &events)
                if events.count >= batch {
                    try await take(events, parser.sensors)
                    events.removeAll(keepingCapacity: true)
                }
                progress.reach(gzoffset(file), lines: parser.lineCount)
            }
            parser.endFile(into: &events)
        }
        parser.finish(into: &events)
        try await take(events, parser.sensors)
    }

    /// All pulses of the logs, in the order of their starts, and which place each sensor has on the mesh.
    ///
    /// - Throws: ``Failure``.
    static func pulses(
        of paths: [String], _ selection: SensorSelection, longest: Duration
    ) async throws -> (pulses: [MotionPulse], places: [String]) {
        var parser = MotionLogParser(choice: selection.choice, clock: selection.clock)
        var maker = PulseMaker(longest: longest)
        try await read(paths, with: &parser) { events, _ in
            for event in events { maker.take(event) }
        }
        try selection.check(parser)
        return (maker.pulses, parser.sensors.compactMap { selection.places[$0] })
    }

    private static func unreadable(_ path: String, _ what: String) -> Failure {
        Failure(.badFile, "\(path) \(what): \(String(cString: strerror(errno)))")
    }
}
