internal import Lighting
internal import Mesh

extension FleetCore {
    /// Finds out which node fills which place: which groups it is of, and whose neighbour.
    mutating func place(at now: MeshInstant) {
        isPlaced = true
        var zones: [String: Set<String>] = [:]
        var neighbours: [String: Set<String>] = [:]
        for (name, group) in groups {
            var members: [String] = []
            var known: Set<String> = []
            var vacant: [String] = []
            var before: String?
            for (place, bar) in zip(group.zone.bars, places.filled(group.zone).bars) {
                guard let node = Name.place(bar)?.node else {
                    vacant.append(place)
                    before = nil
                    continue
                }
                if let before, before != node {
                    neighbours[before, default: []].insert(node)
                    neighbours[node, default: []].insert(before)
                }
                before = node
                if known.insert(node).inserted { members.append(node) }
            }
            for sensor in group.zone.sensors.keys.sorted() {
                if let node = holder(ofSensor: sensor) {
                    if known.insert(node).inserted { members.append(node) }
                } else {
                    vacant.append(sensor)
                }
            }
            if groups[name]?.members != members || groups[name]?.vacant != vacant { dirtyGroups.insert(name) }
            groups[name]?.members = members
            groups[name]?.vacant = vacant
            for node in members { zones[node, default: []].insert(name) }
        }
        for node in Set(nodes.keys).union(zones.keys) {
            var record = nodes[node] ?? NodeRecord()
            record.zones = zones[node]?.sorted() ?? []
            record.neighbours = neighbours[node] ?? []
            record.message.isSpare =
                record.zones.isEmpty && (policy.spares[node] != nil || record.message.lifecycleState == .terminated)
            if record.message.lifecycleState == .terminated, !record.zones.isEmpty {
                // It has a place again.
                record.message.lifecycleState = .pending
                record.message.formerPlaces = []
            }
            if record.zones.isEmpty {
                record.message.expectedSince = nil
            } else if record.message.lifecycleState == .pending, record.message.expectedSince == nil {
                record.message.expectedSince = now.nanoseconds
            }
            if record.message != record.published, !record.zones.isEmpty || record.message.isSpare {
                dirtyNodes.insert(node)
            }
            // Nobody is to find a record of a node that has nothing to do with us any more.
            if !record.isOurs, record.published != nil { dirtyNodes.insert(node) }
            nodes[node] = record
            expectCheck(of: node, at: now)
        }
    }

    /// The node that fills a sensor's place; nil: none.
    private func holder(ofSensor place: String) -> String? {
        places.filled(Zone(bars: [], sensors: [place: .first])).sensors.keys.first.flatMap { Name.place($0)?.node }
    }

    /// The places of bars and of sensors that a node fills, in the order of the zones.
    func filled(by node: String) -> (bars: [String], sensors: [String]) {
        var bars: [String] = []
        var sensors: [String] = []
        for zone in nodes[node]?.zones ?? [] {
            guard let group = groups[zone] else { continue }
            for (place, bar) in zip(group.zone.bars, places.filled(group.zone).bars)
            where !bars.contains(place) && Name.place(bar)?.node == node {
                bars.append(place)
            }
            for place in group.zone.sensors.keys.sorted()
            where !sensors.contains(place) && holder(ofSensor: place) == node {
                sensors.append(place)
            }
        }
        return (bars, sensors)
    }

    /// What takes all that a node has out of its places.
    func nowhere(_ node: String, revision: Int64) -> PlacesMessage {
        let status = presence[node]
        let bars = (status?.bars.map(\.name) ?? []) + (places[node]?.bars ?? [:]).keys
        let sensors = (status?.sensors.map(\.name) ?? []) + (places[node]?.sensors ?? [:]).keys
        return PlacesMessage(
            revision: revision, bars: Dictionary(bars.map { ($0, "") }) { first, _ in first },
            sensors: Dictionary(sensors.map { ($0, "") }) { first, _ in first })
    }

    /// A spare for a node's places, and what it would have to be told; nil: there is none.
    func spare(for node: String) -> (name: String, bars: [String: String], sensors: [String: String])? {
        let (bars, sensors) = filled(by: node)
        guard !bars.isEmpty || !sensors.isEmpty else { return nil }
        let taken = Set(groups.values.flatMap { $0.message.activities.filter(\.isOpen).compactMap(\.spare) })
        let former = nodes.filter { $0.value.message.lifecycleState == .terminated }.keys
        for name in Set(policy.spares.keys).union(former).sorted() where !taken.contains(name) && name != node {
            guard let record = nodes[name], record.zones.isEmpty, record.message.healthStatus == .healthy,
                record.silentSince == nil, openActivity(of: name) == nil, let status = presence[name],
                status.state == .online, record.message.lifecycleState != .standby
            else { continue }
            let allowed =
                if let places = policy.spares[name] { places } else { record.message.formerPlaces as [String]? }
            func isAllowed(_ place: String) -> Bool {
                allowed?.contains { Places.isSame($0, place) } ?? true
            }
            guard bars.allSatisfy(isAllowed), let own = assign(bars, to: status.bars.map(\.name)) else { continue }
            // Better a bar without its sensor than no bar; where there is no bar it is the sensors that count.
            var left = sensors.filter(isAllowed)
            while assign(left, to: status.sensors.map(\.name)) == nil { left.removeLast() }
            if bars.isEmpty, left.count < sensors.count { continue }
            return (name, own, assign(left, to: status.sensors.map(\.name)) ?? [:])
        }
        return nil
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
