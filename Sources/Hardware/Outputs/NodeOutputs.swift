internal import Lighting

/// The outputs of a node's bars: one for each bar, but one for all bars that share a strip.
public struct NodeOutputs {
    /// The place of a bar among outputs and their parts.
    public struct Place: Sendable, Hashable {
        /// The output.
        public let output: Int
        /// The output's part.
        public let part: Int
    }

    /// The outputs.
    public private(set) var outputs: [any LightOutput] = []
    /// The place of each bar, in the order of the bars.
    public let places: [Place]

    /// The outputs of `bars`, none of which is opened yet.
    public init(_ bars: [BarConfiguration], node: String, site: String) {
        var places = [Place](repeating: Place(output: 0, part: 0), count: bars.count)
        let drawn = bars.map { bar in
            (
                driver: bar.output.driver,
                bar: BarPlace(site: site, node: node, bar: bar.name, channels: bar.channels)
            )
        }
        for index in bars.indices {
            let bar = bars[index]
            guard let driver = bar.output.driver as? any SharedOutputDriver else {
                places[index] = Place(output: outputs.count, part: 0)
                outputs.append(bar.output.driver.output(for: drawn[index].bar))
                continue
            }
            let members = bars.indices.filter {
                (bars[$0].output.driver as? any SharedOutputDriver)?.shared == driver.shared
            }
            // The first makes it for all.
            guard members.first == index else { continue }
            for (number, member) in members.enumerated() {
                places[member] = Place(output: outputs.count, part: number)
            }
            outputs.append(driver.output(shared: members.map { drawn[$0] }))
        }
        self.places = places
    }
}
