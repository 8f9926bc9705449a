internal import Lighting
internal import Replay

/// Runs logs through the zone core, with all hold times at once.
struct VirtualPlayer: Sendable {
    let selection: SensorSelection
    let holds: [Duration]
    let stuckLimit: Duration
    /// How often a week the light may go off on somebody.
    let tolerated: Double

    /// What came of it.
    ///
    /// - Throws: ``Failure``.
    func play(_ paths: [String]) async throws -> ReplayReport {
        var parser = MotionLogParser(choice: selection.choice, clock: selection.clock)
        let zone = selection.zone ?? Zone(bars: [], sensors: [:])
        var replays = holds.map { ZoneReplay(zone: zone, hold: $0, stuckLimit: stuckLimit) }
        let places = selection.places
        try await TraceReader.read(paths, with: &parser) { events, sensors in
            let names = sensors.map { places[$0] ?? $0 }
            replays = await VirtualPlayer.advance(replays, by: events, of: names)
        }
        try selection.check(parser)
        for index in replays.indices { replays[index].finish() }
        return ReplayReport(
            log: parser.summary, sensors: parser.sensors, stuck: replays.first?.stuck ?? [:], stuckLimit: stuckLimit,
            results: replays.map(\.result), toleratedPerWeek: tolerated)
    }

    /// The replays a batch of events later: each by a task of its own.
    private static func advance(
        _ replays: [ZoneReplay], by events: [MotionEvent], of sensors: [String]
    ) async -> [ZoneReplay] {
        await withTaskGroup(of: (Int, ZoneReplay).self) { group in
            for (index, replay) in replays.enumerated() {
                group.addTask {
                    var replay = replay
                    for sensor in sensors.dropFirst(replay.sensorCount) { replay.add(sensor: sensor) }
                    for event in events { replay.take(event) }
                    return (index, replay)
                }
            }
            var later = replays
            for await (index, replay) in group { later[index] = replay }
            return later
        }
    }
}
