package import Documents
package import Lighting

/// A strip of LEDs on SPI proper: APA102, SK9822.
package struct APA102Strip: StripDriver {
    package static let name = "apa102"
    package static let fields = [
        DriverField("device", "the path of an SPI bus"), StripPart.leds, StripPart.group, StripPart.order,
        StripPart.limit,
    ]

    package let device: String
    package var part: StripPart

    package init(device: String, _ part: StripPart) {
        self.device = device
        self.part = part
    }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        guard let device = fields.spiDevice(), let part = StripPart(fields, channels, bytes: 3) else { return nil }
        self.init(device: device, part)
    }

    package static func example(for channels: ChannelSet) -> String {
        "{driver: apa102, device: /dev/spidev0.0, leds: 30}"
    }

    package static func usualOrder(for channels: ChannelSet) -> String { "BGR" }

    package var connection: String { device }

    package func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput {
        StripOutput(
            strip, encoder: APA102Encoder(count: strip.count),
            bus: SPIDevice(path: device, hertz: APA102Encoder.hertz, isDivisible: true))
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] { [board.spi(check, device, bytesAtOnce: nil)] }
}
