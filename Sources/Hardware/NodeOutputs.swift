public import Configuration
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
        for index in bars.indices {
            let bar = bars[index]
            let output: any LightOutput
            switch bar.output {
            case .trace(let path, _): output = TraceOutput(path: path, bar: "\(node)/\(bar.name)")
            case .simulated: output = SimulatedOutput()
            case .gpio(let line):
                output = GPIOOutput(line, consumer: GPIOConsumer.part(bar.name, node: node).description)
            case .pwm(let pins):
                output = PWMOutput(
                    chip: PWMOutput.chip(pins.chip), channels: pins.channels, hertz: pins.frequency.value,
                    isInverted: pins.isInverted)
            case .led(let names):
                output = LEDClassOutput(
                    folders: names.map { "/sys/class/leds/\($0)" }, channels: bar.channels.channels)
            case .strip(let part):
                let members = bars.indices.filter { bars[$0].stripPart?.line == part.line }
                // The first makes it for all.
                guard members.first == index else { continue }
                for (number, member) in members.enumerated() {
                    places[member] = Place(output: outputs.count, part: number)
                }
                outputs.append(
                    NodeOutputs.strip(
                        part, members.compactMap { bars[$0].stripPart?.leds }, bar.channels, node: node, site: site))
                continue
            }
            places[index] = Place(output: outputs.count, part: 0)
            outputs.append(output)
        }
        self.places = places
    }

    /// The strip that bars share, with `part` being what is known of it.
    private static func strip(
        _ part: StripPart, _ ranges: [LEDRange], _ channels: ChannelSet, node: String, site: String
    ) -> any LightOutput {
        let segments = ranges.map {
            StripSegment(
                first: $0.leds.lowerBound, count: $0.leds.count, isReversed: $0.last < $0.first, group: $0.group)
        }
        let letters = String(ChannelOrder.letters(of: channels))
        func strip(_ usual: String) -> Strip {
            guard
                let order = part.order ?? ChannelOrder(text: usual, of: channels)
                    ?? ChannelOrder(text: letters, of: channels)
            else { preconditionFailure("\(letters) is an order of \(channels)") }
            return Strip(segments, order: order, limit: part.limit)
        }
        switch part.line {
        case .ws281x(let device):
            let strip = strip(letters.hasPrefix("RGB") ? "GRB" + letters.dropFirst(3) : letters)
            let chip = part.chip.flatMap(WS281xChip.init) ?? (strip.bytesPerLED > 3 ? .sk6812 : .ws2812b)
            return StripOutput(
                strip, encoder: WS281xEncoder(chip, count: strip.count, bytesPerLED: strip.bytesPerLED),
                bus: SPIDevice(path: device, hertz: chip.hertz, isDivisible: false))
        case .apa102(let device):
            let strip = strip("BGR")
            return StripOutput(
                strip, encoder: APA102Encoder(count: strip.count),
                bus: SPIDevice(path: device, hertz: APA102Encoder.hertz, isDivisible: true))
        case .ddp(let host):
            let strip = strip(letters)
            return NetworkOutput(
                strip, encoder: DDPEncoder(count: strip.count, bytesPerLED: strip.bytesPerLED),
                sink: UDPSender(hosts: [host], port: DDPEncoder.port))
        case .e131(let host, let universe):
            let strip = strip(letters)
            let encoder = E131Encoder(
                count: strip.count, bytesPerLED: strip.bytesPerLED, universe: universe,
                source: "footlight \(site)/\(node)", identifier: E131Encoder.identifier(of: "\(site)/\(node)"),
                priority: part.priority ?? StripPart.defaultPriority)
            let universes = universe..<universe + encoder.packets.count
            return NetworkOutput(
                strip, encoder: encoder,
                sink: UDPSender(
                    hosts: host.map { [$0] } ?? universes.map(E131Encoder.multicastAddress), port: E131Encoder.port))
        }
    }
}

extension BarConfiguration {
    fileprivate var stripPart: StripPart? {
        if case .strip(let part) = output { part } else { nil }
    }
}
