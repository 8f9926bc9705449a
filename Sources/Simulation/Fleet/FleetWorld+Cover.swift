internal import Fleet
internal import Lighting
internal import Mesh

/// Where all is well, every place that some node can fill is filled within a minute.
extension FleetWorld {
    private static let patience = Duration.seconds(60)

    /// Looks at the places, now and then.
    mutating func watchCover() {
        guard isAllWell else {
            wellSince = nil
            return
        }
        let since = wellSince ?? now
        wellSince = since
        guard now - since >= FleetWorld.patience else { return }
        coverChecks += 1
        for side in brokers.indices { if let hole = hole(at: side) { violate(hole) } }
    }

    /// Whether every node does its work and is connected and Healthy by its record, and a fleet agent leads.
    private var isAllWell: Bool {
        guard let leader, bridgeCuts == 0, brokers.allSatisfy(\.isUp) else { return false }
        guard peers.allSatisfy({ $0.cuts == 0 && ($0.isUp || agents.map(\.name).contains($0.name)) }) else {
            return false
        }
        let retained = brokers[peers[leader].side].retained
        return nodes.allSatisfy { node in
            guard node.isWorking, let payload = retained[FleetTopic.node(node.name).name(site: FleetWorld.site)],
                let record = try? JSON.decode(NodeMessage.self, from: payload)
            else { return false }
            return record.healthStatus == .healthy
        }
    }

    /// A place that is empty, or whose node doesn't know that it has it, though it could be filled; nil: there is none.
    private func hole(at side: Int) -> String? {
        var places = Places()
        for node in nodes {
            let topic = Topic.nodeConfiguration(node: node.name).name(site: FleetWorld.site)
            let message = brokers[side].retained[topic].flatMap { try? JSON.decode(PlacesMessage.self, from: $0) }
            places.update(message, of: node.name)
            if message != node.configuration { return "\(node.name) goes by other places than broker \(side) keeps" }
        }
        let bars = zoneNodes.joined().map { nodes[$0].name }
        let sensors = zoneNodes.joined().filter(scenario.seeing.contains).map { "\(nodes[$0].name)/eye" }
        let barFillers = bars.map(places.bar(in:))
        let sensorFillers = sensors.map(places.sensor(in:))
        for (index, node) in nodes.enumerated() {
            let isSpare = index >= scenario.nodeCount
            let hasFreeBar = !barFillers.contains { Places.isSame($0, "\(node.name)/bar") }
            for (place, filler) in zip(bars, barFillers)
            where Name.place(filler) == nil && hasFreeBar && (isSpare || place == node.name) {
                return "nobody fills \(place), and \(node.name) could"
            }
            let hasFreeEye = scenario.seeing.contains(index) && !sensorFillers.contains("\(node.name)/eye")
            for (place, filler) in zip(sensors, sensorFillers)
            where Name.place(filler) == nil && hasFreeEye && (isSpare || place == "\(node.name)/eye") {
                return "nobody fills \(place), and \(node.name) could"
            }
        }
        return nil
    }
}
