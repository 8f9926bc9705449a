internal import Lighting
internal import Mesh

/// Who could fill further places.
extension FleetCore {
    /// A node that takes places, and what its bars and sensors would fill.
    struct Successor {
        var name: String
        var bars: [String: String] = [:]
        var sensors: [String: String] = [:]

        var places: [String] { bars.values.sorted() + sensors.values.sorted() }
    }

    /// Who is to take a node's places; nil: nobody can.
    ///
    /// Of those who can, the one who takes the most; where two take as many, a node whose own places they are. Such a node
    /// takes what it can of these; anybody else all bars, and as many sensors as it has: better a bar without its sensor than
    /// no bar. Where there is no bar it is the sensors that count, all of them. What it can't fill stays with the owner.
    func spare(for node: String) -> Successor? {
        let wanted = filled(by: node)
        let own = Set(wanted.all.compactMap { Name.place($0)?.node })
        var best: Successor?
        // Owners first: they keep their rank among equals.
        for name in own.sorted() + spares.filter({ !own.contains($0) }) where name != node && isFree(name) {
            let free = freeParts(of: name)
            var candidate: Successor?
            if nodes[name]?.zones.isEmpty == true { candidate = successor(name, free, to: wanted) }
            if candidate == nil, own.contains(name) {
                let isOwn = { Name.place($0)?.node == name }
                candidate = Successor(
                    name: name, bars: assignWhatFits(wanted.bars.filter(isOwn), to: free.bars),
                    sensors: assignWhatFits(wanted.sensors.filter(isOwn), to: free.sensors))
            }
            guard let candidate, candidate.places.count > best?.places.count ?? 0 else { continue }
            best = candidate
        }
        return best
    }

    private func successor(_ name: String, _ free: Parts, to wanted: Parts) -> Successor? {
        guard wanted.bars.allSatisfy({ mayFill(name, $0) }), let bars = assign(wanted.bars, to: free.bars) else {
            return nil
        }
        let sensors = assignWhatFits(wanted.sensors.filter { mayFill(name, $0) }, to: free.sensors)
        if bars.isEmpty, sensors.count < wanted.sensors.count { return nil }
        return Successor(name: name, bars: bars, sensors: sensors)
    }

    /// Gives places that nobody fills to whoever can: the nodes of their names first, then spares. Nothing is taken from
    /// anybody.
    mutating func fillVacancies(at now: MeshInstant) {
        guard problem(at: now) == nil else { return }
        // What hasn't come back by now won't.
        offers = offers.filter { now - $0.value.at < .seconds(10) }
        for zone in groups.keys.sorted() {
            guard let group = groups[zone], let since = group.vacantSince, !group.message.sleeping,
                !group.message.suspendedProcesses.contains(.replaceUnhealthy)
            else { continue }
            // Who was given it may be told of only after who lost it.
            guard now - since >= policy.lease else {
                evaluateDue = min(evaluateDue ?? .distantFuture, since + policy.lease)
                continue
            }
            for successor in takers(of: group) { give(successor, in: zone, at: now) }
        }
    }

    /// Who takes which of a group's vacant places.
    private func takers(of group: GroupRecord) -> [Successor] {
        var takers: [String: Successor] = [:]
        let spares = spares
        func place(
            _ place: String, _ parts: KeyPath<Parts, [String]>, _ taken: WritableKeyPath<Successor, [String: String]>
        ) {
            let owner = Name.place(place)?.node
            for name in [owner].compactMap(\.self) + spares.filter({ $0 != owner })
            where mayFill(name, place) && isFree(name) {
                var successor = takers[name] ?? Successor(name: name)
                let left = freeParts(of: name)[keyPath: parts].filter { successor[keyPath: taken][$0] == nil }
                guard let assigned = assign([place], to: left) else { continue }
                successor[keyPath: taken].merge(assigned) { $1 }
                takers[name] = successor
                return
            }
        }
        let offered = Set(offers.values.flatMap(\.places))
        for bar in group.vacantBars where !offered.contains(bar) { place(bar, \.bars, \.bars) }
        for sensor in group.vacantSensors where !offered.contains(sensor) { place(sensor, \.sensors, \.sensors) }
        return takers.values.sorted { $0.name < $1.name }
    }

    /// Tells a node that it has further places, once that is written.
    private mutating func give(_ successor: Successor, in zone: String, at now: MeshInstant) {
        let message = configuration(
            of: successor.name, bars: successor.bars, sensors: successor.sensors,
            revision: Revision.next(after: places[successor.name]?.revision, at: now))
        let owner = successor.places.first.flatMap { Name.place($0)?.node } ?? successor.name
        let activity = Activity(
            id: "\(successor.name)-\(now.nanoseconds / 1_000_000)",
            kind: owner == successor.name ? .giveBack : .replacement, node: owner,
            cause: "no node filled \(successor.places.joined(separator: ", "))", began: now.nanoseconds,
            ended: now.nanoseconds, status: .successful, step: .replace, detail: "", spare: successor.name)
        groups[zone]?.message.activities.append(activity)
        trimHistory(of: zone)
        offers[successor.name] = (successor.places, now)
        let publication = FleetAction.Publication(
            topic: name(.nodeConfiguration(node: successor.name)), payload: JSON.encode(message), retain: true, qos: 1)
        publish([publication], onceWritten: zone, for: "places of \(successor.name)", at: now)
        tell(activity, in: zone)
    }

    /// Those who may stand in for others, in order: who has no place yet comes first.
    private var spares: [String] {
        let all = nodes.filter { policy.spares[$0.key] != nil || $0.value.message.lifecycleState == .terminated }
        return all.sorted { ($0.value.zones.count, $0.key) < ($1.value.zones.count, $1.key) }.map(\.key)
    }

    /// Whether a place is one that a node may fill: its own, one of those that the file names, or one that it had.
    func mayFill(_ name: String, _ place: String) -> Bool {
        if Name.place(place)?.node == name { return true }
        guard let listed = policy.spares[name] else {
            return nodes[name]?.message.formerPlaces.contains { Places.isSame($0, place) } == true
        }
        return listed?.contains { Places.isSame($0, place) } ?? true
    }

    /// Whether a node is well, and nothing is being done to it.
    func isFree(_ name: String) -> Bool {
        guard let record = nodes[name], record.message.healthStatus == .healthy, record.silentSince == nil,
            presence.isOnline(name), openActivity(of: name) == nil, offers[name] == nil
        else { return false }
        return record.message.lifecycleState != .standby && record.message.lifecycleState != .enteringStandby
    }

    /// A node's bars and sensors that fill no place of any zone.
    func freeParts(of name: String) -> Parts {
        let filled = filled(by: name)
        let usedBars = filled.bars.map(places.bar(in:))
        let usedSensors = filled.sensors.map(places.sensor(in:))
        let status = presence[name]
        return Parts(
            bars: status?.bars.map(\.name).filter { bar in
                !usedBars.contains { Places.isSame($0, "\(name)/\(bar)") }
            } ?? [],
            sensors: status?.sensors.map(\.name).filter { !usedSensors.contains("\(name)/\($0)") } ?? [])
    }

    /// As many of the places as there are bars (or sensors) for.
    func assignWhatFits(_ places: [String], to own: [String]) -> [String: String] {
        var left = places
        while true {
            if let assigned = assign(left, to: own) { return assigned }
            left.removeLast()
        }
    }

    /// Places by the own bars (or sensors) that fill them: those of the same name first; nil: there are too few.
    private func assign(_ places: [String], to own: [String]) -> [String: String]? {
        var left = own
        var result: [String: String] = [:]
        var later: [String] = []
        for place in places {
            if let part = Name.place(place)?.part, let index = left.firstIndex(of: part) {
                result[left.remove(at: index)] = place
            } else {
                later.append(place)
            }
        }
        guard later.count <= left.count else { return nil }
        for (name, place) in zip(left, later) { result[name] = place }
        return result
    }
}
