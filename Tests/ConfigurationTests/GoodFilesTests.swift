import Configuration
import Documents
import Hardware
import Lighting
import MQTT
import Mesh
import NodeFile
import Testing

@Suite("Good files mean exactly what they say")
struct GoodFilesTests {
    static let look = Look(
        brightness: Lightness(0.6), colour: .temperature(Kelvin(clamping: 2700)), easeIn: .milliseconds(400),
        easeOut: .milliseconds(1500), curve: .smooth)

    static let profile = Profile([
        .init(from: TimeOfDay(hour: 22, minute: 0)!, brightness: Lightness(0.1), colour: .temperature(Kelvin(1900)!)),
        .init(from: TimeOfDay(hour: 6, minute: 30)!, brightness: Lightness(0.6), colour: .temperature(Kelvin(2700)!)),
    ])

    static func stairs(bars count: Int) -> Zone {
        Zone(
            bars: (1...count).map { $0 < 10 ? "stair-0\($0)" : "stair-\($0)" },
            sensors: ["stair-01/bottom": .first, "landing/top": .last], hold: .seconds(60), look: look,
            wave: Wave(delay: .milliseconds(50), order: .fromSensor, off: .follow), profile: profile)
    }

    @Test
    func `the site file of the issue`() throws {
        let file = try SiteFile(text: Samples.site, file: "site.yaml")
        #expect(
            file == SiteFile(site: "home", timeZone: "Europe/Berlin", zones: ["stairs": Self.stairs(bars: 3)]))
    }

    @Test
    func `the site file among the examples`() throws {
        let file = try SiteFile(path: Samples.repository + "/examples/site.yaml")
        #expect(file == SiteFile(site: "home", zones: ["stairs": Self.stairs(bars: 10)]))
    }

    @Test
    func `line ends and byte order marks of other systems change nothing`() throws {
        let file = try SiteFile(text: Samples.site, file: "site.yaml")
        let lines = Samples.site.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(try SiteFile(text: lines.joined(separator: "\r\n"), file: "site.yaml") == file)
        #expect(try SiteFile(text: "\u{feff}" + Samples.site, file: "site.yaml") == file)
    }

    @Test
    func `an anchor's lists and looks serve several zones`() throws {
        let text = """
            site: s
            zones:
              a: {bars: &bars [x, y], look: &look {brightness: 50%}}
              b: {bars: *bars, look: *look}
            """
        let file = try SiteFile(text: text, file: "s")
        #expect(file.zones["a"] == file.zones["b"])
        #expect(file.zones["b"]?.look.brightness == Lightness(0.5))
    }

    @Test
    func `a guide light in one word, with all that it can have, and by time of day`() throws {
        let text = """
            site: s
            zones:
              a: {bars: [x], standby: 3%}
              b:
                bars: [x, y]
                standby: {level: 4%, colour: 1900K, bars: ends}
                profile: [{from: "07:00", standby: 0%}, {from: "22:00", standby: 5%}]
            """
        let file = try SiteFile(text: text, file: "s")
        #expect(file.zones["a"]?.standby == Standby(level: Lightness(0.03)))
        #expect(
            file.zones["b"]?.standby
                == Standby(level: Lightness(0.04), colour: .temperature(Kelvin(clamping: 1900)), bars: .ends))
        #expect(file.zones["b"]?.profile.entries.map(\.standby) == [.dark, Lightness(0.05)])
    }

    @Test
    func `light that walks along, in one word or more; other delays up than down; a wave by time of day`() throws {
        let text = """
            site: s
            zones:
              a: {bars: [x], follow: 4, master: true}
              b: {bars: [x, y], follow: {pace: 650ms}, wave: {delay: 20ms}}
              c:
                bars: [x, y]
                wave: {delay: 60ms, delayBackward: 90ms, off: reverse}
                profile: [{from: "07:00", wave: {delay: 30ms}}, {from: "22:00", wave: together}]
            """
        let file = try SiteFile(text: text, file: "s")
        #expect(file.zones["a"]?.follow == Follow(reach: 4) && file.zones["a"]?.isMaster == true)
        #expect(file.zones["b"]?.follow == Follow(reach: 3, pace: .milliseconds(650)))
        let zone = try #require(file.zones["c"])
        #expect(zone.wave == Wave(delay: .milliseconds(60), delayBackward: .milliseconds(90), off: .reverse))
        // What an entry doesn't say is as the zone's wave has it.
        let early = Wave(delay: .milliseconds(30), delayBackward: .milliseconds(90), off: .reverse)
        #expect(zone.profile.entries.map(\.wave) == [early, .together])
    }

    @Test
    func `a zone that says little has the defaults, and no wave`() throws {
        let file = try SiteFile(text: "{site: s, zones: {z: {bars: [a]}}}", file: "s")
        #expect(file.zones == ["z": Zone(bars: ["a"], sensors: [:])])
        #expect(file.zones["z"]?.wave == nil)
    }

    @Test
    func `a zone with all that it may say otherwise`() throws {
        let text = """
            site: s-1
            zones:
              z:
                bars: [a/left, a/right, b]
                sensors: {c/d: a/right, c/e: b}
                hold: 1h
                look: {brightness: 12.5%, colour: "#ff8800", easeIn: 0s, easeOut: 1m, curve: sine}
                wave: {delay: 1.25s, order: [0, 10000, 0], off: reverse}
                profile: [{from: 6:05}]
                lead: 20ms
              only-sensors:
                bars:
                sensors: {c/d: first}
                wave: {}
            """
        let file = try SiteFile(text: text, file: "s")
        let zone = Zone(
            bars: ["a/left", "a/right", "b"], sensors: ["c/d": .bar("a/right"), "c/e": .bar("b")],
            hold: .seconds(3600),
            look: Look(
                brightness: Lightness(0.125), colour: .rgb(red: 255, green: 0x88, blue: 0), easeIn: .zero,
                easeOut: .seconds(60), curve: .sine),
            wave: Wave(delay: .milliseconds(1250), order: .positions([0, 10000, 0]), off: .reverse),
            profile: Profile([.init(from: TimeOfDay(hour: 6, minute: 5)!)]), lead: .milliseconds(20))
        let other = Zone(bars: [], sensors: ["c/d": .first], wave: Wave())
        #expect(file == SiteFile(site: "s-1", zones: ["z": zone, "only-sensors": other]))
    }

    @Test(arguments: Wave.Order.named.map(\.name))
    func `every order, every way of going off and every curve has its name`(_ order: String) throws {
        for off in Wave.Off.allCases {
            for curve in EasingCurve.allCases {
                let text =
                    "{site: s, zones: {z: {bars: [a], wave: {order: \(order), off: \(off.rawValue)}, "
                    + "look: {curve: \(curve.rawValue)}}}}"
                let zone = try SiteFile(text: text, file: "s").zones["z"]
                #expect(zone?.wave?.order == Wave.Order.named.first { $0.name == order }?.order)
                #expect(zone?.wave?.off == off)
                #expect(zone?.look.curve == curve)
            }
        }
    }

    static let hall = SensorInput(
        MQTTSensorInput(
            topic: "zigbee2mqtt/hall-pir", field: JSONPath("occupancy"), on: [.equals(PayloadValue(text: "true")!)],
            off: [.equals(PayloadValue(text: "false")!)]))

    @Test
    func `an agent file with all that it may hold`() throws {
        let file = try AgentFile(text: Samples.agent, file: "agent.yaml")
        let bar = BarConfiguration(
            name: "bar", channels: .white, trim: Lightness(0.8),
            output: BarOutput(TraceFile(path: "/tmp/stair-01.jsonl")))
        let sensor = SensorConfiguration(name: "bottom", stuckLimit: .seconds(600), input: Self.hall)
        #expect(
            file
                == AgentFile(
                    site: "home",
                    brokers: [
                        BrokerAddress(text: "mqtt://127.0.0.1")!, BrokerAddress(text: "mqtts://[fd00::1]:8883")!,
                    ],
                    username: "stair-01", passwordFile: "/etc/footlight/password",
                    tls: TLSFiles(ca: "/etc/ca.pem", certificate: "/etc/me.pem", key: "/etc/me.key"), priority: 70,
                    stateDirectory: "/var/lib/footlight", frameRate: Hertz(200),
                    nodes: [NodeConfiguration(name: "stair-01", bars: [bar], sensors: [sensor])]))
    }

    @Test(arguments: [
        ("{driver: ld2410, device: /dev/serial0}", LD2410(device: "/dev/serial0")),
        (
            "{driver: ld2410, device: /dev/ttyAMA0, speed: 57600, counts: motion, within: 2.5m, gates: {moving: 4, still: 3}, "
                + "sensitivity: {moving: {0: 50, 3: 30}, still: {2: 40}}, timeout: 1s}",
            LD2410(
                device: "/dev/ttyAMA0", speed: 57600, counts: .motion, within: 250,
                settings: LD2410Settings(
                    farthestMoving: 4, farthestStill: 3, timeout: 1, moving: [0: 50, 3: 30], still: [2: 40]))
        ),
    ])
    func `a radar on a serial line, by what its file says`(_ written: String, input: LD2410) throws {
        let text = "{site: s, node: n, brokers: [mqtt://b], sensors: [{name: s, input: \(written)}]}"
        #expect(try AgentFile(text: text, file: "a").nodes[0].sensors[0].input == SensorInput(input))
    }

    @Test(arguments: [
        ("{driver: gpio, line: PIR1}", GPIOSensorInput(.named("PIR1"))),
        ("{driver: gpio, line: GPIO17, chip: pinctrl}", GPIOSensorInput(.named("GPIO17", chip: "pinctrl"))),
        ("{driver: gpio, chip: /dev/gpiochip4, line: 0}", GPIOSensorInput(.offset(0, chip: "/dev/gpiochip4"))),
        (
            "{driver: gpio, chip: gpiochip0, line: 17, active: low, bias: pull-up, debounce: 5ms, blind: 2.5s}",
            GPIOSensorInput(
                .offset(17, chip: "gpiochip0"), isActiveLow: true, bias: .pullUp, debounce: .milliseconds(5),
                blind: .milliseconds(2500))
        ),
        (
            "{driver: gpio, chip: gpiochip0, line: 17, active: high, bias: pull-down, debounce: 0s}",
            GPIOSensorInput(.offset(17, chip: "gpiochip0"), bias: .pullDown)
        ),
    ])
    func `a sensor on a GPIO line, by what its file says`(_ written: String, input: GPIOSensorInput) throws {
        let text = "{site: s, node: n, brokers: [mqtt://b], sensors: [{name: s, input: \(written)}]}"
        #expect(try AgentFile(text: text, file: "a").nodes[0].sensors[0].input == SensorInput(input))
    }

    @Test(arguments: [
        ("off: 0, pulse: 90s", MQTTSensorInput(topic: "t", on: one, off: none, pulse: .seconds(90))),
        ("off: 0, retained: accept", MQTTSensorInput(topic: "t", on: one, off: none, acceptsRetained: true)),
        ("off: 0, retained: ignore", MQTTSensorInput(topic: "t", on: one, off: none)),
        (
            "off: 0, availability: t/availability",
            MQTTSensorInput(
                topic: "t", on: one, off: none, availability: AvailabilityInput(topic: "t/availability"))
        ),
        (
            "pulse: 5s, availability: {topic: a, field: state, online: 1, offline: 0}",
            MQTTSensorInput(
                topic: "t", on: one, pulse: .seconds(5),
                availability: AvailabilityInput(topic: "a", field: JSONPath("state"), online: one, offline: none))
        ),
    ])
    func `what a sensor of another maker may have beside its values`(_ written: String, input: MQTTSensorInput) throws {
        let text =
            "{site: s, node: n, brokers: [mqtt://b], "
            + "sensors: [{name: s, input: {driver: mqtt, topic: t, on: 1, \(written)}}]}"
        #expect(try AgentFile(text: text, file: "a").nodes[0].sensors[0].input == SensorInput(input))
    }

    private static let one = [PayloadCondition.equals(PayloadValue(text: "1")!)]
    private static let none = [PayloadCondition.equals(PayloadValue(text: "0")!)]

    @Test
    func `the agent file among the examples`() throws {
        let file = try AgentFile(path: Samples.repository + "/examples/agent.yaml")
        let bar = BarConfiguration(name: "bar", output: BarOutput(TraceFile(path: "/tmp/stair-01.jsonl")))
        let sensor = SensorConfiguration(name: "bottom", input: Self.hall)
        #expect(
            file
                == AgentFile(
                    site: "home", brokers: [BrokerAddress(text: "mqtt://127.0.0.1:1883")!],
                    nodes: [NodeConfiguration(name: "stair-01", bars: [bar], sensors: [sensor])]))
        #expect(file.priority == 50)
        #expect(file.frameRate == Hertz(100))
    }

    @Test
    func `several nodes in one file`() throws {
        let file = try AgentFile(text: Samples.bench, file: "bench.yaml")
        let input = MQTTSensorInput(
            topic: "tele/pir", on: [.equals(PayloadValue(text: "ON")!)], pulse: .seconds(5))
        #expect(
            file.nodes == [
                NodeConfiguration(
                    name: "a",
                    bars: [
                        BarConfiguration(name: "left", channels: .rgbCCT, output: .simulated),
                        BarConfiguration(name: "right", channels: .rgbw, output: .simulated),
                    ]),
                NodeConfiguration(name: "b", sensors: [SensorConfiguration(name: "s", input: SensorInput(input))]),
            ])
    }

    @Test(arguments: [
        ("true", PayloadValue.Meaning.boolean(true)), ("FALSE", .boolean(false)), ("\"true\"", .text("true")),
        ("'1'", .text("1")), ("1", .number(1)), ("-0", .number(0)), ("-1.5e3", .number(-1500)),
        ("ON", .text("ON")), ("on", .text("on")), ("yes", .text("yes")), ("01", .text("01")), ("1.", .text("1.")),
        ("nan", .text("nan")), ("0x10", .text("0x10")), ("1_000", .text("1_000")), ("+1", .text("+1")),
    ])
    func `a sensor's values are texts, numbers and booleans as they are written`(
        _ written: String, _ meaning: PayloadValue.Meaning
    ) throws {
        let text =
            "{site: s, node: n, brokers: [mqtt://b], "
            + "sensors: [{name: s, input: {driver: mqtt, topic: t, on: \(written), pulse: 1s}}]}"
        let file = try AgentFile(text: text, file: "a")
        guard let input = file.nodes[0].sensors[0].input.driver as? MQTTSensorInput else {
            Issue.record("no mqtt input")
            return
        }
        guard case .equals(let value)? = input.on.first, input.on.count == 1 else {
            Issue.record("not one value: \(input.on)")
            return
        }
        #expect(value.meaning == meaning)
        #expect(value.text == written.filter { $0 != "\"" && $0 != "'" })
    }
}
