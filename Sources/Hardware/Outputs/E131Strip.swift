package import Documents
package import Lighting

/// A strip of a receiver of sACN (E1.31) on the network.
package struct E131Strip: StripDriver {
    /// The universes that there are.
    ///
    /// - Source: ANSI E1.31-2018, 6.2.7.
    package static let universeRange = 1...63999
    /// The priorities that sACN has.
    ///
    /// - Source: ANSI E1.31-2018, 6.2.3.
    package static let priorityRange = 0...200
    /// The priority of a file that says nothing, which is sACN's own default.
    package static let defaultPriority = 100

    package static let name = "e131"
    package static let fields = [
        DriverField("host", "a numeric address", usual: "by multicast"),
        DriverField("universe", "\(universeRange.lowerBound) to \(universeRange.upperBound)"), StripPart.leds,
        StripPart.group, StripPart.order,
        DriverField(
            "priority", "\(priorityRange.lowerBound) to \(priorityRange.upperBound)", usual: "\(defaultPriority)"),
    ]

    package static var universes: ClosedRange<Int>? { universeRange }
    /// The receiver's address; nil: whoever listens, by multicast.
    package let host: String?
    package let universe: Int
    package var part: StripPart

    package init(host: String?, universe: Int, _ part: StripPart) {
        self.host = host
        self.universe = universe
        self.part = part
    }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let universe = fields.required("universe", example: "1")?
            .integer(in: E131Strip.universeRange, "a universe", example: "1")
        let priority = fields["priority"]?.integer(in: E131Strip.priorityRange, "a priority", example: "100")
        let host = fields.optional("host", usual: String?.none) { $0.address().map(Optional.some) }
        guard let host, let universe, let part = StripPart(fields, channels, priority: priority) else { return nil }
        self.init(host: host, universe: universe, part)
    }

    package static func example(for channels: ChannelSet) -> String { "{driver: e131, universe: 1, leds: 30}" }

    package var needsNetwork: Bool { true }
    package var connection: String { "\(host ?? "") \(universe)" }

    package func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput {
        let encoder = E131Encoder(
            count: strip.count, bytesPerLED: strip.bytesPerLED, universe: universe,
            source: "footlight \(bar.site)/\(bar.node)",
            identifier: E131Encoder.identifier(of: "\(bar.site)/\(bar.node)"),
            priority: part.priority ?? E131Strip.defaultPriority)
        let universes = universe..<universe + encoder.packets.count
        return NetworkOutput(
            strip, encoder: encoder,
            sink: UDPSender(
                hosts: host.map { [$0] } ?? universes.map(E131Encoder.multicastAddress), port: E131Encoder.port))
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] { [.way(check, to: host ?? E131Encoder.multicastAddress(of: universe), port: E131Encoder.port)] }
}
