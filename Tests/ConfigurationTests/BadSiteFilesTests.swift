import Documents
import Testing
import YAML

@Suite("A site file with a fault is refused with its place and what to do")
struct BadSiteFilesTests {
    static let files: [BadFile] = [
        // The file as a whole.
        .init(.site, "site: home\n", "", .missing, 1, 1, "site", nil),
        .init(.site, "site: home", "site: [home]", .wrongKind, 1, 7, "site", "[home]"),
        .init(.site, "site: home", "site:", .missing, 1, 6, "site", nil),
        .init(.site, "site: home", "site: ''", .missing, 1, 7, "site", ""),
        .init(.site, "site: home", "site: home\nsites: x", .unknownField, 2, 1, "sites", "sites"),
        .init(.site, "site: home", "site: My Home", .malformed, 1, 7, "site", "My Home"),
        .init(.site, "site: home", "site: !secret home", .malformed, 1, 7, "site", "!secret"),
        .init(.site, "site: home", "site: \"ho\\0me\"", .malformed, 1, 7, "site", "ho\\0me"),
        .init(.site, "site: home", "site: home\nsite: home", .duplicate, 2, 1, "", nil),
        .init(.site, "site: home", "site: 'home", .syntax, 14, 1, "", nil),
        .init(.site, "Europe/Berlin", "../../etc/passwd", .malformed, 2, 11, "timeZone", "../../etc/passwd"),
        // Zones.
        .init(.site, "  stairs:", "  Stairs.Up:", .malformed, 4, 3, "zones.Stairs.Up", "Stairs.Up"),
        .init(
            .site,
            "    bars: [stair-01, stair-02, stair-03]\n    sensors: {stair-01/bottom: first, landing/top: last}\n", "",
            .missing, 4, 3, "zones.stairs.bars", nil),
        .init(.site, "    hold:", "    holds:", .unknownField, 7, 5, "zones.stairs.holds", "holds"),
        // Bars.
        .init(.site, "stair-03]", "stair-01]", .duplicate, 5, 32, "zones.stairs.bars[2]", "stair-01"),
        .init(.site, "stair-03]", "stair-01/bar]", .ambiguous, 5, 32, "zones.stairs.bars[2]", "stair-01/bar"),
        .init(.site, "stair-03]", "Stair 03]", .malformed, 5, 32, "zones.stairs.bars[2]", "Stair 03"),
        .init(.site, "stair-03]", "a/b/c]", .malformed, 5, 32, "zones.stairs.bars[2]", "a/b/c"),
        .init(.site, "stair-03]", "[stair-03]]", .wrongKind, 5, 32, "zones.stairs.bars[2]", "[stair-03]"),
        .init(.site, "[stair-01, stair-02, stair-03]", "stair-01", .wrongKind, 5, 11, "zones.stairs.bars", "stair-01"),
        // Sensors.
        .init(.site, "stair-01/bottom:", "bottom:", .malformed, 6, 15, "zones.stairs.sensors.bottom", "bottom"),
        .init(
            .site, "stair-01/bottom:", "stair-01/Bottom:", .malformed, 6, 15, "zones.stairs.sensors.stair-01/Bottom",
            "stair-01/Bottom"),
        .init(
            .site, "top: last", "top: stair-04", .unknownReference, 6, 52, "zones.stairs.sensors.landing/top",
            "stair-04"),
        .init(
            .site, "{stair-01/bottom: first, landing/top: last}", "[landing/top]", .wrongKind, 6, 14,
            "zones.stairs.sensors", "[landing/top]"),
        .init(
            .site, "[stair-01, stair-02, stair-03]", "[stair-01, first]", .ambiguous, 6, 32,
            "zones.stairs.sensors.stair-01/bottom", "first"),
        .init(.site, "top: last", "top: ~", .missing, 6, 52, "zones.stairs.sensors.landing/top", nil),
        // Times.
        .init(.site, "hold: 60s", "hold: 4s", .outOfRange, 7, 11, "zones.stairs.hold", "4s"),
        .init(.site, "hold: 60s", "hold: 2h", .outOfRange, 7, 11, "zones.stairs.hold", "2h"),
        .init(.site, "hold: 60s", "hold: 60", .malformed, 7, 11, "zones.stairs.hold", "60"),
        .init(.site, "hold: 60s", "hold: a minute", .malformed, 7, 11, "zones.stairs.hold", "a minute"),
        .init(.site, "hold: 60s", "hold: -60s", .malformed, 7, 11, "zones.stairs.hold", "-60s"),
        .init(
            .site, "hold: 60s", "hold: 999999999999999999999s", .outOfRange, 7, 11, "zones.stairs.hold",
            "999999999999999999999s"),
        .init(.site, "hold: 60s", "hold: 1e999s", .malformed, 7, 11, "zones.stairs.hold", "1e999s"),
        .init(.site, "hold: 60s", "hold: nan", .malformed, 7, 11, "zones.stairs.hold", "nan"),
        .init(.site, "hold: 60s", "hold: {s: 60}", .wrongKind, 7, 11, "zones.stairs.hold", "{s: 60}"),
        .init(.site, "lead: auto", "lead: 2s", .outOfRange, 13, 11, "zones.stairs.lead", "2s"),
        // Looks.
        .init(.site, "brightness: 60%", "brightness: 160%", .outOfRange, 8, 24, "zones.stairs.look.brightness", "160%"),
        .init(.site, "brightness: 60%", "brightness: 60", .malformed, 8, 24, "zones.stairs.look.brightness", "60"),
        .init(.site, "brightness: 60%", "brightness: -0%", .malformed, 8, 24, "zones.stairs.look.brightness", "-0%"),
        .init(
            .site, "brightness: 60%", "brightnes: 60%", .unknownField, 8, 12, "zones.stairs.look.brightnes", "brightnes"
        ),
        .init(.site, "colour: 2700K", "colour: 27000K", .outOfRange, 8, 37, "zones.stairs.look.colour", "27000K"),
        .init(.site, "colour: 2700K", "colour: 2700", .malformed, 8, 37, "zones.stairs.look.colour", "2700"),
        .init(.site, "colour: 2700K", "colour: wram", .malformed, 8, 37, "zones.stairs.look.colour", "wram"),
        .init(
            .site, "    lead: auto", "  other:\n    bars: [x]\n    look:\n      colour: #ff8800", .missing, 16, 14,
            "zones.other.look.colour", nil),
        .init(.site, "curve: smooth", "curve: smoth", .malformed, 8, 81, "zones.stairs.look.curve", "smoth"),
        .init(.site, "easeIn: 400ms", "easeIn: 61s", .outOfRange, 8, 52, "zones.stairs.look.easeIn", "61s"),
        // Waves.
        .init(.site, "wave: {", "wave: {speed: 3, ", .unknownField, 9, 12, "zones.stairs.wave.speed", "speed"),
        .init(
            .site, "wave: {delay: 50ms, order: fromSensor, off: follow}", "wave: together", .wrongKind, 9, 11,
            "zones.stairs.wave", "together"),
        .init(.site, "delay: 50ms", "delay: 6s", .outOfRange, 9, 19, "zones.stairs.wave.delay", "6s"),
        .init(
            .site, "delay: 50ms", "delayBackward: 6s", .outOfRange, 9, 27, "zones.stairs.wave.delayBackward", "6s"),
        .init(
            .site, "lead: auto", "follow: 0", .outOfRange, 13, 13, "zones.stairs.follow", "0"),
        .init(
            .site, "order: fromSensor, off: follow}", "off: reverse}\n    follow: 3", .conflict, 9, 11,
            "zones.stairs.wave", "{delay: 50ms, off: reverse}"),
        .init(
            .site, "brightness: 10%, colour: 1900K}", "wave: {speed: 3}}", .unknownField, 11, 32,
            "zones.stairs.profile[0].wave.speed", "speed"),
        .init(
            .site, "brightness: 10%, colour: 1900K}", "wave: togehter}", .wrongKind, 11, 31,
            "zones.stairs.profile[0].wave", "togehter"),
        .init(.site, "delay: 50ms", "along: 6s", .outOfRange, 9, 19, "zones.stairs.wave.along", "6s"),
        .init(.site, "curve: smooth", "gradient: plaid", .malformed, 8, 84, "zones.stairs.look.gradient", "plaid"),
        .init(
            .site, "order: fromSensor", "order: fromsensor", .malformed, 9, 32, "zones.stairs.wave.order", "fromsensor"),
        .init(.site, "order: fromSensor", "order: [0, 1]", .conflict, 9, 32, "zones.stairs.wave.order", "[0, 1]"),
        .init(.site, "order: fromSensor", "order: [0, 1, -1]", .outOfRange, 9, 39, "zones.stairs.wave.order[2]", "-1"),
        .init(
            .site, "order: fromSensor", "order: [0, 1, 10001]", .outOfRange, 9, 39, "zones.stairs.wave.order[2]",
            "10001"),
        .init(.site, "order: fromSensor", "order: [0, 1, 1.5]", .malformed, 9, 39, "zones.stairs.wave.order[2]", "1.5"),
        .init(.site, "off: follow", "off: never", .malformed, 9, 49, "zones.stairs.wave.off", "never"),
        // Profiles.
        .init(.site, "\"06:30\"", "\"22:00\"", .duplicate, 12, 16, "zones.stairs.profile[1].from", "22:00"),
        .init(.site, "\"06:30\"", "\"24:00\"", .malformed, 12, 16, "zones.stairs.profile[1].from", "24:00"),
        .init(.site, "from: \"06:30\", ", "", .missing, 12, 9, "zones.stairs.profile[1].from", nil),
    ]

    @Test(arguments: files)
    func `one fault, one message`(_ file: BadFile) throws {
        try check(file)
    }
}

/// Checks that `file` has the one fault that it should have, and that its message is whole.
func check(_ file: BadFile) throws {
    let faults = try #require(file.faults, "it was taken")
    try #require(faults.errors.count == 1, "\(faults)")
    let error = faults.errors[0]
    #expect(error.file == "some.yaml")
    #expect(error.mark == file.mark, "\(error)")
    #expect(error.field == file.field, "\(error)")
    #expect(error.code == file.code, "\(error)")
    #expect(error.found == file.found, "\(error)")
    #expect(!error.problem.isEmpty)
    #expect(error.remedy.utf8.count >= 8)
    let text = error.description
    #expect(text.hasPrefix("some.yaml:\(file.mark): \(file.field)"))
    #expect(text.contains(file.found.map { "\"\($0)\"" } ?? error.problem))
    #expect(text.contains(error.remedy))
    #expect(text.hasSuffix(".") || text.hasSuffix("?"))
    #expect(text == faults.description)
}
