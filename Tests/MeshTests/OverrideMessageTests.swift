import Lighting
import Testing

@testable import Mesh

@Suite struct OverrideMessageTests {
    @Test func `a command begins a lead later, for all, and holds for its time`() throws {
        var message = OverrideMessage()
        let mode = Override.Mode.on(brightness: Lightness(0.4), colour: .warmWhite)
        message.take(
            ZoneCommand(
                mode: .on(brightness: Lightness(0.4), colour: .warmWhite), ending: .after(.seconds(60)),
                ease: .seconds(2),
                id: "a"), at: at(1), lead: .seconds(1))
        let read = try JSON.decode(OverrideMessage.self, from: JSON.encode(message))
        #expect(read == message)
        let (zone, bars) = try read.overrides()
        #expect(zone == Override(mode: mode, start: at(2), until: at(62), ease: .seconds(2)) && bars.isEmpty)
        #expect(read.issued == at(1).nanoseconds && read.ids == ["a"])
    }

    @Test func `a bar's command stands beside the zone's until the zone has another`() throws {
        var message = OverrideMessage()
        message.take(ZoneCommand(mode: .off), at: at(1), lead: .zero)
        message.take(ZoneCommand(mode: .off, bar: "a"), at: at(2), lead: .zero)
        #expect(try message.overrides().bars.keys.sorted() == ["a"])
        message.take(ZoneCommand(mode: .auto), at: at(3), lead: .zero)
        #expect(try message.overrides().bars.isEmpty)
        #expect(try message.overrides().zone?.mode == .auto)
    }

    @Test func `of two commands in one instant the later counts, and sixteen names are kept`() {
        var message = OverrideMessage()
        for index in 0..<40 { message.take(ZoneCommand(mode: .off, id: "\(index)"), at: at(1), lead: .zero) }
        #expect(message.issued == at(1).nanoseconds + 39)
        #expect(message.ids == (24..<40).map { "\($0)" })
    }

    static let refusals: [(String, String)] = [
        ("{}", "issued | is missing"), (#"{"issued":1,"ids":[]}"#, "bars | is missing"),
        (#"{"issued":-1,"ids":[],"bars":{}}"#, "issued | -1 is not within 0…"),
        (#"{"issued":1e30,"ids":[],"bars":{}}"#, " | holds a value that can't be: a fraction or a number beyond range"),
        (#"{"issued":1,"ids":[1],"bars":{}}"#, "ids.[0] | is not a text"),
        (#"{"issued":1,"ids":["\#(String(repeating: "x", count: 65))"],"bars":{}}"#, "ids | are not up to 16"),
        (#"{"issued":1,"ids":[],"bars":{"a b":{"mode":"on","start":1}}}"#, #"bars | "a b" is not node or node/bar"#),
        (#"{"issued":1,"ids":[],"bars":{"a":{"mode":"on"}}}"#, "bars.a.start | is missing"),
        (#"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"dim","start":1}}"#, "zone.mode | is none of on, off, auto"),
        (#"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"on","start":-1}}"#, "zone.start | -1 is not within"),
        (
            #"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"on","start":1,"until":9223372036854775807}}"#,
            "zone.until | 9223372036854775807 is not within"
        ),
        (#"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"on","start":1,"level":2}}"#, "zone.level | 2.0 is not"),
        (#"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"on","start":1,"colour":"x"}}"#, "zone.colour | \"x\" is not"),
        (
            #"{"issued":1,"ids":[],"bars":{},"zone":{"mode":"off","start":1,"easeSeconds":1e308}}"#,
            "zone.easeSeconds | 1e+308 is not within"
        ),
    ]

    @Test(arguments: refusals)
    func `what is wrong is refused with its field`(text: String, expected: String) {
        let found = refusal { () throws(MessageError) in
            _ = try JSON.decode(OverrideMessage.self, from: Array(text.utf8)).overrides()
        }
        #expect(found.hasPrefix(expected), "\(text): \(found)")
    }
}
