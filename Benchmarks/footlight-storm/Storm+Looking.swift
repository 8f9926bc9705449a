internal import Glibc
internal import MQTT
internal import Platform
internal import Storm

extension Storm {
    private static var second: Int64 { 1_000_000_000 }

    /// Walks past sensors and switches a zone while nothing else happens, and judges the light.
    mutating func look(_ round: StormSchedule.Round) async throws {
        guard let kept = await retained() else { return judge("the broker answers", ["it doesn't"]) }
        for sensor in round.walks {
            // A sensor whose node stays away sees nobody.
            guard let holder = holder(ofSensor: sensor, kept), site.isRunning(holder) else { continue }
            try await lookAtWalk(past: sensor, holder: holder, kept)
        }
        if !round.zone.isEmpty { try await lookAtCommands(round.zone, kept) }
    }

    private mutating func lookAtWalk(past sensor: String, holder: String, _ kept: [String: PlainJSON]) async throws {
        let zones = StormPlan.sensors.filter { $0.value[sensor] != nil }.keys.sorted()
        walks += 1
        story.note("somebody walks past \(sensor), seen by \(holder)")
        let start = MonotonicClock.now
        let gone = await walk(past: sensor, holder: holder)
        func judge(_ zone: String) -> LightJudge {
            let fromFirst = StormPlan.sensors[zone]?[sensor] ?? true
            return self.judge(of: zone, fromFirst: fromFirst, kept, lateness: meter.lateness(since: start))
        }
        while !zones.allSatisfy({ judge($0).isLit(at: MonotonicClock.now) }),
            MonotonicClock.now < start + 2 * Storm.second + meter.lateness(since: start)
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        let lit = MonotonicClock.now
        for zone in zones {
            self.judge(
                "\(sensor): light in \(zone) within 2 s, in the wave's order",
                judge(zone).lightsUp(after: start, within: 2 * Storm.second))
        }
        // Eased in: 0.4 s, and what was late.
        try await sleep(until: lit + 800_000_000 + meter.lateness(since: start))
        let full = MonotonicClock.now
        for zone in zones { self.judge("\(sensor): agreement in \(zone)", judge(zone).agrees(at: full)) }
        let holds = gone + Int64(StormPlan.holdSeconds) * Storm.second
        try await sleep(until: holds)
        for zone in zones {
            let end = holds - 100_000_000
            if full < end { self.judge("\(sensor): hold in \(zone)", judge(zone).staysLit(from: full, to: end)) }
        }
        while !zones.allSatisfy({ judge($0).isDark(at: MonotonicClock.now) }),
            MonotonicClock.now < holds + 4 * Storm.second + meter.lateness(since: start)
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        let dark = MonotonicClock.now
        try await sleep(until: dark + 500_000_000)
        for zone in zones {
            let end = MonotonicClock.now
            self.judge("\(sensor): dark in \(zone) after the hold", judge(zone).staysDark(from: dark, to: end))
            self.judge(
                "\(sensor): no jump in \(zone)", judge(zone).neverJumps(from: start, to: end, limit: 0.15, perSecond: 3)
            )
        }
    }

    private mutating func lookAtCommands(_ zone: String, _ kept: [String: PlainJSON]) async throws {
        var start = MonotonicClock.now
        try await command(zone, "on", seconds: 3)
        func judge() -> LightJudge {
            self.judge(of: zone, fromFirst: true, kept, lateness: meter.lateness(since: start))
        }
        while !judge().isLit(at: MonotonicClock.now),
            MonotonicClock.now < start + 2 * Storm.second + meter.lateness(since: start)
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        let lit = MonotonicClock.now
        self.judge("on: light in \(zone) within 2 s", judge().isLit(at: lit) ? [] : ["not all bars are lit"])
        try await sleep(until: lit + 3 * Storm.second)
        while !judge().isDark(at: MonotonicClock.now),
            MonotonicClock.now < lit + 6 * Storm.second + meter.lateness(since: start)
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        let dark = MonotonicClock.now
        try await sleep(until: dark + 500_000_000)
        self.judge("on for 3 s has ended in \(zone)", judge().staysDark(from: dark, to: MonotonicClock.now))
        self.judge(
            "on and its end: no jump in \(zone)",
            judge().neverJumps(from: start, to: MonotonicClock.now, limit: 0.15, perSecond: 3))
        // What is off isn't lit by motion. The bar that the other zone has too may be.
        guard let sensor = StormPlan.sensors[zone]?.keys.sorted().first(where: { $0 != StormPlan.published }),
            let holder = holder(ofSensor: sensor, kept), site.isRunning(holder)
        else { return }
        start = MonotonicClock.now
        try await command(zone, "off", seconds: nil)
        try await Task.sleep(for: .milliseconds(500))
        let off = MonotonicClock.now
        walks += 1
        await walk(past: sensor, holder: holder)
        try await Task.sleep(for: .seconds(2))
        self.judge(
            "motion lights nothing in \(zone) while it is off", judge().staysDark(from: off, to: MonotonicClock.now))
        try await command(zone, "auto", seconds: nil)
        try await sleep(until: off + Int64(StormPlan.holdSeconds + 4) * Storm.second)
    }
}
