package import Documents
package import Lighting

/// A strip of a controller on the network that speaks DDP: WLED and others.
package struct DDPStrip: StripDriver {
    package static let name = "ddp"
    package static let fields = [
        DriverField("host", "a numeric address"), StripPart.leds, StripPart.group, StripPart.order,
    ]

    package let host: String
    package var part: StripPart

    package init(host: String, _ part: StripPart) {
        self.host = host
        self.part = part
    }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        guard let host = fields.required("host", example: "192.168.1.50")?.address(),
            let part = StripPart(fields, channels)
        else { return nil }
        self.init(host: host, part)
    }

    package static func example(for channels: ChannelSet) -> String {
        "{driver: ddp, host: 192.168.1.50, leds: 30}"
    }

    package var needsNetwork: Bool { true }
    package var connection: String { host }

    package func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput {
        NetworkOutput(
            strip, encoder: DDPEncoder(count: strip.count, bytesPerLED: strip.bytesPerLED),
            sink: UDPSender(hosts: [host], port: DDPEncoder.port))
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] { [.way(check, to: host, port: DDPEncoder.port)] }
}
