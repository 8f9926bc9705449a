internal import Glibc
internal import MQTT
internal import Platform
internal import Processes
internal import Storm

/// A storm: rounds of deeds, each followed by a calm in which the site is judged.
struct Storm {
    /// What is demanded, for people.
    static let demands = """
        storm: at any time: no process ends but those that are ended; SIGTERM ends them with 0 within 15 s. Light isn't judged
        amid the storm. After it, with all but one absent node running again, within 60 s: nodes online in this life with mesh
        time, one fleet agent leading, all places filled, their nodes Healthy, the newest manual command in force at the
        broker; and once the absent one is back, every node in its own place within those 60 s and the time that the fleet
        agents wait (5 s, doubled with each time that it was replaced). After `auto`, dark within hold (5 s) + 25 s + 5 s. Then, of each walk: light on all of a zone's bars within 2 s
        in the order of the wave, the same light, no pause until 5 s after, no step of lightness above 0.15, dark within 4 s
        more; of a command: on within 2 s, its end within 3 s, no motion lights what is off. Each limit is as much longer as
        the machine was late to wake the judge itself.
        """

    let site: StormSite
    let client: MQTTClient
    let story: Story
    let heard = Heard()
    let meter = LatenessMeter()
    var schedule: StormSchedule
    let seed: UInt64
    /// How often nodes were away.
    var absences: [String: Int] = [:]
    /// Tallies.
    var kills = 0
    var walks = 0
    var checks = 0
    var faults = 0

    init(site: StormSite, client: MQTTClient, story: Story, seed: UInt64) {
        (self.site, self.client, self.story, self.seed) = (site, client, story, seed)
        schedule = StormSchedule(
            seed: seed, nodes: StormPlan.nodes, spare: StormPlan.spares[0], fleetAgents: StormPlan.fleetAgents,
            sensors: StormPlan.sensorNames, zones: StormPlan.zones.keys.sorted())
    }

    /// Runs for so long, and returns how many faults there were.
    mutating func run(minutes: Double) async throws -> Int {
        let end = MonotonicClock.now + Int64(minutes * 60e9)
        try await client.connected(within: .seconds(10))
        let filters = ["override", "health"].map {
            "footlight/\(StormPlan.site)/\($0 == "health" ? "node" : "zone")/+/\($0)"
        }
        let messages = try await client.messages(filters)
        let heard = heard
        let listener = Task { for try await message in messages { heard.take(message) } }
        defer { listener.cancel() }
        try site.apply()
        var round = StormSchedule.Round()
        // Before anything is broken: is it whole?
        try await calm(round)
        while MonotonicClock.now < end {
            round = schedule.next()
            try await perform(round)
            try await calm(round)
        }
        Story.say(
            "storm: seed \(seed), \(minutes) minutes, \(kills) kills, \(walks) walks, \(checks) checks, \(faults) faults"
        )
        return faults
    }

    /// Demands something.
    mutating func judge(_ rule: String, _ found: [String]) {
        checks += 1
        guard !found.isEmpty else { return }
        faults += 1
        site.saveLogs()
        story.note("FAULT \(rule): \(found.joined(separator: "; "))")
        Story.say("storm: FAULT \(rule):\n    " + found.joined(separator: "\n    "))
        Story.say("  the last minute:\n\(story.lastMinute)\n  logs in \(site.folder) (seed \(seed))")
    }

    // MARK: - The storm

    private mutating func perform(_ round: StormSchedule.Round) async throws {
        let start = MonotonicClock.now
        for (milliseconds, deed) in round.deeds {
            try await sleep(until: start + Int64(milliseconds) * 1_000_000)
            try await perform(deed)
            try site.supervise()
            judge("no process ends by itself", site.crashes())
        }
    }

    private mutating func perform(_ deed: StormSchedule.Deed) async throws {
        story.note("\(deed)")
        switch deed {
        case .kill(let name):
            kills += 1
            try site.signal(name, SIGKILL)
        case .terminate(let name): try site.signal(name, SIGTERM)
        case .freeze(let name): try site.signal(name, SIGSTOP)
        case .thaw(let name): try site.signal(name, SIGCONT)
        case .start(let name): try start(name)
        case .walk(let sensor):
            walks += 1
            await walk(past: sensor, holder: String(sensor.prefix { $0 != "/" }))
        case .command(let zone, let state, let seconds):
            let end = seconds.map { ",\"forSeconds\":\($0)" } ?? ",\"for\":\"ever\""
            await publish("zone/\(zone)/set", "{\"state\":\"\(state)\"\(end)}")
        }
    }

    private mutating func start(_ name: String) throws {
        let fault = try site.start(name)
        judge("SIGTERM ends in good order", fault.map { [$0] } ?? [])
    }

    /// Lets somebody walk past a sensor, and returns when they were gone.
    @discardableResult
    func walk(past sensor: String, holder: String) async -> Int64 {
        guard sensor == StormPlan.published else {
            let now = MonotonicClock.now
            if site.isWatching(holder) { try? site.signal(holder, SIGUSR1) }
            return now
        }
        await publish(StormPlan.publishedTopic, "{\"occupancy\":true}", below: "")
        try? await Task.sleep(for: .milliseconds(200))
        let now = MonotonicClock.now
        await publish(StormPlan.publishedTopic, "{\"occupancy\":false}", below: "")
        return now
    }

    /// Publishes, or doesn't where the broker isn't there for a second.
    func publish(_ topic: String, _ text: String, below: String = "footlight/\(StormPlan.site)/") async {
        try? await client.publish(MQTTMessage(topic: below + topic, text: text), within: .seconds(1))
    }

    /// Waits, and meanwhile does what systemd does.
    func sleep(until instant: Int64) async throws {
        repeat {
            try site.supervise()
            try await Task.sleep(for: .nanoseconds(max(0, min(instant - MonotonicClock.now, 200_000_000))))
        } while MonotonicClock.now < instant
    }

    // MARK: - The calm

    private mutating func calm(_ round: StormSchedule.Round) async throws {
        let before = faults
        if let absent = round.absent {
            story.note("\(absent) stays away")
            kills += 1
            absences[absent, default: 0] += 1
            try site.signal(absent, SIGKILL)
        }
        for name in ["broker"] + StormPlan.nodes + StormPlan.fleetAgents where name != round.absent {
            try site.signal(name, SIGCONT)
            try start(name)
        }
        try await settle(round)
        try await look(round)
        if let absent = round.absent {
            story.note("\(absent) comes back")
            try start(absent)
            try await settle(StormSchedule.Round())
        }
        try site.supervise()
        judge("no process ends by itself", site.crashes())
        Story.say(
            "  calm after \(round.deeds.count) deeds, \(round.absent.map { "\($0) away" } ?? "all there"): "
                + (faults == before ? "well" : "\(faults - before) FAULTS"))
    }
}
