internal import Lighting
internal import MQTT
internal import Mesh
internal import Platform
internal import Processes

/// The clocks' reference killed with SIGKILL in the midst of every fifth activation: each new one too, and those killed
/// started again, so that somebody takes over all the while.
struct Takeover {
    /// A reference's end.
    struct Kill {
        let node: String
        let instant: Int64
    }

    private static let period: Int64 = 300_000_000
    /// So long that a message surely has come, and that a kill can fall between motion and light.
    private static let lead = Duration.milliseconds(100)
    /// How long after the motion each kill comes, in turn, milliseconds.
    private static let offsets: [Int64] = [5, 95, 40, 120, 70, 180, 99]
    /// How long each stays dead, in turn, milliseconds: the next in order may be anything from awake to just born.
    private static let rests: [Int64] = [400, 2000, 900, 3300, 1450]
    /// How long before its activation nodes are asked for their error bounds.
    private static let notice: Int64 = 60_000_000

    let client: MQTTClient
    let site: TakeoverSite
    let references: References
    let activations: Int

    func run() async throws -> [Row] {
        Progress.say("takeover: \(activations) activations, \(activations / 5) references killed")
        let site = site
        try await onThread { try site.waitUntilReady() }
        try await site.configure(client, lead: Takeover.lead)
        let reports = TakeoverReports()
        let messages = try await client.messages([
            Topic.health(node: "+").name(site: TakeoverSite.name),
            Topic.bar(node: "+", bar: "+").name(site: TakeoverSite.name),
            Topic.sensor(node: TakeoverSite.walker, sensor: "+").name(site: TakeoverSite.name),
        ])
        let gathering = Task { try await reports.gather(messages) }
        defer { gathering.cancel() }
        let schedule = Schedule(
            first: MonotonicClock.now + 3_000_000_000, sets: 1, rounds: activations, period: Takeover.period)
        let references = references
        let wake = try await onThread {
            try references.wake(schedule, processes: site.nodes.count, offset: Takeover.period * 2 / 3)
        }
        let (begins, kills) = try await activate(schedule)
        // Bars report within a second or so of their first light.
        try await sleep(until: schedule.instant(schedule.count) + 2_000_000_000)
        let woken = try await onThread { try references.wakings(wake, schedule, processes: site.nodes.count) }
        let lights = TakeoverLights(site: site, reports: reports, begins: begins)
        return lights.rows(besides: woken.spread, kills: kills.count) + TakeoverTimes(site: site, kills: kills).rows()
    }

    /// - Returns: when each activation's motion was sent, and the kills.
    private func activate(_ schedule: Schedule) async throws -> (begins: [Int64], kills: [Kill]) {
        var begins: [Int64] = []
        var kills: [Kill] = []
        var dead: [(node: String, until: Int64)] = []
        for index in 0..<schedule.count {
            let instant = schedule.instant(index)
            for rested in dead where rested.until <= instant { try site.start(rested.node) }
            dead.removeAll { $0.until <= instant }
            try await sleep(until: instant - Takeover.notice)
            for node in site.nodes { try await act(ActionMessage(action: "report", id: "\(node)-\(index)"), on: node) }
            try await sleep(until: instant)
            begins.append(MonotonicClock.now)
            let sensor = "sensor-\(index % site.zones)"
            try await act(
                ActionMessage(action: "trigger", id: "walk-\(index)", sensor: sensor), on: TakeoverSite.walker)
            guard index % 5 == 2 else { continue }
            try await sleep(until: instant + Takeover.offsets[kills.count % Takeover.offsets.count] * 1_000_000)
            guard let reference = site.reference else {
                throw BenchFailure(
                    "\(Double(Takeover.period * 5) / 1e9) s after the last kill no node is the reference")
            }
            dead.append((reference, instant + Takeover.rests[kills.count % Takeover.rests.count] * 1_000_000))
            kills.append(Kill(node: reference, instant: site.kill(reference)))
        }
        return (begins, kills)
    }

    private func act(_ action: ActionMessage, on node: String) async throws {
        try await client.publish(
            MQTTMessage(topic: Topic.action(node: node).name(site: TakeoverSite.name), payload: JSON.encode(action)))
    }

    private func sleep(until instant: Int64) async throws {
        try await Task.sleep(for: .nanoseconds(max(0, instant - MonotonicClock.now)))
    }
}
