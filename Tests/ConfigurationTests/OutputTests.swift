import Documents
import Hardware
import Lighting
import NodeFile
import Testing

@Suite("What draws a bar")
struct OutputTests {
    @Test
    func `every driver with all that it may hold; bars on one strip say together what it is`() throws {
        let bars = try AgentFile(text: Samples.leds, file: "a").nodes[0].bars
        func bar(_ name: String) throws -> BarConfiguration { try #require(bars.first { $0.name == name }) }
        #expect(
            try bar("pwm").output
                == BarOutput(PWMPins(chip: 0, channels: [0, 1], frequency: Hertz(2000), isInverted: true)))
        #expect(try bar("led").output == BarOutput(LEDNames(["stair"])))
        let order = ChannelOrder(text: "GRBW", of: .rgbw)
        #expect(
            try bar("low").output
                == BarOutput(
                    WS281xStrip(
                        device: "/dev/spidev0.0",
                        StripPart(
                            leds: LEDRange(first: 0, last: 29), chip: "sk6812",
                            order: order, limit: 2000))))
        #expect(
            try bar("high").output
                == BarOutput(
                    WS281xStrip(
                        device: "/dev/spidev0.0",
                        StripPart(
                            leds: LEDRange(first: 59, last: 30, group: 3),
                            chip: "sk6812",
                            order: order, limit: 2000))))
        #expect(try bar("high").output.pixels == 10)
        #expect(
            try bar("dots").output
                == BarOutput(APA102Strip(device: "/dev/spidev0.1", StripPart(leds: LEDRange(first: 0, last: 9)))))
        #expect(
            try bar("wled").output
                == BarOutput(DDPStrip(host: "192.168.1.50", StripPart(leds: LEDRange(first: 0, last: 59)))))
        #expect(
            try bar("dmx").output
                == BarOutput(
                    E131Strip(
                        host: nil, universe: 7, StripPart(leds: LEDRange(first: 0, last: 19), priority: 150))))
        #expect(
            try bar("board").output
                == BarOutput(
                    PCA9685Channels(
                        address: 0x41, channels: [0, 1], frequency: Hertz(1000), enable: .offset(4, chip: "gpiochip0")))
        )
        #expect(try bar("board").warning?.contains("1000 Hz") == true)
        #expect(
            try bar("art").output
                == BarOutput(
                    ArtNetStrip(
                        host: "192.168.1.60", universe: 289, StripPart(leds: LEDRange(first: 0, last: 19)))))
        let drawn = try bar("drawn")
        #expect(drawn.output == BarOutput(TraceFile(path: "/tmp/drawn.jsonl", pixels: 8)))
        #expect(drawn.power == PowerStates(start: .on, stop: .last, killed: .off))
        #expect(
            drawn.primaries == [
                .warm: Emitter(chromaticity: .blackBody(kelvin: 3000), lumens: 6),
                .red: Emitter(chromaticity: Chromaticity(x: 0.69, y: 0.31), lumens: 1.5, watts: 0.2),
            ])
        #expect(try bar("led").power == PowerStates(start: .off, stop: .off, killed: .last))
    }

    @Test
    func `a pair of whites is driven by two LEDs, or by one of two colours`() throws {
        func output(_ text: String) throws -> BarOutput {
            let file =
                "{site: s, node: n, brokers: [mqtt://b], bars: [{name: b, channels: warm-cold, output: \(text)}]}"
            return try AgentFile(text: file, file: "a").nodes[0].bars[0].output
        }
        #expect(try output("{driver: led, names: [w, c]}") == BarOutput(LEDNames(["w", "c"])))
        #expect(try output("{driver: led, name: both}") == BarOutput(LEDNames(["both"])))
    }

    @Test
    func `a bar on a GPIO line is on or off; what flickers is warned of`() throws {
        func bar(_ output: String, channels: String = "white") throws -> BarConfiguration {
            let bars = "bars: [{name: b, channels: \(channels), output: \(output)}]"
            return try AgentFile(text: "{site: s, node: n, brokers: [mqtt://b], \(bars)}", file: "a").nodes[0].bars[0]
        }
        let plain = try bar("{driver: gpio, chip: gpiochip0, line: 17, active: low}")
        #expect(plain.output == BarOutput(GPIOOutputLine(.offset(17, chip: "gpiochip0"), isActiveLow: true)))
        #expect(plain.warning == nil)
        let dimmed = try bar("{driver: gpio, line: LIGHT, pwm: software}")
        #expect(dimmed.output == BarOutput(GPIOOutputLine(.named("LIGHT"), isDimmed: true)))
        #expect(dimmed.warning?.contains("flickers, because") == true)
        #expect(try bar("{driver: pwm, chip: 0, channel: 0, frequency: 200Hz}").warning?.contains("200 Hz") == true)
        #expect(faults { try bar("{driver: gpio, line: LIGHT}", channels: "rgb") } != nil)
    }

    static let files: [BadFile] = [
        .init(.leds, "channels: [0, 1]", "channels: [0]", .conflict, 5, 79, "bars[0].output.channels", "[0]"),
        .init(.leds, "channels: [0, 1]", "channels: [0, 0]", .duplicate, 5, 79, "bars[0].output.channels", "[0, 0]"),
        .init(.leds, "channels: [0, 1]", "channel: 0", .conflict, 5, 78, "bars[0].output.channel", "0"),
        .init(.leds, "2000Hz", "50Hz", .outOfRange, 5, 98, "bars[0].output.frequency", "50Hz"),
        .init(.leds, "inverted: true", "inverted: yes", .malformed, 5, 116, "bars[0].output.inverted", "yes"),
        .init(.leds, "name: stair}", "name: a/b}", .malformed, 6, 62, "bars[1].output.name", "a/b"),
        .init(
            .leds, "/dev/spidev0.0, chip", "spidev0.0, chip", .malformed, 7, 66, "bars[2].output.device", "spidev0.0"),
        .init(.leds, "chip: sk6812", "chip: sk6821", .malformed, 7, 88, "bars[2].output.chip", "sk6821"),
        .init(.leds, "leds: 0-29", "leds: 0-99999", .outOfRange, 7, 102, "bars[2].output.leds", "0-99999"),
        .init(.leds, "leds: 0-29", "leds: all", .malformed, 7, 102, "bars[2].output.leds", "all"),
        .init(.leds, "order: GRBW", "order: GRB", .malformed, 7, 115, "bars[2].output.order", "GRB"),
        .init(.leds, "limit: 2A", "limit: 2", .malformed, 7, 128, "bars[2].output.limit", "2"),
        .init(.leds, "limit: 2A", "limit: 50mA", .outOfRange, 7, 128, "bars[2].output.limit", "50mA"),
        .init(.leds, "leds: 59-30", "leds: 59-29", .conflict, 8, 5, "bars[3]", nil),
        .init(.leds, "group: 3", "chip: ws2812b", .conflict, 8, 5, "bars[3]", nil),
        .init(.leds, "high, channels: rgbw", "high, channels: rgb", .conflict, 8, 5, "bars[3]", nil),
        .init(.leds, "leds: 10", "leds: 10, order: RGB-", .outOfRange, 9, 99, "bars[4].output.order", "RGB-"),
        .init(.leds, "host: 192.168.1.50", "host: wled.local", .malformed, 10, 61, "bars[5].output.host", "wled.local"),
        .init(.leds, "universe: 7", "universe: 64000", .outOfRange, 11, 65, "bars[6].output.universe", "64000"),
        .init(.leds, "priority: 150", "priority: 201", .outOfRange, 11, 88, "bars[6].output.priority", "201"),
        .init(.leds, "pixels: 8", "pixels: 0", .outOfRange, 16, 61, "bars[7].output.pixels", "0"),
        .init(.leds, "warm: 3000K", "warm: 3000", .malformed, 14, 23, "bars[7].primaries.warm", "3000"),
        .init(.leds, "warm: 3000K", "white: 3000K", .unknownField, 14, 17, "bars[7].primaries.white", "white"),
        .init(
            .leds, "x: 0.69,", "x: 0.79,", .outOfRange, 14, 35, "bars[7].primaries.red",
            "{x: 0.79, y: 0.31, lumens: 1.5, watts: 0.2}"),
        .init(.leds, "x: 0.69,", "", .missing, 14, 30, "bars[7].primaries.red.x", nil),
        .init(.leds, "start: on", "start: dim", .malformed, 15, 20, "bars[7].power.start", "dim"),
        .init(
            .leds, "output: {driver: led, name: stair}", "primaries: {white: 3000K}, output: simulated", .conflict, 6,
            45,
            "bars[1].primaries", "{white: 3000K}"),
        .init(.leds, "address: 0x41", "address: 65", .malformed, 17, 75, "bars[8].output.address", "65"),
        .init(.leds, "address: 0x41", "address: 0x80", .outOfRange, 17, 75, "bars[8].output.address", "0x80"),
        .init(
            .leds, "channels: [0, 1], frequency: 1000", "channels: [0, 16], frequency: 1000", .outOfRange, 17, 95,
            "bars[8].output.channels[1]", "16"),
        .init(
            .leds, "frequency: 1000Hz", "frequency: 2000Hz", .outOfRange, 17, 110, "bars[8].output.frequency", "2000Hz"),
        .init(.leds, "frequency: 1000Hz", "frequency: 1200Hz", .conflict, 18, 5, "bars[9]", nil),
        .init(.leds, "channel: 2", "channel: 1", .conflict, 18, 5, "bars[9]", nil),
        .init(.leds, "{chip: gpiochip0, line: 4}", "{line: 4}", .missing, 17, 118, "bars[8].output.enable.chip", nil),
        .init(.leds, "universe: 289", "universe: 32768", .outOfRange, 19, 87, "bars[10].output.universe", "32768"),
        .init(.leds, "universe: 289, leds: 20", "universe: 32767, leds: 171", .conflict, 19, 5, "bars[10]", nil),
        .init(.leds, "universe: 7, leds: 20", "universe: 63998, leds: 341", .conflict, 11, 5, "bars[6]", nil),
        .init(.leds, "192.168.1.60", "artnet.local", .malformed, 19, 63, "bars[10].output.host", "artnet.local"),
    ]

    @Test(arguments: [
        ("universe: 289, leds: 20", "universe: 32767, leds: 170"),
        ("universe: 7, leds: 20", "universe: 63998, leds: 340"),
    ])
    func `a strip ends in the last universe that there is`(_ before: String, _ after: String) throws {
        let text = Samples.leds.replacing(before, with: after)
        #expect(text.contains(after))
        #expect(try AgentFile(text: text, file: "agent.yaml").nodes[0].bars.count == 11)
    }

    @Test(arguments: files)
    func `one fault, one message`(_ file: BadFile) throws { try check(file) }
}
