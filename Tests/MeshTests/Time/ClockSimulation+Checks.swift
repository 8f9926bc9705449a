import Lighting

@testable import Mesh

/// What must hold, and what is measured.
extension ClockSimulation {
    /// Keeps the clock that a node ceases to be, for those who still go by it.
    mutating func bury(_ index: Int, as core: MeshClockCore? = nil) {
        guard let core = core ?? nodes[index].core, core.since != 0 else { return }
        ghosts["\(nodes[index].name) \(core.since)"] = (index, core)
    }

    /// Mesh time now by the clock that `core` says it goes by.
    private func time(of source: ClockSource) -> Int64? {
        if let index = nodes.firstIndex(where: { $0.name == source.name }), let core = nodes[index].core,
            core.since == source.since
        {
            return core.mesh(at: nodes[index].oscillator.monotonic(at: now)).nanoseconds
        }
        guard let ghost = ghosts["\(source.name) \(source.since)"] else { return nil }
        return ghost.core.mesh(at: nodes[ghost.node].oscillator.monotonic(at: now)).nanoseconds
    }

    /// The true error is within the bound; mesh time doesn't go back.
    mutating func checkBound(of index: Int) {
        guard let core = nodes[index].core else { return }
        let monotonic = nodes[index].oscillator.monotonic(at: now)
        let mesh = core.mesh(at: monotonic)
        if mesh.nanoseconds < nodes[index].lastMesh { violate("\(nodes[index].name) went back") }
        nodes[index].lastMesh = mesh.nanoseconds
        let back = core.monotonic(of: mesh)
        if core.mesh(at: back) != mesh || back > monotonic { violate("\(nodes[index].name) can't be inverted") }
        guard core.state == .synchronised || core.state == .synchronising, let source = core.source,
            let bound = core.errorBound(at: monotonic)?.nanoseconds
        else { return }
        guard let truth = time(of: source) else {
            violate("\(nodes[index].name) goes by a clock that never was")
            return
        }
        let error = abs(mesh.nanoseconds - truth)
        if error > bound { violate("\(nodes[index].name) is \(error) ns off \(source.name), not \(bound)") }
        if core.state == .synchronised, let last = source.filter.exchanges.last?.t4,
            monotonic - last > 10 * ClockSimulation.second, abs(core.mapping.slew) < MeshClockCore.slewLimit
        {
            // What was to be slewed has been: it is where it may be, and not merely within a bound that says so.
            let (low, high) = source.filter.interval(at: monotonic)
            let served = core.mapping.offset(at: monotonic)
            if served < low || served > high {
                violate("\(nodes[index].name) serves \(served), known to be within \(low)…\(high)")
            }
        }
        if now >= measureFrom, core.state == .synchronised {
            errors.append(error)
            bounds.append(bound)
        }
    }

    /// Any two nodes that go by the same reference, or by one and its successor, are within the sum of their bounds.
    mutating func check() {
        var times: [(index: Int, mesh: Int64, bound: Int64, clock: String, heir: String?)] = []
        for index in nodes.indices {
            guard nodes[index].core != nil else { continue }
            nodes[index].oscillator.advance(to: now)
            checkBound(of: index)
            let monotonic = nodes[index].oscillator.monotonic(at: now)
            guard let core = nodes[index].core, let bound = core.errorBound(at: monotonic) else { continue }
            let followed = core.source.map { "\($0.name) \($0.since)" }
            let isReference = core.state == .reference
            let young = isReference && monotonic - core.stateSince < MeshClockCore.inheritance
            times.append(
                (
                    index, core.mesh(at: monotonic).nanoseconds, bound.nanoseconds,
                    isReference ? "\(nodes[index].name) \(core.since)" : followed ?? "", young ? followed : nil
                ))
        }
        for one in times {
            for other in times where other.index > one.index {
                guard one.clock == other.clock || one.heir == other.clock || other.heir == one.clock else { continue }
                let apart = abs(one.mesh - other.mesh)
                if apart > one.bound + other.bound {
                    violate(
                        "\(nodes[one.index].name) and \(nodes[other.index].name) are \(apart) ns apart, bounds "
                            + "\(one.bound) and \(other.bound)")
                }
            }
        }
        if now >= measureFrom, let least = times.map(\.mesh).min(), let most = times.map(\.mesh).max() {
            spreads.append(most - least)
        }
    }
}
