internal import Lighting
internal import Mesh

/// The clock core of each node, as the agent's runtime drives it.
extension World {
    /// The clock takes up an event; what it wants is done.
    func tellClock(_ event: MeshClockEvent, of index: Int) {
        let before = nodes[index].clock.ask(at: now) { core, _ in (core.state, core.identity, core.line) }
        guard let (state, identity, line) = before else { return }
        let wasAt = nodes[index].clock.mesh(at: now)
        let boot = nodes[index].boot
        let actions = takeUp(event, of: index)
        if let identity, nodes[index].clock.identity != identity { bury(identity, line, of: index) }
        checkSteps(actions, from: wasAt, state, of: index)
        for action in actions where nodes[index].boot == boot {
            switch action {
            case .publish(let topic, let payload):
                guard let channel = nodes[index].client.channel else { continue }
                for packet in nodes[index].client.publishAtOnce(topic: topic, payload: payload) {
                    sendUp(packet, on: channel)
                }
            case .changed(let state):
                tell("\(name(index)) clock is \(state), by \(nodes[index].clock.reference ?? "nobody")")
                unsettleClock(of: index)
                let error = nodes[index].clock.ask(at: now) { $0.errorBound(at: $1) } ?? nil
                occur(.clock(isTrusted: error != nil, error: error ?? .zero), to: index)
            case .stepped(let step):
                tell("\(name(index)) mesh time steps by \(step.seconds) s")
                if step.magnitude > .milliseconds(1) { unsettleClock(of: index) }
                if step.magnitude > .seconds(1) { disown(index) }
                occur(.clockStepped(step), to: index)
            case .timeOfDay(let correction):
                tell("\(name(index)) takes mesh time and \(correction.seconds) s for the time of day")
                nodes[index].timeOfDaySince = now
                setTimeOfDay(of: index)
                draw(index)
                plan(index)
            case .log(_, let line): tell("\(name(index)) logs: \(line)")
            }
        }
        nodes[index].clocks = clocks(of: index)
        planClock(index)
        planWake(index)
    }

    /// What a node's profiles go by: universal time.
    func setTimeOfDay(of index: Int) {
        guard let correction = nodes[index].clock.civilCorrection else { return }
        handle(.civilClock(CivilClock.utc.corrected(by: correction)), of: index)
    }

    private func takeUp(_ event: MeshClockEvent, of index: Int) -> [MeshClockAction] {
        nodes[index].clock.handle(event, at: now)
    }

    /// Tells the clock when something was said that is kept.
    func tellWord(of index: Int) {
        guard let word = nodes[index].ask({ $0.latestWord }) ?? nil, word != nodes[index].toldWord else { return }
        nodes[index].toldWord = word
        tellClock(.said(word), of: index)
    }

    /// Tells the clock who is online, once all retained statuses have come, and whenever that changes.
    func tellOrder(of index: Int) {
        guard nodes[index].client.isOnline, nodes[index].ask({ $0.knowsWhoIsThere }) == true else { return }
        guard let order = nodes[index].ask({ $0.clockOrder }), order != nodes[index].toldOrder else { return }
        nodes[index].toldOrder = order
        tellClock(.presence(order), of: index)
    }

    private func planClock(_ index: Int) {
        guard let due = nodes[index].clock.due else { return }
        let at = max(due, now)
        if let planned = nodes[index].clockWakeAt, planned <= at, planned > now { return }
        nodes[index].clockWakeAt = at
        queue.push(.clock(node: index, boot: nodes[index].boot), at: at)
    }

    func wakeClock(_ index: Int) {
        guard nodes[index].core != nil, nodes[index].clockWakeAt == now else { return }
        nodes[index].clockWakeAt = nil
        guard countWake(of: index) else { return }
        tellClock(.tick, of: index)
    }

    // MARK: - What must hold

    /// Keeps the clock that a node ceases to be, for those who still go by it.
    func bury(_ identity: MeshClockCore.Identity, _ line: MeshClockCore.Line, of index: Int) {
        formerClocks[FormerClock.Mark(site: nodes[index].site, clock: identity)] = FormerClock(
            oscillator: nodes[index].clock.oscillator, line: line)
    }

    /// Mesh time moves in one way only without saying so: forward, with the crystal.
    private func checkSteps(
        _ actions: [MeshClockAction], from before: MeshInstant, _ state: MeshClockState, of index: Int
    ) {
        let stepped = actions.reduce(Duration.zero) {
            if case .stepped(let step) = $1 { $0 + step } else { $0 }
        }
        let moved = nodes[index].clock.mesh(at: now) - before
        if moved != stepped {
            violate(.clock, "\(name(index)) mesh time jumped by \(moved), and said \(stepped)")
        }
        guard state == .synchronised || state == .reference, stepped != .zero else { return }
        let isDark = nodes[index].bars.indices.allSatisfy { !isLit($0, of: index) }
        if stepped.magnitude <= (isDark ? .milliseconds(20) : .seconds(1)) {
            violate(.clock, "\(name(index)) mesh time stepped by \(stepped), rather than being slewed")
        }
    }

    /// No node's mesh time goes back, or is further than its bound off the time of the reference that it names; any two
    /// that go by the same clock, or by one and its heir, are within the sum of their bounds.
    func checkClocks() {
        var groups: [String: [MeshClockCore.Identity: (highest: MeshInstant, lowest: MeshInstant)]] = [:]
        for index in nodes.indices {
            guard nodes[index].clock.isSettled, let bound = nodes[index].clock.bound(at: now) else { continue }
            let site = nodes[index].site
            let mesh = nodes[index].clock.mesh(at: now)
            if nodes[index].client.isOnline {
                clockErrors[site, default: ClockError()].take(bound, at: now, window: .seconds(120))
            }
            let followed = nodes[index].clock.ask(at: now) { core, _ in core.followed } ?? nil
            if let followed, nodes[index].clock.state != .reference {
                checkBound(of: index, mesh, bound, by: followed)
            }
            nodes[index].clocks = clocks(of: index)
            for clock in nodes[index].clocks {
                let known = groups[site]?[clock] ?? (.distantPast, .distantFuture)
                groups[site, default: [:]][clock] = (max(known.highest, mesh - bound), min(known.lowest, mesh + bound))
            }
        }
        for (site, clocks) in groups {
            for (clock, reach) in clocks where reach.highest > reach.lowest {
                violate(
                    .clock,
                    "two nodes of \(site) that go by \(clock.node) are \((reach.highest - reach.lowest).seconds) s further "
                        + "apart than their bounds allow")
            }
        }
    }

    private func checkBound(
        of index: Int, _ mesh: MeshInstant, _ bound: Duration, by followed: MeshClockCore.Identity
    ) {
        guard let truth = self.mesh(of: followed, site: nodes[index].site) else {
            return violate(.clock, "\(name(index)) goes by a clock of \(followed.node)'s that never was")
        }
        guard (mesh - truth).magnitude > bound else { return }
        violate(
            .clock,
            "\(name(index)) mesh time is \((mesh - truth).seconds) s off \(followed.node)'s; it says that it is within "
                + "\(bound.seconds) s")
    }

    /// What a clock shows now, if its node still has it; else what it would show.
    private func mesh(of clock: MeshClockCore.Identity, site: String) -> MeshInstant? {
        if let former = formerClocks[FormerClock.Mark(site: site, clock: clock)] { return former.mesh(at: now) }
        guard
            let index = nodes.indices.first(where: {
                nodes[$0].site == site && scenario.nodes[$0].name == clock.node
                    && nodes[$0].clock.identity == clock
            })
        else { return nil }
        return nodes[index].clock.mesh(at: now)
    }

    /// How far mesh time runs off true time within `time`: 400 ppm at most, the reference's crystal, and what it took over
    /// from the one before.
    func runOff(_ time: Duration) -> Duration { .nanoseconds(abs(time.nanoseconds) / 2500) }

    /// Whether two nodes go by the same clock, or by one and its heir.
    func shareClock(_ one: Int, _ other: Int) -> Bool {
        one == other || nodes[one].clocks.contains { nodes[other].clocks.contains($0) }
    }

    private func clocks(of index: Int) -> [MeshClockCore.Identity] {
        nodes[index].clock.ask(at: now) { core, monotonic in
            guard core.state == .reference else { return [core.followed].compactMap { $0 } }
            return [core.identity, core.inherits(at: monotonic) ? core.followed : nil].compactMap { $0 }
        } ?? []
    }

    /// How far the clocks of a site that knows the time may be off, each, within the last minutes.
    func clockError(of site: String) -> Duration { clockErrors[site]?.highest ?? .zero }
}

extension Duration {
    var magnitude: Duration { self < .zero ? .zero - self : self }
}
