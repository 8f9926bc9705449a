internal import Glibc
internal import Lighting
internal import Replay

/// Reads logs from files or standard input, a piece at a time, with progress where it takes long.
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
            defer { if descriptor > 0 { close(descriptor) } }
            progress.begin(path, descriptor)
            parser.begin(file: path == "-" ? "standard input" : path)
            while true {
                let count = Glibc.read(descriptor, &piece, piece.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw unreadable(path, "can't be read") }
                if count == 0 { break }
                parser.parse(piece.span.extracting(0..<count), into: &events)
                if events.count >= batch {
                    try await take(events, parser.sensors)
                    events.removeAll(keepingCapacity: true)
                }
                progress.add(count, lines: parser.lineCount)
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
        var parser = MotionLogParser(choice: selection.choice)
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
