internal import Lighting

extension NodeCore {
    /// Keeps the last message of a topic until the clock is trusted.
    ///
    /// - Parameter said: when it was said, by whatever clock; nil: it doesn't say.
    mutating func postpone(_ topic: String, _ payload: [UInt8], said: Int64? = nil) {
        guard !isClockTrusted else { return }
        hear(said)
        if filters.isTold(topic) { unread[topic] = payload }
    }

    /// Keeps what a broker had kept and seems older than what is known, until a clock is set.
    mutating func reconsider(_ message: SensorMessage, of topic: Topic) {
        let name = topic.name(site: description.site)
        if filters.isTold(name) { unread[name] = JSON.encode(message) }
    }

    /// Takes note of when something was said that outlives who said it.
    mutating func hear(_ said: Int64?) {
        guard let said, let instant = try? checkInstant(said, field: "") else { return }
        latestWord = max(latestWord ?? .distantPast, instant)
    }

    /// Keeps a message of a topic that lies in the future until a clock is set, or a command until that has come. Of commands
    /// the newest: it was given after the others, by whatever clock.
    mutating func postpone(
        _ name: String, _ payload: [UInt8], until instant: MeshInstant?, insteadOf waiting: [UInt8]?
    ) {
        guard filters.isTold(name) else { return }
        guard case .override(let zone) = Topic(name: name, site: description.site) else {
            unread[name] = payload
            return
        }
        let issued = OverrideMessage.issued(in: payload)
        func isNewer(_ other: [UInt8]) -> Bool { OverrideMessage.issued(in: other) ?? .min > issued ?? .min }
        if let recalled = recalled[zone], isNewer(recalled) { return }
        unread[name] = waiting.flatMap { isNewer($0) ? $0 : nil } ?? payload
        if let instant { agenda.plan(.future, by: instant) }
    }

    private func isCommand(_ name: String) -> Bool {
        if case .override = Topic(name: name, site: description.site) { true } else { false }
    }

    mutating func trust(_ isTrusted: Bool, at now: MeshInstant) {
        guard isClockTrusted != isTrusted else { return }
        isClockTrusted = isTrusted
        guard isTrusted else { return }
        for index in sensors.indices where sensors[index].hasSpoken { say(index) }
        readAgain(at: now)
    }

    /// Reads again what couldn't be placed in time.
    ///
    /// - Parameter isSet: whether the clock was set; else only what stands until another takes its place is: motion that is
    ///   placed in time so late is over.
    mutating func readAgain(isSet: Bool = true, at now: MeshInstant) {
        let waiting = isSet ? unread : unread.filter { isCommand($0.key) }
        for topic in waiting.keys { unread[topic] = nil }
        agenda[.future] = nil
        for (topic, payload) in waiting.sorted(by: { $0.key < $1.key }) {
            take(topic: topic, payload: payload, at: now, remembered: false)
        }
        recall(at: now)
    }

    /// Mesh time jumped: what this node planned and said in the old time moves along, so that no light does.
    mutating func shift(by step: Duration, at now: MeshInstant) {
        for index in sensors.indices {
            sensors[index].shift(by: step, isTrusted: isClockTrusted, at: now)
        }
        for index in bars.indices { bars[index].shift(by: step) }
        agenda.shift(by: step)
        // Time jumped: keepers are believed as at the start.
        if agenda.has(.unanswered) { for index in zones.positions { zones.values[index].awaitNothing() } }
        agenda[.unanswered] = nil
        if presence.distrustEnds != nil { trustKeepers(at: .distantFuture) }
        reassuredAt = .distantPast
        for index in held.indices { held[index].until = held[index].until + step }
        takeovers.shift(by: step)
        if agenda.has(.health) { agenda[.health] = now + NodeCore.healthInterval }
        for index in sensors.indices where sensors[index].hasSpoken { say(index) }
        let areAllOurs = !isClockTrusted
        for index in zones.positions {
            zones.values[index].state.shift(by: step)
            // What others said was taken to have been said in the old time, too, as what came untimed was, and the wire is
            // heard in ours; else the new time is theirs, save of what would lie ahead: whoever said that may be gone, and
            // never say it anew.
            zones.values[index].shiftRegisters(by: step) { sensor, register in
                areAllOurs || untimed.contains(sensor) || WireSensor(rawValue: sensor) != nil
                    || register.lastMotion >= now + .seconds(1)
            }
        }
        for index in sensors.indices { mergeOwn(index, at: now) }
        shiftCommands(by: step, at: now)
        merge(at: now) { _ in true }
        if isClockTrusted { readAgain(at: now) }
    }
}

extension SensorMessage {
    /// The message as if its last motion had been at `now`.
    func asOfArrival(at now: MeshInstant) -> SensorMessage {
        let shift = now.nanoseconds &- max(lastEdge, lastMotion)
        var moved = self
        moved.lastEdge = lastEdge &+ shift
        moved.lastMotion = lastMotion &+ shift
        moved.zones = zones.mapValues { part in
            var part = part
            part.start = part.start &+ shift
            part.firstMotion = part.firstMotion &+ shift
            return part
        }
        return moved
    }
}

extension SensorState {
    /// - Parameters:
    ///   - isTrusted: whether the clock that was set went by the mesh's reference.
    ///   - now: the instant by the clock as it is now.
    mutating func shift(by step: Duration, isTrusted: Bool, at now: MeshInstant) {
        rhythm.shift(by: step)
        heardAt = heardAt.map { $0 + step }
        // What it recalls was said in the new time, unless that would lie ahead, or has moved along with ours before.
        guard hasSpoken, !isTrusted || !isRecalled || hasMoved || lastMotion >= now + .seconds(1) else { return }
        hasMoved = isRecalled
        // What has never been stays so: before 1970 is no instant, and a register that said it would be refused.
        if lastEdge > .distantPast { lastEdge = lastEdge + step }
        if lastMotion > .distantPast { lastMotion = lastMotion + step }
        registers = registers.mapValues { $0.shifted(by: step) }
        seenSince = seenSince.map { $0 + step }
        triggerUntil = triggerUntil.map { $0 + step }
        renewDue = renewDue.map { $0 + step }
    }
}
