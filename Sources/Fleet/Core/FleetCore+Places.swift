internal import Lighting
internal import Mesh

extension FleetCore {
    /// Finds out which node fills which place: which groups it is of, and whose neighbour.
    mutating func place(at now: MeshInstant) {
        isPlaced = true
        var zones: [String: Set<String>] = [:]
        var neighbours: [String: Set<String>] = [:]
        owners = []
        for (name, group) in groups {
            var members: [String] = []
            var known: Set<String> = []
            var vacantBars: [String] = []
            var vacantSensors: [String] = []
            var before: String?
            for (place, bar) in zip(group.zone.bars, places.filled(group.zone).bars) {
                guard let node = Name.place(bar)?.node else {
                    vacantBars.append(place)
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
                    vacantSensors.append(sensor)
                }
            }
            if group.members != members || group.vacant != vacantBars + vacantSensors { dirtyGroups.insert(name) }
            groups[name]?.members = members
            groups[name]?.vacantBars = vacantBars
            groups[name]?.vacantSensors = vacantSensors
            groups[name]?.vacantSince =
                vacantBars.isEmpty && vacantSensors.isEmpty ? nil : group.vacantSince ?? now
            owners.formUnion((group.zone.bars + group.zone.sensors.keys).compactMap { Name.place($0)?.node })
            for node in members { zones[node, default: []].insert(name) }
        }
        for node in Set(nodes.keys).union(zones.keys) {
            place(node, zones: zones[node]?.sorted() ?? [], neighbours: neighbours[node] ?? [], at: now)
        }
    }

    private mutating func place(_ node: String, zones: [String], neighbours: Set<String>, at now: MeshInstant) {
        var record = nodes[node] ?? NodeRecord()
        record.zones = zones
        record.neighbours = neighbours
        record.message.isSpare =
            record.zones.isEmpty
            && (policy.spares[node] != nil || record.message.lifecycleState == .terminated || owners.contains(node))
        if record.message.lifecycleState == .terminated, !record.zones.isEmpty {
            // It has a place again.
            record.message.lifecycleState = .pending
        }
        // Before it is told, who is to lose its places still has them.
        if record.message.lifecycleState != .terminating {
            record.message.formerPlaces.removeAll { fills(node, $0) }
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

    /// The node that fills a sensor's place; nil: none.
    private func holder(ofSensor place: String) -> String? { Name.place(places.sensor(in: place))?.node }

    /// Whether a node fills a place, of a bar or a sensor.
    private func fills(_ node: String, _ place: String) -> Bool {
        groups.values.contains { group in
            group.zone.sensors[place] != nil && holder(ofSensor: place) == node
                || Name.place(places.bar(in: place))?.node == node
                    && group.zone.bars.contains { Places.isSame($0, place) }
        }
    }

    /// Bars and sensors: a node's, or places of theirs.
    struct Parts {
        var bars: [String]
        var sensors: [String]

        var all: [String] { bars + sensors }
    }

    /// The places of bars and of sensors that a node fills, in the order of the zones.
    func filled(by node: String) -> Parts {
        var bars: [String] = []
        var sensors: [String] = []
        for zone in nodes[node]?.zones ?? [] {
            guard let group = groups[zone] else { continue }
            for place in group.zone.bars
            where Name.place(places.bar(in: place))?.node == node && !bars.contains(where: { Places.isSame($0, place) })
            {
                bars.append(place)
            }
            for place in group.zone.sensors.keys.sorted()
            where !sensors.contains(place) && holder(ofSensor: place) == node {
                sensors.append(place)
            }
        }
        return Parts(bars: bars, sensors: sensors)
    }

    /// What a node is to be told so that it gives `lost` away and fills these places besides; all else stays as it is.
    ///
    /// All that a message claims holds from its revision on: what others were given meanwhile isn't claimed anew.
    func configuration(
        of node: String, losing lost: Parts = Parts(bars: [], sensors: []), bars: [String: String] = [:],
        sensors: [String: String] = [:], sleepUntil: Int64? = nil, revision: Int64
    ) -> PlacesMessage {
        func claims(
            _ known: [String: String]?, _ further: [String: String], without lost: [String], of own: [String],
            holder: (String) -> String
        ) -> [String: String]? {
            var claims = known ?? [:]
            for (name, place) in claims {
                let isLost = lost.contains { Places.isSame($0, place) }
                if isLost || !place.isEmpty && holder(place) != "\(node)/\(name)" { claims[name] = "" }
            }
            for place in lost {
                guard let own = Name.place(place).flatMap({ $0.node == node ? ownName($0.part, own, claims) : nil })
                else { continue }
                claims[own] = ""
            }
            claims.merge(further) { $1 }
            return known == nil && claims.isEmpty ? nil : claims
        }
        // Without a part the place is that of the node's only bar.
        func ownName(_ part: String?, _ own: [String], _ claims: [String: String]) -> String? {
            let name = part ?? own.first { claims[$0] == nil }
            return name.flatMap { claims[$0] == nil && own.contains($0) ? $0 : nil }
        }
        let status = presence[node]
        return PlacesMessage(
            revision: revision,
            bars: claims(places[node]?.bars, bars, without: lost.bars, of: status?.bars.map(\.name) ?? []) {
                places.bar(in: $0)
            },
            sensors: claims(
                places[node]?.sensors, sensors, without: lost.sensors, of: status?.sensors.map(\.name) ?? []
            ) { places.sensor(in: $0) },
            sleepUntil: sleepUntil)
    }
}
