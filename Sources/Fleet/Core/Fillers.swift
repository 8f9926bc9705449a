internal import Mesh

/// Which node fills which place.
struct Fillers {
    private var bars: [String: String] = [:]
    private var sensors: [String: String] = [:]
    /// The nodes whose configuration names the bars, or the sensors, that they fill: they fill no others.
    private var withBars: Set<String> = []
    private var withSensors: Set<String> = []

    /// As nodes' configurations have it; where two name the same place, the later holds.
    init(_ configurations: [String: NodeConfigurationMessage]) {
        for (node, message) in configurations.sorted(by: { ($0.value.revision, $0.key) < ($1.value.revision, $1.key) })
        {
            if let own = message.bars {
                withBars.insert(node)
                for place in own.values { bars[place] = node }
            }
            if let own = message.sensors {
                withSensors.insert(node)
                for place in own.values { sensors[place] = node }
            }
        }
    }

    /// The node that fills a bar's place; nil: none.
    func filler(ofBar place: String) -> String? {
        if let node = bars[place] { return node }
        guard let node = Name.place(place)?.node, !withBars.contains(node) else { return nil }
        return node
    }

    /// The node that fills a sensor's place; nil: none.
    func filler(ofSensor place: String) -> String? {
        if let node = sensors[place] { return node }
        guard let node = Name.place(place)?.node, !withSensors.contains(node) else { return nil }
        return node
    }
}
