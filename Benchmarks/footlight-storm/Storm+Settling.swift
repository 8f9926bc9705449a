internal import MQTT
internal import Platform
internal import Storm

extension Storm {
    /// Awaits that all is well again by what the broker keeps and nodes say; what isn't within the time is a fault.
    mutating func settle(_ round: StormSchedule.Round) async throws {
        let start = MonotonicClock.now
        let times = round.absent == nil ? absences.values.max() ?? 0 : 0
        let patience = Int64(60 + (StormPlan.giveBackSeconds << min(times, 9))) * 1_000_000_000
        var missing: [String]
        repeat {
            try await Task.sleep(for: .milliseconds(300))
            try site.supervise()
            missing = await unsettled(round, since: start)
        } while !missing.isEmpty && MonotonicClock.now < start + patience + meter.lateness(since: start)
        if !missing.isEmpty { story.note("the fleet agents say: \(await remarks())") }
        judge("within \(patience / 1_000_000_000) s after the storm", missing)
        story.note("settled after \((MonotonicClock.now - start) / 1_000_000) ms")
        try await darken()
    }

    /// What the records of groups say, for whoever looks for the cause.
    private func remarks() async -> String {
        let kept = await retained() ?? [:]
        let spares = StormPlan.spares.map { spare in
            let record = kept["fleet/node/\(spare)"]
            return "\(spare): "
                + ["lifecycleState", "healthStatus", "cause"].compactMap { record?[$0]?.text }.joined(separator: " ")
        }
        let groups = StormPlan.zones.keys.sorted().map { zone in
            let record = kept["fleet/group/\(zone)"]
            let last = record?["activities"]?.elements.last
            let activity = ["status", "node", "step", "cause", "detail"].compactMap { last?[$0]?.text }
            return "\(zone): holding \(record?["holding"]?.text ?? "nothing"), last \(activity.joined(separator: " "))"
        }
        return (groups + spares).joined(separator: "; ")
    }

    /// What is still missing, in sentences.
    private func unsettled(_ round: StormSchedule.Round, since start: Int64) async -> [String] {
        guard let kept = await retained() else { return ["the broker doesn't answer"] }
        var missing: [String] = []
        for node in StormPlan.nodes where node != round.absent {
            let status = kept["node/\(node)/status"]
            if status?["state"]?.text != "online" { missing.append("\(node) isn't online") }
            // Mesh time may be some seconds off the machine's own.
            if (status?["started"]?.number ?? 0) < Double(site.started(node)) - 2e9 {
                missing.append("\(node) hasn't said that it lives anew")
            }
            if heard.clock(node) < start { missing.append("\(node) hasn't said that it has mesh time") }
        }
        let leaders = StormPlan.fleetAgents.filter {
            kept["fleet/agent/\($0)"]?["leads"]?.bool == true && kept["fleet/agent/\($0)"]?["online"]?.bool == true
        }
        if leaders.count != 1 { missing.append("\(leaders.count) fleet agents lead") }
        for zone in StormPlan.zones.keys.sorted() {
            for place in StormPlan.zones[zone, default: []] {
                guard let node = holder(of: place, kept), node != round.absent else {
                    missing.append("nobody fills \(place)")
                    continue
                }
                let health = kept["fleet/node/\(node)"]?["healthStatus"]?.text
                let cause = kept["fleet/node/\(node)"]?["cause"]?.text ?? "no cause"
                if round.absent == nil, node != place { missing.append("\(place) isn't back in its place") }
                if health != "Healthy" {
                    missing.append("\(node) at \(place) is \(health ?? "unknown to the fleet") (\(cause))")
                }
            }
            let issued = kept["zone/\(zone)/override"]?["issued"]?.number ?? 0
            if issued < heard.issued(zone) {
                missing.append("\(zone) has an older manual command than was heard before")
            }
        }
        // A spare without a sensor can't stand in for one.
        if round.absent == nil {
            for sensor in StormPlan.sensorNames where holder(ofSensor: sensor, kept) == nil {
                missing.append("nobody fills \(sensor)")
            }
        }
        return missing
    }

    /// Ends motion and commands, and demands that all goes dark.
    private mutating func darken() async throws {
        let start = MonotonicClock.now
        await publish(StormPlan.publishedTopic, "{\"occupancy\":false}", below: "")
        for zone in StormPlan.zones.keys.sorted() { try await command(zone, "auto", seconds: nil) }
        guard let kept = await retained() else { return judge("the broker answers", ["it doesn't"]) }
        let deadline = start + 35_000_000_000
        // Dark for a while: what was switched off lights once more when that ends amid a visit, and a node that has just
        // started draws without easing for a second.
        var darkSince: Int64?
        var now = start
        repeat {
            try await Task.sleep(for: .milliseconds(100))
            now = MonotonicClock.now
            let isDark = allJudges(kept).values.allSatisfy { $0.isDark(at: now) }
            darkSince = isDark ? darkSince ?? now : nil
        } while now - (darkSince ?? now) < 1_500_000_000 && now < deadline + meter.lateness(since: start)
        for (zone, judge) in allJudges(kept).sorted(by: { $0.key < $1.key }) {
            self.judge("\(zone) is dark within hold + 30 s of the last motion", judge.staysDark(from: now, to: now))
        }
    }

    /// Gives a zone a manual command, again until its keeper has taken it up; that it doesn't within 10 s is a fault.
    mutating func command(_ zone: String, _ state: String, seconds: Int?) async throws {
        let id = "storm-\(MonotonicClock.now)"
        let start = MonotonicClock.now
        let end = seconds.map { ",\"forSeconds\":\($0)" } ?? ",\"for\":\"ever\""
        story.note("command \(state)\(end) for \(zone)")
        var isTaken = false
        while !isTaken, MonotonicClock.now < start + 10_000_000_000 + meter.lateness(since: start) {
            await publish("zone/\(zone)/set", "{\"state\":\"\(state)\",\"id\":\"\(id)\"\(end)}")
            for _ in 0..<5 where !isTaken {
                let ids = await retained()?["zone/\(zone)/override"]?["ids"]?.elements.map(\.text)
                isTaken = ids?.contains(id) ?? false
                if !isTaken { try await Task.sleep(for: .milliseconds(50)) }
            }
        }
        judge("\(zone)'s keeper takes up \(state) within 10 s", isTaken ? [] : ["it didn't"])
    }

    /// What the broker keeps of the site, by topic below it; nil where it doesn't answer.
    func retained() async -> [String: PlainJSON]? {
        let prefix = "footlight/\(StormPlan.site)/"
        let filters = [
            "node/+/status", "fleet/agent/+", "fleet/node/+", "fleet/group/+", "config/node/+", "zone/+/override",
        ]
        guard let messages = try? await client.retained(filters.map { prefix + $0 }) else { return nil }
        return messages.reduce(into: [:]) { $0[String($1.topic.dropFirst(prefix.count))] = PlainJSON($1.payload) }
    }

    // MARK: - Who is where

    private func holders(_ kept: [String: PlainJSON], _ field: String) -> PlaceHolders {
        let messages = kept.filter { $0.key.hasPrefix("config/node/") }
        return PlaceHolders(
            Dictionary(uniqueKeysWithValues: messages.map { (String($0.key.dropFirst(12)), $0.value) }), field: field)
    }

    func holder(of place: String, _ kept: [String: PlainJSON]) -> String? {
        holders(kept, "bars").holder(of: place, field: "bars")
    }

    func holder(ofSensor sensor: String, _ kept: [String: PlainJSON]) -> String? {
        holders(kept, "sensors").holder(of: sensor, field: "sensors")
    }

    /// A judge of a zone's bars in the order of a wave that begins at its first, or its last, on nodes that run.
    func judge(of zone: String, fromFirst: Bool, _ kept: [String: PlainJSON], lateness: Int64 = 0) -> LightJudge {
        let places = StormPlan.zones[zone, default: []]
        let bars = (fromFirst ? places : places.reversed()).compactMap { place -> LightJudge.Bar? in
            guard let node = holder(of: place, kept), site.isRunning(node) else { return nil }
            return LightJudge.Bar(name: node == place ? place : "\(place) (\(node))", trace: site.trace(of: node))
        }
        return LightJudge(bars, lateness: lateness)
    }

    private func allJudges(_ kept: [String: PlainJSON]) -> [String: LightJudge] {
        StormPlan.zones.keys.reduce(into: [:]) { $0[$1] = judge(of: $1, fromFirst: true, kept) }
    }
}
