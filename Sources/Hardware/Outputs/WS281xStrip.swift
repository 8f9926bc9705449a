package import Documents
package import Lighting

/// A strip of LEDs that read pulses, WS2812B, SK6812 and the like, by SPI.
package struct WS281xStrip: StripDriver {
    package static let name = "ws281x"
    package static let fields = [
        DriverField("device", "the path of an SPI bus"),
        DriverField("chip", "ws2812b or sk6812", usual: "by the number of channels"), StripPart.leds, StripPart.group,
        StripPart.order, StripPart.limit,
    ]

    package let device: String
    package var part: StripPart

    package init(device: String, _ part: StripPart) {
        self.device = device
        self.part = part
    }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let chip = fields["chip"]?.choice("a chip", of: ["ws2812b", "sk6812"].map { (name: $0, value: $0) })
        guard let device = fields.spiDevice(), let part = StripPart(fields, channels, chip: chip) else { return nil }
        self.init(device: device, part)
    }

    package static func example(for channels: ChannelSet) -> String {
        let letters = ChannelOrder.letters(of: channels).map(String.init).joined()
        return "{driver: ws281x, device: /dev/spidev0.0, leds: 30, order: \(letters)}"
    }

    package static func usualOrder(for channels: ChannelSet) -> String {
        let letters = String(ChannelOrder.letters(of: channels))
        return letters.hasPrefix("RGB") ? "GRB" + letters.dropFirst(3) : letters
    }

    package var connection: String { device }

    package func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput {
        let chip = part.chip.flatMap(WS281xChip.init) ?? (strip.bytesPerLED > 3 ? .sk6812 : .ws2812b)
        return StripOutput(
            strip, encoder: WS281xEncoder(chip, count: strip.count, bytesPerLED: strip.bytesPerLED),
            bus: SPIDevice(path: device, hertz: chip.hertz, isDivisible: false))
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] {
        // A frame must go out in one piece.
        [board.spi(check, device, bytesAtOnce: (output as? StripOutput<WS281xEncoder>)?.bytesPerFrame)]
    }
}
