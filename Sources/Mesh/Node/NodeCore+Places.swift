internal import Lighting

extension NodeCore {
    /// Somebody's hardware fills another place: in zones, it stands where that place stands.
    mutating func takePlaces(
        of node: String, _ message: PlacesMessage?, _ remark: String?, _ payload: [UInt8], topic: String,
        at now: MeshInstant, remembered: Bool
    ) {
        guard let message else {
            note(nil, of: topic, at: now)
            guard let known = places[node] else { return }
            return fill(known.takenAway, original: nil, of: node, topic: topic, at: now, remembered: remembered)
        }
        if !remembered { learnt.placesSeen.insert(node) }
        if let late = learnt.withdrawnPlaces.removeValue(forKey: node), message.revision < late.message.revision {
            // Not taken back: what the broker has came late, and is older than what was known.
            fill(late.message, original: late.original, of: node, topic: topic, at: now, remembered: false)
        }
        // The broker lost its last minutes, or somebody restored what is older: it is to have the newest. A node speaks
        // for itself; for one that is gone the fleet agent does, and where there is none whoever knows.
        if let known = places[node], message.revision < known.revision {
            if remembered { return }
            if node == description.node {
                publish(.nodeConfiguration(node: node), placesOriginals[node] ?? JSON.encode(known), retain: true)
            } else {
                learnt.outdatedPlaces.insert(node)
                expectRestore(at: now)
            }
            return
        }
        fill(message, original: payload, of: node, topic: topic, at: now, remembered: remembered)
        note(remark, of: topic, at: now)
    }

    private mutating func fill(
        _ message: PlacesMessage?, original: [UInt8]?, of node: String, topic: String, at now: MeshInstant,
        remembered: Bool
    ) {
        learnt.outdatedPlaces.remove(node)
        let before = places[node]
        guard places.update(message, of: node) else { return }
        placesOriginals[node] = original
        let payload = original ?? message.map { JSON.encode($0) } ?? []
        if !remembered { actions.append(.remember(topic: topic, payload: payload)) }
        if node == description.node { followSleep(at: now) }
        let nodes = Set([before, message].compactMap { $0?.placeNodes }.joined() + [node])
        var changed: Set<String> = []
        for index in zones.positions where zones.values[index].names(anyOf: nodes) {
            guard zones.values[index].fill(places, at: now) else { continue }
            zones.values[index].elect(presence)
            changed.insert(zones.keys[index])
        }
        for name in changed.sorted() {
            if zones[name]?.has(description.node) == true {
                need(zone: name)
            } else {
                let topic = Topic.zoneConfiguration(zone: name).name(site: description.site)
                forget(zone: name, topic: topic, at: now)
            }
        }
        // Zones that were none of its own are: the broker is asked for all again.
        if node == description.node, connection != nil {
            actions.append(.subscribe([Topic.zoneConfiguration(zone: "+").name(site: description.site)]))
        }
        subscribe()
        for index in zones.positions where changed.contains(zones.keys[index]) {
            zones.values[index].merge(presence, own: description.node)
        }
        for name in changed.sorted() {
            replan(zone: name, at: now)
            judgeLight(of: name, at: now)
        }
    }

    /// What the broker has forgotten of this node's own places, or what was taken back while it was away.
    mutating func restorePlaces(lostMemory: Bool, isLastResort: Bool, at now: MeshInstant) {
        if isLastResort {
            for node in learnt.outdatedPlaces.sorted() {
                if let known = places[node] {
                    publish(.nodeConfiguration(node: node), placesOriginals[node] ?? JSON.encode(known), retain: true)
                }
            }
            learnt.outdatedPlaces = []
            learnt.withdrawnPlaces = [:]
        }
        for node in places.nodes where !learnt.placesSeen.contains(node) {
            guard let known = places[node], !known.saysNothing else { continue }
            let topic = Topic.nodeConfiguration(node: node)
            if lostMemory {
                guard node == description.node else { continue }
                publish(topic, placesOriginals[node] ?? JSON.encode(known), retain: true)
            } else if isLastResort {
                // Taken back, or lost, or late: of that the node knows nothing better than others, until it comes. Not
                // sooner: the fleet agent says again what this broker, where there are several, was never told.
                learnt.withdrawnPlaces[node] = (known, placesOriginals[node])
                let topic = topic.name(site: description.site)
                fill(nil, original: nil, of: node, topic: topic, at: now, remembered: false)
            }
        }
    }
}
