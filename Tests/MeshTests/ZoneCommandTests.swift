import Lighting
import Testing

@testable import Mesh

@Suite struct ZoneCommandTests {
    static func read(_ text: String) throws(MessageError) -> ZoneCommand { try ZoneCommand(payload: Array(text.utf8)) }

    @Test func `commands go through a message unchanged`() throws {
        let on = Override.Mode.on(brightness: Lightness(0.4), colour: .temperature(Kelvin(clamping: 2200)))
        for command in [
            ZoneCommand(mode: .off), ZoneCommand(mode: .auto, ease: .seconds(2)),
            ZoneCommand(mode: on, bar: "a/b", duration: .seconds(600), ease: .milliseconds(100), id: "x"),
            ZoneCommand(mode: .on(brightness: nil, colour: .rgb(red: 255, green: 136, blue: 0))),
        ] { #expect(try ZoneCommand(payload: command.payload) == command) }
    }

    @Test(arguments: ["on", "ON", "off", "OFF", "auto", "Auto"])
    func `a bare word is a command`(word: String) throws {
        let modes: [String: Override.Mode] = ["on": .on(brightness: nil, colour: nil), "off": .off, "auto": .auto]
        #expect(try Self.read(word) == ZoneCommand(mode: try #require(modes[word.lowercased()])))
    }

    /// As `homeassistant/components/mqtt/light/schema_json.py` publishes them.
    static let ofHomeAssistant: [(String, ZoneCommand)] = [
        (#"{"state": "ON"}"#, ZoneCommand(mode: .on(brightness: nil, colour: nil))),
        (#"{"state": "OFF"}"#, ZoneCommand(mode: .off)),
        (#"{"state": "OFF", "transition": 3.0}"#, ZoneCommand(mode: .off, ease: .seconds(3))),
        (#"{"state": "ON", "brightness": 255}"#, ZoneCommand(mode: .on(brightness: .full, colour: nil))),
        (#"{"state": "ON", "brightness": 51}"#, ZoneCommand(mode: .on(brightness: Lightness(0.2), colour: nil))),
        (
            #"{"state": "ON", "color_temp": 500}"#,
            ZoneCommand(mode: .on(brightness: nil, colour: .temperature(Kelvin(clamping: 2000))))
        ),
        (
            #"{"state": "ON", "color_temp": 2000}"#,
            ZoneCommand(mode: .on(brightness: nil, colour: .temperature(Kelvin(clamping: 2000))))
        ),
        (
            #"{"state": "ON", "color": {"r": 255, "g": 180, "b": 107}, "brightness": 255, "transition": 0.5}"#,
            ZoneCommand(
                mode: .on(brightness: .full, colour: .rgb(red: 255, green: 180, blue: 107)), ease: .milliseconds(500))
        ),
        (#"{"state": "ON", "effect": "auto"}"#, ZoneCommand(mode: .auto)),
        (#"{"state": "ON", "flash": 2}"#, ZoneCommand(mode: .on(brightness: nil, colour: nil))),
    ]

    @Test(arguments: ofHomeAssistant)
    func `Home Assistant's commands are taken as they come`(text: String, command: ZoneCommand) throws {
        #expect(try Self.read(text) == command)
    }

    static let refusals: [(String, String)] = [
        ("", " | is not JSON"), ("onwards", " | is not JSON"), ("on off", " | is not JSON"), ("5", " | "),
        (#"{"state":"dim"}"#, #"state | "dim" is none of on, off, auto"#),
        (#"{"state":true}"#, "state | is not a text"),
        (#"{"level":1.1}"#, "level | 1.1 is not within 0.0…1.0"), (#"{"level":"1"}"#, "level | is not a number"),
        (#"{"brightness":256}"#, "brightness | 256.0 is not within 0.0…255.0"),
        (#"{"colour":"mauve"}"#, #"colour | "mauve" is not a temperature from 1800K to 6500K"#),
        (#"{"color":{"r":256,"g":0,"b":0}}"#, "color.r | 256.0 is not within 0.0…255.0"),
        (#"{"color":{"h":20,"s":100}}"#, "color.r | is missing"),
        (#"{"color_temp":0}"#, "color_temp | 0.0 is not within"),
        (#"{"color_temp":-5}"#, "color_temp | -5.0 is not within"),
        (#"{"bar":"a/b/c"}"#, "bar | is not node or node/bar"),
        (#"{"forSeconds":0.9}"#, "forSeconds | 0.9 is not within 1.0…604800.0"),
        (#"{"forSeconds":1e18}"#, "forSeconds | 1e+18 is not within"),
        (#"{"easeSeconds":61}"#, "easeSeconds | 61.0 is not within 0.0…60.0"),
        (#"{"transition":-1}"#, "transition | -1.0 is not within"),
        ("{\"id\":\"\(String(repeating: "x", count: 65))\"}", "id | is longer than 64 bytes"),
    ]

    @Test(arguments: refusals)
    func `what is wrong is refused with its field`(text: String, expected: String) {
        let found = refusal { () throws(MessageError) in _ = try Self.read(text) }
        #expect(found.hasPrefix(expected), "\(text): \(found)")
    }
}
