internal import Lighting
internal import MQTT
internal import Mesh
internal import Node

/// Which hardware fills which place, as the operator's fleet agent says it.
extension World {
    private static let site = "home"

    private func topic(ofPlacesOf node: String) -> String {
        Topic.nodeConfiguration(node: node).name(site: World.site)
    }

    /// The operator gives an absent node another place than before, or takes that back.
    func tellPlaces(isTakenBack: Bool) {
        guard operatorsBroker != nil else { return }
        let new = PlacesMessage(revision: now.nanoseconds, bars: ["bar": "attic/bar-\(now.nanoseconds)"])
        newestPlaces[World.absent] = isTakenBack ? newestPlaces[World.absent]?.takenAway : new
        publish(topic(ofPlacesOf: World.absent), isTakenBack ? [] : JSON.encode(new), retain: true)
    }

    /// The operator gives a place to a node. Without a broker nothing is said, and nothing changes.
    func fill(_ place: Scenario.PlaceName, by filler: Int, tellsFormer: Bool) {
        guard operatorsBroker != nil else { return }
        let former = fillers[place] ?? place.node
        guard former != filler else { return }
        fillers[place] = filler
        let name = scenario.place(node: place.node, bar: place.bar)
        // A spare has one bar only.
        func bar(of node: Int) -> String { scenario.nodes[node].bars[node == place.node ? place.bar : 0] }
        if tellsFormer { tell(former, [bar(of: former): ""]) }
        tell(filler, [bar(of: filler): name])
        for zone in zones.indices where zones[zone].site == World.site {
            zones[zone].fill(fillers, at: now, scenario)
        }
    }

    private func tell(_ node: Int, _ bars: [String: String]) {
        let name = scenario.nodes[node].name
        let newest = newestPlaces.values.map(\.revision).max() ?? 0
        let message = PlacesMessage(revision: max(now.nanoseconds, newest + 1), bars: bars)
        newestPlaces[name] = message
        publish(topic(ofPlacesOf: name), JSON.encode(message), retain: true)
    }

    /// As the operator's own fleet agent does: what no node knows, none restores. Where there are several brokers, nodes may
    /// have missed it at another, and know it no more.
    func applyLostPlaces(at broker: Int) {
        for (node, newest) in newestPlaces.sorted(by: { $0.key < $1.key }) {
            let topic = topic(ofPlacesOf: node)
            let kept = brokers[broker].retained[topic]
            let isLost = newest.saysNothing ? false : kept == nil
            let isKnown = brokers.count == 1 && nodes.contains { $0.ask { $0.core.places(of: node) } == newest }
            let isOld = !isKnown && kept != nil && kept != JSON.encode(newest)
            if isLost || isOld { publish(topic, JSON.encode(newest), retain: true) }
        }
    }

    /// Whether a node goes by what was last said of the nodes that fill places, or filled them.
    func knowsPlaces(_ node: Int) -> Bool {
        fillers.isEmpty || nodes[node].site != World.site
            || newestPlaces.allSatisfy { name, newest in
                name == World.absent || nodes[node].ask { $0.core.places(of: name) } == newest
            }
    }

    /// What was last said of each node's places is at the broker and at all nodes.
    func checkNewestPlaces() {
        for (name, newest) in newestPlaces.sorted(by: { $0.key < $1.key }) {
            func isNewest(_ known: PlacesMessage?) -> Bool {
                newest.saysNothing ? known?.saysNothing ?? true : known == newest
            }
            let kept = retained(of: World.site)[topic(ofPlacesOf: name)]
            if !isNewest(kept.flatMap { try? JSON.decode(PlacesMessage.self, from: $0) }) {
                violate(.newest, "the broker's places of \(name) aren't the newest")
            }
            for node in nodes.indices
            where nodes[node].site == World.site && !isNewest(nodes[node].ask({ $0.core.places(of: name) })) {
                violate(.newest, "\(self.name(node)) has other places of \(name) than the newest")
            }
        }
    }
}
