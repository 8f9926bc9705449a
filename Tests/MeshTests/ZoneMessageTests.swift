import Lighting
import Testing

@testable import Mesh

@Suite struct ZoneMessageTests {
    static func read(_ text: String) throws(MessageError) -> Zone {
        try JSON.decode(ZoneMessage.self, from: Array(text.utf8)).zone
    }

    @Test func `a zone goes through a message unchanged`() throws {
        let full = Zone(
            bars: ["a", "b/left", "c"], sensors: ["a/in": .first, "c/out": .last, "b/mid": .bar("b/left")],
            hold: .seconds(90),
            look: Look(
                brightness: Lightness(0.6), colour: .rgb(red: 255, green: 136, blue: 0), easeIn: .milliseconds(250),
                easeOut: .seconds(2), curve: .sine),
            wave: Wave(delay: .milliseconds(75), order: .positions([2, 0, 1]), off: .reverse),
            profile: Profile([
                .init(from: try #require(TimeOfDay(text: "22:00")), brightness: Lightness(0.1)),
                .init(from: try #require(TimeOfDay(text: "06:30")), colour: .warmWhite),
                .init(from: .clock(try #require(TimeOfDay(text: "23:30"))), standby: Lightness(0.05)),
                .init(
                    from: .clock(try #require(TimeOfDay(text: "23:45"))),
                    wave: Wave(delayBackward: .milliseconds(90), along: .milliseconds(5), off: .reverse)),
                .init(from: .clock(try #require(TimeOfDay(text: "23:50"))), wave: .together),
            ]), lead: .milliseconds(20), standby: Standby(level: Lightness(0.03), colour: .warmWhite, bars: .ends))
        var following = stairs
        following.isMaster = true
        following.follow = Follow(reach: 5, pace: .milliseconds(650))
        for zone in [full, Zone(bars: [], sensors: [:]), stairs, following] {
            let bytes = JSON.encode(ZoneMessage(zone, revision: 7))
            let message = try JSON.decode(ZoneMessage.self, from: bytes)
            #expect(message.zone == zone)
            #expect(message.revision == 7)
            #expect(JSON.encode(message) == bytes)
        }
        for (name, order) in Wave.Order.named {
            let text = "{\"bars\":[\"a\"],\"sensors\":{},\"wave\":{\"order\":\"\(name)\"}}"
            #expect(try Self.read(text).wave == Wave(order: order))
        }
    }

    @Test func `what is left out is as by default, what is unknown is ignored`() throws {
        let zone = try Self.read(#"{"bars":["a"],"sensors":{},"smell":"roses"}"#)
        #expect(zone == Zone(bars: ["a"], sensors: [:]))
        #expect(zone.hold == .seconds(60) && zone.wave == nil && zone.lead == nil)
    }

    static let refusals: [(String, String)] = [
        (#""#, " | is not JSON"), (#"[]"#, " | is not what is expected here (see docs/protocol.md)"),
        (#"{"sensors":{}}"#, "bars | is missing"), (#"{"bars":["a"]}"#, "sensors | is missing"),
        (#"{"bars":"a","sensors":{}}"#, "bars | is not what is expected here (see docs/protocol.md)"),
        (#"{"bars":[1],"sensors":{}}"#, "bars.[0] | is not a text"),
        (#"{"bars":["a","A"],"sensors":{}}"#, "bars.[1] | is not node or node/bar, each 1 to 64 of a-z, 0-9 and -"),
        (#"{"bars":["a"],"sensors":{"s":"first"}}"#, #"sensors | "s" is not node/sensor"#),
        (
            #"{"bars":["a"],"sensors":{"a/s":"middle"}}"#,
            #"sensors.a/s | "middle" is neither first, last nor a bar of this zone"#
        ),
        (#"{"bars":["a"],"sensors":{},"revision":-1}"#, "revision | -1 is not within 0…4102444800000000000"),
        (
            #"{"bars":["a"],"sensors":{},"revision":9223372036854775807}"#,
            "revision | 9223372036854775807 is not within 0…4102444800000000000"
        ),
        (
            #"{"bars":["a"],"sensors":{},"revision":1.5}"#,
            " | holds a value that can't be: a fraction or a number beyond range"
        ),
        (#"{"bars":["a"],"sensors":{},"holdSeconds":4.9}"#, "holdSeconds | 4.9 is not within 5.0…3600.0"),
        (#"{"bars":["a"],"sensors":{},"holdSeconds":1e308}"#, "holdSeconds | 1e+308 is not within 5.0…3600.0"),
        (#"{"bars":["a"],"sensors":{},"holdSeconds":"60"}"#, "holdSeconds | is not a number"),
        (#"{"bars":["a"],"sensors":{},"leadSeconds":1.1}"#, "leadSeconds | 1.1 is not within 0.0…1.0"),
        (#"{"bars":["a"],"sensors":{},"look":{"brightness":60}}"#, "look.brightness | 60.0 is not within 0.0…1.0"),
        (#"{"bars":["a"],"sensors":{},"look":{"colour":"mauve"}}"#, #"look.colour | "mauve" is not a temperature"#),
        (#"{"bars":["a"],"sensors":{},"look":{"easeInSeconds":61}}"#, "look.easeInSeconds | 61.0 is not within"),
        (#"{"bars":["a"],"sensors":{},"look":{"easeOutSeconds":-1}}"#, "look.easeOutSeconds | -1.0 is not within"),
        (#"{"bars":["a"],"sensors":{},"look":{"curve":"bouncy"}}"#, #"look.curve | "bouncy" is none of linear"#),
        (#"{"bars":["a"],"sensors":{},"wave":{"delaySeconds":5.1}}"#, "wave.delaySeconds | 5.1 is not within 0.0…5.0"),
        (#"{"bars":["a"],"sensors":{},"wave":{"order":"up"}}"#, #"wave.order | "up" is none of fromSensor"#),
        (#"{"bars":["a"],"sensors":{},"wave":{"order":[0,1]}}"#, "wave.order | 2 positions for 1 bars"),
        (#"{"bars":["a"],"sensors":{},"wave":{"order":[-1]}}"#, "wave.order | -1 is not within 0…10000"),
        (
            #"{"bars":["a"],"sensors":{},"wave":{"order":[9223372036854775807]}}"#,
            "wave.order | 9223372036854775807 is not within 0…10000"
        ),
        (#"{"bars":["a"],"sensors":{},"wave":{"order":{}}}"#, "wave.order | "),
        (#"{"bars":["a"],"sensors":{},"wave":{"off":"never"}}"#, #"wave.off | "never" is none of follow"#),
        (#"{"bars":["a"],"sensors":{},"profile":[{}]}"#, "profile.[0].from | is missing"),
        (#"{"bars":["a"],"sensors":{},"profile":[{"from":"25:00"}]}"#, #"profile.[0].from | "25:00" is not a time"#),
        (
            #"{"bars":["a"],"sensors":{},"profile":[{"from":"22:00"},{"from":"22:00"}]}"#,
            #"profile.[1].from | "22:00" is not a time of its own"#
        ),
        (
            #"{"bars":["a"],"sensors":{},"profile":[{"from":"22:00","brightness":2}]}"#,
            "profile.[0].brightness | 2.0 is not within"
        ),
    ]

    @Test(arguments: refusals)
    func `what is wrong is refused with its field and what is allowed`(text: String, expected: String) {
        let found = refusal { () throws(MessageError) in _ = try Self.read(text) }
        #expect(found.hasPrefix(expected), "\(text): \(found)")
    }

    @Test func `ten thousand bars and thousands of sensors take no time`() throws {
        let bars = (0..<10_000).map { "b\($0)" }
        var zone = Zone(bars: bars, sensors: [:])
        for index in 0..<4000 { zone.sensors["s/\(index)"] = .bar(bars[9999 - index]) }
        func readBack(_ zone: Zone) throws(MessageError) -> Zone {
            // More bytes than a message may have.
            try JSON.decode(
                ZoneMessage.self, from: JSON.encode(ZoneMessage(zone, revision: 1)), within: .keptFile
            ).zone
        }
        let start = ContinuousClock.now
        #expect(try readBack(zone) == zone)
        #expect(ContinuousClock.now - start < .seconds(5))
        zone.bars.append("b")
        let found = refusal { () throws(MessageError) in _ = try readBack(zone) }
        #expect(found == "bars | 10001 are more than 10000")
    }
}
