internal import Lighting
internal import MQTT
internal import Mesh
internal import Platform
internal import Processes

/// The parts that are measured on staircases of ten agents each, one agent a process.
struct StairParts {
    static let processes = 10

    let client: MQTTClient
    let fleet: Fleet
    let broker: LocalBroker
    let programs: Programs
    let rounds: Int
    let parts: Set<Part>

    /// All parts asked for, one after the other.
    func run() async throws -> [Row] {
        var rows: [Row] = []
        let rest = Footprint(fleet: fleet, isQuick: rounds < 10)
        // Three hundred agents that start at once on few cores get poor first looks at each other's clocks: all parts
        // come after the rest, by which the clocks have settled, as on stairs that weren't just switched on.
        Progress.say("\(Int(rest.seconds)) s at rest")
        try await fleet.configure(client)
        try await warmUp()
        rows += try await rest.rows()
        if parts.contains(.together) || parts.contains(.footprint) { rows += try await together() }
        if parts.contains(.wave) { rows += try await wave() }
        if parts.contains(.edge) { rows += try await edge() }
        return rows.filter { parts.contains($0.part) }
    }

    /// A schedule that begins when the references are surely ready.
    private func schedule(rounds: Int) -> Schedule {
        Schedule(first: MonotonicClock.now + 4_000_000_000, sets: fleet.sets, rounds: rounds)
    }

    /// Lets the agents take up a configuration, and every staircase light once, unmeasured.
    func warmUp() async throws {
        try await Task.sleep(for: .seconds(3))
        _ = try await fleet.activate(
            by: Schedule(first: MonotonicClock.now, sets: fleet.sets, rounds: 1))
    }

    private func together() async throws -> [Row] {
        Progress.say("together: \(fleet.sets * rounds) activations of ten agents, \(seconds(rounds)) s")
        let (fleet, references) = (fleet, try References(programs))
        let schedule = schedule(rounds: rounds)
        let wake = try await onThread {
            try references.wake(schedule, processes: StairParts.processes, offset: 150_000_000)
        }
        let before = fleet.pids.map(ProcessFigures.cpu)
        let edges = try await fleet.activate(by: schedule)
        let after = fleet.pids.map(ProcessFigures.cpu)
        let woken = try await onThread { try references.wakings(wake, schedule, processes: StairParts.processes) }
        let lights = fleet.firstLights(edges)
        let (spread, missed) = Spread.of(lights)
        let used = Double(zip(after, before).map { $0 - $1 }.reduce(0, +))
        var row = Row(
            .together, "spread of first light, 10 agents together", .microseconds(spread),
            against: "spread of 10 processes waking by timerfd", .microseconds(woken.spread), judged: .p99, limit: 2,
            notes: [
                Notes.edgeToLight(edges, lights), "timerfd overshoot of one process: \(Notes.text(woken.late))",
            ])
        row.tell(missed: missed, of: lights.count)
        return [row, Footprint.row(perActivation: used / Double(edges.count * StairParts.processes))]
    }

    private func wave() async throws -> [Row] {
        Progress.say("wave: \(fleet.sets * rounds) activations, \(seconds(rounds)) s")
        let delay = Duration.milliseconds(50)
        try await fleet.configure(client, wave: Wave(delay: delay, off: .together))
        try await warmUp()
        let (fleet, references) = (fleet, try References(programs))
        let messages = try await client.messages([
            Topic.sensor(node: fleet.bars[0], sensor: Fleet.sensor).name(site: "+")
        ])
        let registers = Task {
            // By site, in the order of activations.
            var found: [String: [SensorMessage.Part]] = [:]
            for try await message in messages where !message.retained {
                guard let register = try? JSON.decode(SensorMessage.self, from: message.payload),
                    let part = register.zones[Fleet.zone], found[message.topic]?.last?.start != part.start
                else { continue }
                found[message.topic, default: []].append(part)
                if found.count == fleet.sets, !found.contains(where: { $0.value.count < rounds }) { break }
            }
            return found
        }
        let schedule = schedule(rounds: rounds)
        let wake = try await onThread {
            try references.wake(schedule, processes: StairParts.processes, offset: 120_000_000)
        }
        let edges = try await fleet.activate(by: schedule)
        let offset = Timing.systemOffset
        let woken = try await onThread { try references.wakings(wake, schedule, processes: StairParts.processes) }
        let lights = fleet.firstLights(edges)
        let found = try await withDeadline(.seconds(5), "the registers of all activations") {
            try await registers.value
        }
        var deviations: [Double] = []
        for (index, bars) in lights.enumerated() {
            let topic = Topic.sensor(node: fleet.bars[0], sensor: Fleet.sensor)
                .name(site: Fleet.site(index % fleet.sets))
            guard let part = found[topic]?[index / fleet.sets] else { continue }
            let start = part.firstMotion + Int64(part.leadSeconds * 1e9) - offset
            for (place, light) in bars.enumerated() {
                guard let light else { continue }
                deviations.append(abs(Double(light - start) - Double(place) * 50e6))
            }
        }
        var row = Row(
            .wave, "wave: deviation from the planned instant", .microseconds(Sample(deviations)),
            against: "spread of 10 processes waking by timerfd", .microseconds(woken.spread), judged: .p99, limit: 2,
            notes: [
                Notes.edgeToLight(edges, lights.map { Array($0.prefix(1)) }) + " (the wave's first bar)",
                "timerfd overshoot of one process: \(Notes.text(woken.late))",
            ])
        row.tell(missed: lights.count { $0.contains(nil) }, of: lights.count)
        return [row]
    }

    private func edge() async throws -> [Row] {
        Progress.say("edge: \(fleet.sets * rounds) activations of two bars with no lead, \(seconds(rounds)) s")
        try await fleet.configure(client, bars: 2, lead: .zero)
        try await warmUp()
        let (fleet, broker, references) = (fleet, broker, try References(programs))
        let subscribers = try await onThread {
            try references.subscribe(port: broker.port, sets: fleet.sets, processes: 1)
        }
        let schedule = schedule(rounds: rounds)
        let (wake, publishers) = try await onThread {
            (
                try references.wake(schedule, processes: 1, offset: 120_000_000),
                try references.publish(schedule, port: broker.port, offset: 160_000_000)
            )
        }
        let edges = try await fleet.activate(by: schedule)
        let woken = try await onThread { try references.wakings(wake, schedule, processes: 1) }
        let arrivals = references.arrivals(sets: fleet.sets, processes: 1)
        try await onThread {
            try publishers.waitForEnd(within: .seconds(10))
            try references.end(subscribers)
        }
        let lights = fleet.firstLights(edges, bars: 2)
        let oneWay = Sample(arrivals.flatMap { sent, received in received.map { Double($0 - sent) } })
        func latency(_ place: Int) -> Sample {
            Sample(zip(edges, lights).compactMap { edge, bars in bars[place].map { Double($0 - edge) } })
        }
        var own = Row(
            .edge, "sensor's edge to first frame, same node", .microseconds(latency(0)),
            against: "overshoot of timerfd in C", .microseconds(woken.late), judged: .median, limit: 3)
        own.tell(missed: lights.count { $0[0] == nil }, of: lights.count)
        var other = Row(
            .edge, "sensor's edge to first frame, another node", .microseconds(latency(1)),
            against: "libmosquitto in C, one way", .microseconds(oneWay), judged: .median, limit: 2)
        other.tell(missed: lights.count { $0[1] == nil }, of: lights.count)
        return [own, other]
    }

    private func seconds(_ rounds: Int) -> Int { Int(Double(fleet.sets * rounds) * Double(Schedule.usualPeriod) / 1e9) }
}
