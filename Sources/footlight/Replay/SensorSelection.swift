internal import Lighting
internal import Replay

/// The log's sensors that are replayed, and what they are on the mesh.
struct SensorSelection: Sendable {
    /// How the log calls them; empty: all motion sensors.
    var names: Set<String>
    /// What they are on the mesh, as far as that was told.
    var places: [String: String]
    /// The zone that they serve; nil: one made of them.
    var zone: Zone?
    /// The site that the zone is of.
    var site: String?

    /// What clocks on the wall show, for logs in UTC.
    var clock = CivilClock.utc

    /// What the parser is told.
    var choice: SensorChoice { names.isEmpty ? .allMotion : .named(names) }

    /// Says so where the log has none of the sensors, and warns where it lacks some.
    ///
    /// - Throws: ``Failure``.
    func check(_ parser: MotionLogParser) throws {
        if let refusal = parser.summary.refusal { throw Failure(.badFile, refusal) }
        guard !parser.sensors.isEmpty else {
            let some = parser.suggestions.joined(separator: ",")
            throw Failure(
                .badFile,
                parser.summary.faultLines.map { $0 + "\n" }.joined()
                    + (names.isEmpty
                        ? "No motion sensor (M003, MA013, …) in \(parser.summary.lines) lines."
                        : "None of \(names.sorted().joined(separator: ", ")) in \(parser.summary.lines) lines.")
                    + (some.isEmpty ? "" : " Sensors that say ON and OFF: try --sensors \(some)"))
        }
        for name in names.subtracting(parser.sensors).sorted() {
            StandardError.write("warning: the log has no sensor \(name)")
        }
    }
}
