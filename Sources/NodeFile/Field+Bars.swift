internal import Documents
internal import Hardware
import Lighting
import YAML

extension Field {
    /// The bars of a node.
    func nodeBars(hasNetwork: Bool) -> [BarConfiguration]? {
        let example = "[{name: bar, channels: white, output: simulated}]"
        guard let items = list(of: "bars", example: example) else { return nil }
        let bars = items.compactMap { item -> (field: Field, value: BarConfiguration)? in
            guard
                let fields = item.fields(
                    ["name", "channels", "primaries", "trim", "power", "output"],
                    example: "{name: bar, channels: white, output: simulated}")
            else { return nil }
            let nameField = fields.required("name", example: "bar")
            let name = nameField?.name("a bar's name", example: "bar")
            let layouts = ChannelSet.allCases.map { (name: $0.rawValue, value: $0) }
            let channels = fields.required("channels", example: "white")?.choice("what a bar has", of: layouts)
            let primaries = channels.flatMap { fields["primaries"]?.primaries(of: $0) }
            let trim = fields["trim"]?.percentage("a trim", example: "80%")
            let power = fields["power"]?.powerStates()
            let outputField = fields.required("output", example: "simulated")
            let output = outputField?.output(channels: channels)
            if !hasNetwork, output?.driver.needsNetwork == true {
                outputField?.fail(
                    .conflict, "is reached over the network, which is off", allowed: "such an agent opens no socket",
                    remedy: "Connect LEDs to the node, or remove network: off")
            }
            guard let nameField, let name, let channels, let output else { return nil }
            let bar = BarConfiguration(
                name: name, channels: channels, primaries: primaries ?? [:], trim: trim ?? .full,
                power: power ?? PowerStates(), output: output)
            return (nameField, bar)
        }
        let named = distinct(bars, name: \.name, "a node has one bar of a name")
        guard named.count == items.count else { return named }
        return sharingStrips(zip(bars, items).map { (item: $1, bar: $0.value) })
    }

    /// What a bar shows without an agent.
    private func powerStates() -> PowerStates? {
        guard let fields = fields(["start", "stop", "killed"], example: "{start: off, stop: off, killed: last}") else {
            return nil
        }
        let states = PowerStates.State.allCases.map { (name: $0.rawValue, value: $0) }
        var power = PowerStates()
        power.start = fields["start"]?.choice("what a bar shows", of: states) ?? power.start
        power.stop = fields["stop"]?.choice("what a bar shows", of: states) ?? power.stop
        power.killed = fields["killed"]?.choice("what a bar shows", of: states) ?? power.killed
        return power
    }

    /// The LEDs of a bar that aren't as usual: `{white: 3000K, red: {x: 0.69, y: 0.31, lumens: 1.2}}`.
    private func primaries(of set: ChannelSet) -> [LEDChannel: Emitter]? {
        guard set != .white else {
            fail(
                .conflict, "is of no effect", allowed: "a bar of one white has one colour, whatever it is",
                remedy: "Remove primaries")
            return nil
        }
        guard let fields = fields(set.channels.map(\.rawValue), example: "{\(set.channels[0].rawValue): 3000K}") else {
            return nil
        }
        var primaries: [LEDChannel: Emitter] = [:]
        for channel in set.channels {
            primaries[channel] = fields[channel.rawValue]?.emitter(like: channel.emitter)
        }
        return primaries
    }

    /// An LED: a white's temperature, or where its colour is in the CIE 1931 diagram and how bright it is.
    private func emitter(like usual: Emitter) -> Emitter? {
        if node.entries == nil {
            guard let text = text("a colour temperature or {x, y}", example: "3000K") else { return nil }
            guard text.last == "K", let value = Double(text.dropLast()), (1000...20000).contains(value) else {
                fail(
                    .malformed, "is no colour temperature",
                    allowed: "an LED is a temperature from 1000K to 20000K or {x, y, lumens, watts}",
                    remedy: write("3000K"))
                return nil
            }
            return Emitter(chromaticity: .blackBody(kelvin: value), lumens: usual.lumens, watts: usual.watts)
        }
        let example = "{x: 0.69, y: 0.31, lumens: 1.2}"
        guard let fields = fields(["x", "y", "lumens", "watts"], example: example) else { return nil }
        let x = fields.required("x", example: "0.69")?.decimal(in: 0.0...0.8, "CIE x", example: "0.69")
        let y = fields.required("y", example: "0.31")?.decimal(in: 0.01...0.9, "CIE y", example: "0.31")
        let lumens = fields["lumens"]?.decimal(in: 0.001...100_000, "the light of an LED", example: "1.2")
        let watts = fields["watts"]?.decimal(in: 0.001...10_000, "the power of an LED", example: "0.1")
        guard let x, let y else { return nil }
        guard x + y <= 1 else {
            fail(.outOfRange, "is no colour", allowed: "x and y add up to 1 at most", remedy: write(example))
            return nil
        }
        return Emitter(
            chromaticity: Chromaticity(x: x, y: y), lumens: lumens ?? usual.lumens, watts: watts ?? usual.watts)
    }
}
