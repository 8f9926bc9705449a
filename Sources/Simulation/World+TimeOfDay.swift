internal import Lighting
internal import Mesh

extension World {
    /// See ``Invariant/timeOfDay``.
    func checkTimeOfDay(_ index: Int) {
        let zone = zones[index]
        let ready = zone.members.map(\.node).filter { isSteady($0, site: zone.site) }
        guard let first = ready.first, let expected = nodes[first].civilCorrection else { return }
        let recent = now - clockError(of: zone.site) * 2 - .milliseconds(50)
        for other in ready.dropFirst() where shareClock(first, other) && shareBroker(first, other) {
            guard let correction = nodes[other].civilCorrection, correction != expected,
                max(nodes[first].timeOfDaySince, nodes[other].timeOfDaySince) < recent, !areMerging(first, other)
            else { continue }
            violate(
                .timeOfDay,
                "\(name(first)) adds \(expected.seconds) s to mesh time for the time of day, and \(name(other)) adds "
                    + "\(correction.seconds) s")
        }
    }

    /// Whether two go by references that both act: those of halves that have met, or one and the one that took over from
    /// it. Until the one follows the other, for as long as ``Invariant/clock`` allows, each half has its own word.
    private func areMerging(_ one: Int, _ other: Int) -> Bool {
        let references = [one, other].compactMap { index in
            nodes.indices.first {
                nodes[$0].site == nodes[index].site && scenario.nodes[$0].name == nodes[index].clockReference
            }
        }
        guard references.count == 2, references[0] != references[1],
            references.allSatisfy({ nodes[$0].clockState == .reference }),
            let acting = references.map({ nodes[$0].clockSince }).max()
        else { return false }
        let met = references.map { nodes[$0].ready ?? now }.max() ?? now
        return now < max(met, acting) + .seconds(150) + scenario.longestDelay * 10
    }

    /// Who has certainly heard what the reference says last.
    private func isSteady(_ node: Int, site: String) -> Bool {
        let settled = now - .seconds(10) - scenario.longestDelay * 4
        guard isReady(node, since: settled), nodes[node].changedAt < settled else { return false }
        return nodes[node].clocks.allSatisfy { clock in
            nodes.indices.contains {
                nodes[$0].site == site && scenario.nodes[$0].name == clock.node && nodes[$0].changedAt < settled
                    && isReady($0, since: settled)
            }
        }
    }

    /// All is mended: where somebody knows the time of day, who go by one clock with them know it.
    func checkTimesOfDay() {
        for knowing in nodes.indices where nodes[knowing].clock.isSynchronised && nodes[knowing].isClockSettled {
            for other in nodes.indices
            where nodes[other].site == nodes[knowing].site && nodes[other].isClockSettled && shareClock(knowing, other)
            {
                guard let correction = nodes[other].civilCorrection else { continue }
                let error = nodes[other].mesh(at: now) + correction - now
                if error.magnitude > .seconds(3) {
                    violate(
                        .timeOfDay,
                        "\(name(other)) takes the time of day to be \(error.seconds) s later, though \(name(knowing)) knows it"
                    )
                }
            }
        }
    }
}
