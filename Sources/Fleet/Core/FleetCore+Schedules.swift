internal import Lighting
internal import Mesh

extension FleetCore {
    /// How long looked-up offsets are good: they reach 400 days ahead.
    private static let clockLife = Duration.seconds(30 * 86_400)

    /// Brings every group in line with what its schedule and its operator last said: by what time it is, not by having
    /// been there when it struck, so that whoever leads comes to the same.
    mutating func followSchedules(at now: MeshInstant) {
        scheduleDue = nil
        for action in policy.scheduledActions { askForClock(action.timeZone ?? site?.timeZone, at: now) }
        var wakes: [String: MeshInstant] = [:]
        for zone in groups.keys.sorted() {
            guard let message = groups[zone]?.message else { continue }
            var last: (at: MeshInstant, kind: ScheduledAction.Kind, name: String)?
            var wake: MeshInstant?
            var told: [ScheduledActionMessage] = []
            for action in policy.scheduledActions where action.zone == nil || action.zone == zone {
                let timeZone = action.timeZone ?? site?.timeZone
                told.append(
                    ScheduledActionMessage(
                        name: action.name, action: action.kind.rawValue, recurrence: action.recurrence.text,
                        timeZone: timeZone))
                guard let clock = clocks[timeZone] else {
                    // Whoever led before knew; until the time zone is there, that holds.
                    let known = message.scheduledActions?.first { $0.name == action.name && $0.timeZone == timeZone }
                    if known?.recurrence == action.recurrence.text { told[told.count - 1].next = known?.next }
                    continue
                }
                if let at = action.recurrence.last(notAfter: now, on: clock), at >= last?.at ?? .distantPast {
                    last = (at, action.kind, action.name)
                }
                if let next = action.recurrence.first(after: now, on: clock) {
                    told[told.count - 1].next = next.nanoseconds
                    scheduleDue = min(scheduleDue ?? next, next)
                    if action.kind == .wake { wake = min(wake ?? next, next) }
                }
            }
            let scheduled = told.isEmpty ? nil : told
            if message.scheduledActions != scheduled {
                groups[zone]?.message.scheduledActions = scheduled
                dirtyGroups.insert(zone)
            }
            if let manual = message.manualSleep, let at = message.manualSleepAt, at >= last?.at.nanoseconds ?? 0 {
                sleep(zone, manual, because: "an operator said so", at: now)
            } else if let last, !message.suspendedProcesses.contains(.scheduledActions) {
                sleep(zone, last.kind == .sleep, because: "scheduled action \(last.name)", at: now)
            }
            wakes[zone] = wake
        }
        // Whoever died between writing that a group sleeps and telling its nodes has left that to us.
        for node in Set(groups.values.flatMap(\.members)).sorted() {
            // It is awake as soon as one of its groups is.
            let wake = nodes[node]?.zones.compactMap { wakes[$0] }.min()
            tellSleep(node, until: wake, at: now)
        }
    }

    private mutating func askForClock(_ timeZone: String?, at now: MeshInstant) {
        if let asked = clocksAsked[timeZone], now - asked < FleetCore.clockLife { return }
        clocksAsked[timeZone] = now
        actions.append(.loadTimeZone(timeZone))
    }

    /// Puts a group to sleep, or wakes it, unless it is so already.
    private mutating func sleep(
        _ zone: String, _ isToSleep: Bool, because reason: String, at now: MeshInstant
    ) {
        guard let group = groups[zone], group.message.sleeping != isToSleep else { return }
        groups[zone]?.message.sleeping = isToSleep
        groups[zone]?.wokeAt = isToSleep ? nil : now
        log(.info, "\(zone) \(isToSleep ? "goes to sleep" : "wakes"): \(reason)")
        dirtyGroups.insert(zone)
        for node in group.members {
            nodes[node]?.counter.forget()
            nodes[node]?.silentSince = nil
            if !isToSleep { nodes[node]?.beginGrace(at: now) }
            changed(node)
        }
        reconsider(at: now)
    }

    /// Says in a node's configuration until when it sleeps: it wakes by itself then, whether anybody leads or not.
    private mutating func tellSleep(_ node: String, until wake: MeshInstant?, at now: MeshInstant) {
        let offset = nodes[node]?.clockOffset ?? .zero
        // By its own clock.
        let until =
            sleepsWithGroups(node)
            ? wake.map { min(max($0 + offset, .distantPast), .distantFuture) } ?? .distantFuture : nil
        let known = places[node]
        if let until, let before = known?.sleepUntil.map(MeshInstant.init(nanoseconds:)) {
            // How far its clock is off is known to some hundredths of a second.
            guard abs((until - before).seconds) > 1 else { return }
        } else if (until == nil) == (known?.sleepUntil == nil) {
            return
        }
        let message = configuration(
            of: node, sleepUntil: until?.nanoseconds, revision: Revision.next(after: known?.revision, at: now))
        publish(name(.nodeConfiguration(node: node)), JSON.encode(message), retain: true)
    }

    /// Every waking is a health check in itself: how many came back is told.
    mutating func watchWaking(of zone: String, since woke: MeshInstant, at now: MeshInstant) {
        guard let group = groups[zone] else { return }
        let back = group.members.filter {
            nodes[$0]?.message.healthStatus == .healthy && presence.isOnline($0)
                && nodes[$0]?.passedAt ?? .distantPast >= woke
        }
        let limit = policy.health.healthCheckGracePeriod + policy.health.detectionTime.upperBound
        guard back.count == group.members.count || now - woke >= limit else { return }
        let missing = group.members.filter { !back.contains($0) }
        groups[zone]?.wokeAt = nil
        log(
            missing.isEmpty ? .info : .warning,
            "\(zone) woke: \(back.count) of \(group.members.count) Healthy after \(View.text(now - woke))"
                + (missing.isEmpty ? "" : "; not \(missing.prefix(10).joined(separator: ", "))"))
    }
}
