internal import MQTT
internal import Platform
internal import Processes

/// Staircases whose every agent is behind simulated Wi-Fi, beside acting on arrival behind the same.
struct Wireless {
    /// So long that a message surely has come: the far end of what `lead: auto` may choose.
    private static let lead = Duration.milliseconds(150)

    let client: MQTTClient
    let fleet: Fleet
    /// Where the Wi-Fi begins.
    let port: UInt16
    let references: References
    let rounds: Int

    func run() async throws -> Row {
        let (fleet, references, port) = (fleet, references, port)
        try await fleet.configure(client, lead: Wireless.lead)
        Progress.say("wireless: \(rounds < 10 ? 10 : 60) s in which clocks settle")
        try await Task.sleep(for: .seconds(rounds < 10 ? 10 : 60))
        _ = try await fleet.activate(by: Schedule(first: MonotonicClock.now, sets: fleet.sets, rounds: 1))
        let count = fleet.sets * rounds
        Progress.say("wireless: \(count) activations, \(count * Int(Schedule.usualPeriod) / 1_000_000_000) s")
        let subscribers = try await onThread {
            try references.subscribe(port: port, sets: 1, processes: StairParts.processes)
        }
        let schedule = Schedule(first: MonotonicClock.now + 4_000_000_000, sets: fleet.sets, rounds: rounds)
        let publisher = try await onThread {
            let all = Schedule(first: schedule.first, sets: 1, rounds: schedule.count)
            return try references.publish(all, port: port, offset: 160_000_000)
        }
        let edges = try await fleet.activate(by: schedule)
        try await onThread {
            try publisher.waitForEnd(within: .seconds(10))
            try references.end(subscribers)
        }
        let arrivals = references.arrivals(sets: 1, processes: StairParts.processes)
        let onArrival = Sample(
            arrivals.values.filter { $0.count == StairParts.processes }.compactMap { Spread.of($0) })
        let lights = fleet.firstLights(edges)
        let (spread, missed) = Spread.of(lights)
        var row = Row(
            .wireless, "the same behind Wi-Fi of 3 ms, p99 15 ms", .microseconds(spread),
            against: "spread when acting on arrival", .microseconds(onArrival), judged: .p99, limit: 0.1,
            notes: [
                Notes.edgeToLight(edges, lights) + " (lead: 150ms)",
                "spread of the last third, with the clocks longer at it: "
                    + Notes.text(Spread.of(Array(lights.suffix(lights.count / 3))).spread),
            ])
        row.tell(missed: missed, of: lights.count)
        row.notes.append(try await adaptive())
        return row
    }

    private func soon(rounds: Int) -> Schedule {
        Schedule(first: MonotonicClock.now + 2_000_000_000, sets: fleet.sets, rounds: rounds)
    }

    /// What `lead: auto` makes of the delays that were measured meanwhile.
    private func adaptive() async throws -> String {
        try await fleet.configure(client, lead: nil)
        let rounds = max(1, rounds / 3)
        Progress.say("wireless: \(fleet.sets * rounds) activations with lead: auto")
        // The first tells nodes of the change, and isn't counted.
        _ = try await fleet.activate(by: soon(rounds: 1))
        let edges = try await fleet.activate(by: soon(rounds: rounds))
        let lights = fleet.firstLights(edges)
        return "with lead: auto: " + Notes.edgeToLight(edges, lights) + ", spread "
            + Notes.text(Spread.of(lights).spread)
    }
}
