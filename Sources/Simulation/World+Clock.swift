internal import Lighting
internal import Mesh
internal import Node

/// Each node's mesh time, and what must hold of it.
extension World {
    /// Keeps the clock that a node ceases to be, for those who still go by it.
    func bury(_ identity: MeshClockCore.Identity, _ line: MeshClockCore.Line, of index: Int) {
        formerClocks[FormerClock.Mark(site: nodes[index].site, clock: identity)] = FormerClock(
            oscillator: nodes[index].clock.oscillator, line: line)
    }

    /// What a node's mesh time is before an event.
    struct ClockBefore {
        var mesh: MeshInstant
        var state: MeshClockState
        var identity: MeshClockCore.Identity?
        var line: MeshClockCore.Line
    }

    func clock(of index: Int) -> ClockBefore? {
        nodes[index].change(at: now) { machine, monotonic in
            ClockBefore(
                mesh: machine.mesh(at: monotonic), state: machine.clock.state, identity: machine.clock.identity,
                line: machine.clock.line)
        }
    }

    /// An event has happened to a node: its clock may be another, and may have moved.
    func compareClock(_ before: ClockBefore, with effects: [NodeEffect], of index: Int) {
        if let identity = before.identity, nodes[index].clockIdentity != identity {
            bury(identity, before.line, of: index)
        }
        checkSteps(effects, from: before, of: index)
        nodes[index].clocks = clocks(of: index)
    }

    /// Mesh time moves in one way only without saying so: forward, with the crystal.
    private func checkSteps(_ effects: [NodeEffect], from before: ClockBefore, of index: Int) {
        let stepped = effects.reduce(Duration.zero) {
            if case .clockStepped(let step) = $1 { $0 + step } else { $0 }
        }
        let moved = nodes[index].mesh(at: now) - before.mesh
        if moved != stepped {
            violate(.clock, "\(name(index)) mesh time jumped by \(moved), and said \(stepped)")
        }
        guard before.state == .synchronised || before.state == .reference, stepped != .zero else { return }
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
            guard nodes[index].isClockSettled, let bound = nodes[index].bound(at: now) else { continue }
            let site = nodes[index].site
            let mesh = nodes[index].mesh(at: now)
            if nodes[index].client.isOnline {
                clockErrors[site, default: ClockError()].take(bound, at: now, window: .seconds(120))
            }
            let followed = nodes[index].ask { $0.clock.followed }
            if let followed, nodes[index].clockState != .reference {
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
                    && nodes[$0].clockIdentity == clock
            })
        else { return nil }
        return nodes[index].mesh(at: now)
    }

    /// How far mesh time runs off true time within `time`: 400 ppm at most, the reference's crystal, and what it took over
    /// from the one before.
    func runOff(_ time: Duration) -> Duration { .nanoseconds(abs(time.nanoseconds) / 2500) }

    /// Whether two nodes go by the same clock, or by one and its heir.
    func shareClock(_ one: Int, _ other: Int) -> Bool {
        one == other || nodes[one].clocks.contains { nodes[other].clocks.contains($0) }
    }

    private func clocks(of index: Int) -> [MeshClockCore.Identity] {
        nodes[index].change(at: now) { machine, monotonic in
            let clock = machine.clock
            guard clock.state == .reference else { return [clock.followed].compactMap { $0 } }
            return [clock.identity, clock.inherits(at: monotonic) ? clock.followed : nil].compactMap { $0 }
        } ?? []
    }

    /// How far the clocks of a site that knows the time may be off, each, within the last minutes.
    func clockError(of site: String) -> Duration { clockErrors[site]?.highest ?? .zero }
}

extension Duration {
    var magnitude: Duration { self < .zero ? .zero - self : self }
}
