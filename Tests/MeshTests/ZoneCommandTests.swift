import Lighting
import Testing

@testable import Mesh

@Suite struct ZoneCommandTests {
    static func read(_ text: String) throws(MessageError) -> ZoneCommand { try ZoneCommand(payload: Array(text.utf8)) }

    @Test func `commands go through a message unchanged`() throws {
        let on = ZoneCommand.Mode.on(brightness: Lightness(0.4), colour: .temperature(Kelvin(clamping: 2200)))
        for command in [
            ZoneCommand(mode: .off), ZoneCommand(mode: .auto, ease: .seconds(2)),
            ZoneCommand(mode: on, bar: "a/b", ending: .after(.seconds(600)), ease: .milliseconds(100), id: "x"),
            ZoneCommand(mode: .on(brightness: nil, colour: .rgb(red: 255, green: 136, blue: 0)), flash: .seconds(2)),
            ZoneCommand(mode: .toggle, bar: "a"), ZoneCommand(mode: .off, ending: .never),
            ZoneCommand(mode: .off, ending: .absence(.empty)), ZoneCommand(mode: on, ending: .absence(.visit)),
        ] { #expect(try ZoneCommand(payload: command.payload) == command) }
    }

    static let plain: [(String, ZoneCommand.Mode)] = [
        ("on", .on(brightness: nil, colour: nil)), ("ON", .on(brightness: nil, colour: nil)), ("off", .off),
        ("OFF\n", .off), (" off ", .off), ("auto\r\n", .auto), ("TOGGLE", .toggle), ("\ttoggle", .toggle),
        ("\"ON\"", .on(brightness: nil, colour: nil)), ("true", .on(brightness: nil, colour: nil)), ("False\n", .off),
        ("40", .on(brightness: Lightness(0.4), colour: nil)), ("40%", .on(brightness: Lightness(0.4), colour: nil)),
        ("12.5\n", .on(brightness: Lightness(0.125), colour: nil)), ("0", .off), ("0 \n", .off),
        ("1", .on(brightness: Lightness(0.01), colour: nil)), ("100", .on(brightness: .full, colour: nil)),
    ]

    @Test(arguments: plain)
    func `a bare word or percentage is a command, whatever stands around it`(text: String, mode: ZoneCommand.Mode)
        throws
    {
        #expect(try Self.read(text) == ZoneCommand(mode: mode))
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
        (#"{"state": "ON", "flash": 2}"#, ZoneCommand(mode: .on(brightness: nil, colour: nil), flash: .seconds(2))),
        (#"{"state": "TOGGLE"}"#, ZoneCommand(mode: .toggle)),
        (#"{"state": "ON", "effect": "off"}"#, ZoneCommand(mode: .on(brightness: nil, colour: nil))),
        (#"{"state": "OFF", "transition": 300}"#, ZoneCommand(mode: .off, ease: .seconds(60))),
    ]

    @Test(arguments: ofHomeAssistant)
    func `Home Assistant's commands are taken as they come`(text: String, command: ZoneCommand) throws {
        #expect(try Self.read(text) == command)
    }

    static let refusals: [(String, String)] = [
        ("", #" | "" is none of on, off, toggle, auto, true, false, a percentage from 0 to 100"#),
        ("onwards", #" | "onwards" is none of on"#), ("on off", #" | "on off" is none of on"#),
        ("101", #" | "101" is none of on"#), ("-1", #" | "-1" is none of"#), ("nan", #" | "nan" is none of"#),
        ("[1]", " | is not what is expected here"), ("{", " | is not JSON"),
        (#"{"state":"dim"}"#, #"state | "dim" is none of on, off, toggle, auto"#),
        (#"{"for":"10m"}"#, #"for | "10m" is none of ever, visit, empty; a time is forSeconds"#),
        (#"{"until":"soon"}"#, #"until | "soon" is none of ever, visit, empty"#),
        (#"{"flash":0.5}"#, "flash | 0.5 is not within 1.0…60.0"), (#"{"flash":61}"#, "flash | 61.0 is not within"),
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

    @Test func `what is taken otherwise than asked is said`() throws {
        func note(_ text: String) throws -> String? { try ZoneCommand.read(Array(text.utf8)).note }
        #expect(try note(#"{"transition":61}"#) == "transition: 61.0 s is more than 60.0 s; taken as that")
        #expect(try note(#"{"effect":"rainbow"}"#) == #"effect: "rainbow" is none of auto, off; left out"#)
        #expect(try note(#"{"transition":60,"effect":"auto"}"#) == nil && note("off") == nil)
    }
}
