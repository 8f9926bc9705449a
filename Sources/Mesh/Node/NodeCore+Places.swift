internal import Lighting

extension NodeCore {
    /// Somebody's hardware fills another place: in zones, it stands where that place stands.
    mutating func takePlaces(
        of node: String, _ payload: [UInt8], topic: String, at now: MeshInstant, remembered: Bool
    ) throws(MessageError) {
        let message = payload.isEmpty ? nil : try JSON.decode(PlacesMessage.self, from: payload).checked()
        if !remembered { placesSeen.insert(node) }
        // The broker lost its last minutes, or somebody restored what is older: it is to have the newest. A node speaks
        // for itself; for one that is gone the fleet agent does, and where there is none whoever knows.
        if let message, let known = places[node], message.revision < known.revision {
            if remembered { return }
            if node == description.node {
                publish(.nodeConfiguration(node: node), JSON.encode(known), retain: true)
            } else if let zone = zones.min(by: { $0.key < $1.key })?.value {
                outdatedPlaces.insert(node)
                expectRestore(of: zone, at: now)
            }
            return
        }
        outdatedPlaces.remove(node)
        let before = places
        guard places.update(message, of: node) else { return }
        if !remembered { actions.append(.remember(topic: topic, payload: payload)) }
        if node == description.node { followSleep(at: now) }
        for (name, zone) in zones {
            let wasFilled = before.filled(zone.configured)
            guard places.filled(zone.configured) != wasFilled else { continue }
            zones[name]?.fill(places)
            zones[name]?.elect(presence)
            if zones[name]?.nodes.contains(description.node) == false {
                let topic = Topic.zoneConfiguration(zone: name).name(site: description.site)
                forget(zone: name, topic: topic, at: now)
            }
        }
        // Zones that were none of its own are: the broker is asked for all again.
        if node == description.node, connection != nil {
            actions.append(.subscribe([Topic.zoneConfiguration(zone: "+").name(site: description.site)]))
        }
        subscribe()
        merge(at: now) { _ in true }
        replan(at: now)
    }

    /// What the broker has forgotten of this node's own places, or what was taken back while it was away.
    mutating func restorePlaces(lostMemory: Bool, isLastResort: Bool, at now: MeshInstant) {
        if isLastResort {
            for node in outdatedPlaces.sorted() {
                if let known = places[node] {
                    publish(.nodeConfiguration(node: node), JSON.encode(known), retain: true)
                }
            }
            outdatedPlaces = []
        }
        for node in places.nodes where !placesSeen.contains(node) {
            let topic = Topic.nodeConfiguration(node: node)
            if !lostMemory {
                take(topic: topic.name(site: description.site), payload: [], at: now, remembered: false)
            } else if node == description.node, let message = places[node] {
                publish(topic, JSON.encode(message), retain: true)
            }
        }
    }
}
