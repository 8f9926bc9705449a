internal import MQTT
internal import Platform
internal import Processes

/// 10, 100 and 1000 bars: how long until the last has the message, and what it costs the broker.
struct Scale {
    /// Between two activations of different sizes.
    private static let turn: Int64 = 2_200_000_000

    let programs: Programs
    let sizes: [Int]
    let rounds: Int

    func run() async throws -> [Row] {
        var stages: [ScaleStage] = []
        var starts: [Double] = []
        var failed: [Row] = []
        for size in sizes {
            Progress.say("scale: starting \(size) bars, and as many C subscribers")
            let programs = programs
            let stage = try await onThread { try ScaleStage(programs, bars: size) }
            do {
                starts.append(try await stage.configured())
                stages.append(stage)
            } catch let failure as BenchFailure {
                try await onThread { try stage.end() }
                failed.append(
                    Row(
                        .scale, "\(size) bars: edge until the last has it", .milliseconds(Sample([])), judged: .median,
                        limit: 0, notes: [String(failure.description.prefix(200))]))
            }
        }
        // Each size lights once, unmeasured, when what a start takes is over.
        try await rest(stages)
        _ = try await activate(stages, rounds: 1)
        Progress.say("scale: \(rounds) activations of each, \(rounds * stages.count * 22 / 10) s")
        let outcomes = try await activate(stages, rounds: rounds)
        var rows: [Row] = []
        for (index, (stage, outcome)) in zip(stages, outcomes).enumerated() {
            rows += self.rows(stage, outcome, start: starts[index])
            try await onThread { try stage.end() }
        }
        return rows + failed
    }

    /// Awaits that agents and brokers have come to rest: below a tenth of a core for three seconds, or two minutes.
    private func rest(_ stages: [ScaleStage]) async throws {
        var quiet = 0
        for _ in 0..<120 where quiet < 3 {
            let before = stages.map(\.used).reduce(0, +)
            try await Task.sleep(for: .seconds(1))
            quiet = stages.map(\.used).reduce(0, +) - before < 100_000_000 ? quiet + 1 : 0
        }
    }

    /// All sizes take turns.
    private func activate(_ stages: [ScaleStage], rounds: Int) async throws -> [ScaleStage.Outcome] {
        let first = MonotonicClock.now + 4_000_000_000
        return try await withThrowingTaskGroup(of: (Int, ScaleStage.Outcome).self) { group in
            for (index, stage) in stages.enumerated() {
                let schedule = Schedule(
                    first: first + Int64(index) * Scale.turn, sets: 1, rounds: rounds, period: 3 * Scale.turn)
                group.addTask { (index, try await onThread { try stage.activate(by: schedule) }) }
            }
            var outcomes: [Int: ScaleStage.Outcome] = [:]
            for try await (index, outcome) in group { outcomes[index] = outcome }
            return stages.indices.compactMap { outcomes[$0] }
        }
    }

    private func rows(_ stage: ScaleStage, _ outcome: ScaleStage.Outcome, start: Double) -> [Row] {
        let lights = stage.fleet.firstLights(outcome.edges)
        var lasts: [Double] = []
        var halves: [Double] = []
        for (edge, bars) in zip(outcome.edges, lights) {
            let lit = bars.compactMap { $0 }.sorted()
            guard lit.count == stage.count, let last = lit.last else { continue }
            lasts.append(Double(last - edge))
            halves.append(Double(lit[lit.count / 2] - edge))
        }
        let measured = outcome.edges.first ?? 0
        let arrivals = stage.references.arrivals(sets: 1, processes: ScaleStage.processes)
            .filter { $0.key > measured && $0.value.count == stage.count }
        let rawLasts = Sample(arrivals.compactMap { sent, received in received.max().map { Double($0 - sent) } })
        let name = "\(stage.count) bars"
        var time = Row(
            .scale, "\(name): edge until the last has it", .milliseconds(Sample(lasts)),
            against: "C subscribers, as many", .milliseconds(rawLasts), judged: .median, limit: 1.5,
            notes: [
                "half of the bars have it after \(Notes.number(Sample(halves).median / 1e6)) ms; "
                    + "all were online \(Notes.number(start)) s after their start"
            ])
        time.tell(missed: outcome.edges.count - lasts.count, of: outcome.edges.count)
        let (kilobytes, rawKilobytes) = stage.kilobytesPerBar
        return [
            time,
            Row(
                .scale, "\(name): the broker's CPU for it", .milliseconds(Sample(outcome.cpu)),
                against: "C subscribers, as many", .milliseconds(Sample(outcome.rawCPU)), judged: .median, limit: 1.5,
                notes: ["on both sides one message of QoS 1 for each bar"]),
            Row(
                .scale, "\(name): the broker's memory per bar", Figure(Sample([kilobytes]), unit: "kB"),
                against: "C subscribers, as many", Figure(Sample([rawKilobytes]), unit: "kB"), judged: .median,
                limit: 1.5,
                notes: [
                    "an agent takes \(Notes.number(stage.agentKilobytesPerBar)) kB for each of its \(stage.count / ScaleStage.processes) bars"
                ]),
        ]
    }
}
