import Lighting
import Replay
import Testing

@Suite("Motion logs are read as they come")
struct MotionLogParserTests {
    static func parse(
        _ bytes: [UInt8], choice: SensorChoice = .allMotion, piece: Int = .max
    ) -> (events: [MotionEvent], parser: MotionLogParser) {
        var parser = MotionLogParser(choice: choice)
        var events: [MotionEvent] = []
        parser.begin(file: "log")
        var start = 0
        while start < bytes.count {
            let end = start + min(piece, bytes.count - start)
            parser.parse(Array(bytes[start..<end]).span, into: &events)
            start = end
        }
        parser.endFile(into: &events)
        parser.finish(into: &events)
        return (events, parser)
    }

    static func parse(_ text: String, choice: SensorChoice = .allMotion) -> (
        events: [MotionEvent], parser: MotionLogParser
    ) {
        parse(Array(text.utf8), choice: choice)
    }

    /// 2010-11-04 00:03:50.
    static let base = MeshInstant(nanoseconds: 1_288_829_030_000_000_000)

    @Test(arguments: [
        ("2010-11-04 00:03:50.209589 M003 ON", 209_589_000),
        ("2010-11-04\t00:03:50.209589\tM003\tON\r\n", 209_589_000),
        ("2010-11-04 00:03:50 M003 ON", 0), ("2010-11-04 00:03:50. M003 ON", 0),
        ("2010-11-04 00:03:50.2 M003 ON", 200_000_000), ("2010-11-04 00:03:50.123456789 M003 ON\n", 123_456_789),
        ("  2010-11-04   00:03:50.5 \t M003  on   Sleeping begin\n\n", 500_000_000),
        ("\u{feff}2010-11-04 00:03:50 M003 ON Sleeping=\"begin\"\r\n\r\n", 0),
    ])
    func `a line with any fraction, any blanks, any end and any annotation`(text: String, fraction: Int) {
        let (events, parser) = Self.parse(text)
        #expect(events == [MotionEvent(time: Self.base + .nanoseconds(fraction), sensor: 0, motion: true)])
        #expect(parser.sensors == ["M003"])
        #expect(parser.summary.malformed == 0)
        #expect(parser.summary.lines == parser.summary.blank + 1)
    }

    @Test(
        arguments: [
            ("garbage", .date), ("2010-13-04 00:03:50 M003 ON", .date), ("2010-02-29 00:03:50 M003 ON", .date),
            ("1970-01-01 00:03:50 M003 ON", .date), ("2010-11-4 00:03:50 M003 ON", .date),
            ("2100-01-01 00:03:50 M003 ON", .date), ("2010-11-04X00:03:50 M003 ON", .date),
            ("2010-11-04", .time), ("2010-11-04 24:00:00 M003 ON", .time), ("2010-11-04 00:60:00 M003 ON", .time),
            ("2010-11-04 00:03 M003 ON", .time), ("2010-11-04 00:03:50.1234567890 M003 ON", .time),
            ("2010-11-04 00:03:50.2x M003 ON", .time), ("2010-11-04 00:03:50,2 M003 ON", .time),
            ("2010-11-04 00:03:50", .noSensor), ("2010-11-04 00:03:50 M003", .noValue),
            ("2010-11-04 00:03:50 M003 OF", .value), ("2010-11-04 00:03:50 M003 ON0", .value),
            ("2010-11-04 00:03:50 M\u{1}3 ON", .name), ("2010-11-04 00:03:50 Mü3 ON", .name),
            ("2010-11-04 00:03:50 " + String(repeating: "M", count: 129) + " ON", .name),
            (String(repeating: "x", count: 4097), .tooLong), (String(repeating: " ", count: 100_000), .tooLong),
        ] as [(String, LineFault.Reason)])
    func `a line that can't be read is counted, with its number and the reason`(text: String, reason: LineFault.Reason)
    {
        let (events, parser) = Self.parse("2010-11-04 00:03:50 M003 ON\n\(text)\n2010-11-04 00:03:51 M003 OFF\n")
        #expect(events.map(\.motion) == [true, false])
        #expect(parser.summary.malformed == 1)
        #expect(parser.summary.faults.map(\.reason) == [reason])
        #expect(parser.summary.faults.first?.line == 2)
    }

    @Test
    func `a fault says where, what and why`() {
        let (_, parser) = Self.parse("2010-11-04 00:03:50 M0\u{7}3 ON\n")
        #expect(
            parser.summary.faults.map(\.description) == [
                "log:1: \"2010-11-04 00:03:50 M0\u{b7}3 ON\" "
                    + "has a sensor's name that is no plain text of 1 to 128 letters"
            ])
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `bytes of chance never stop it, nor are more than a few faults kept`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let bytes = (0..<50_000).map { _ in
            Array("2010-1 :.M0ONF\t\n\r\u{0}\u{ff}".utf8).randomElement(using: &random) ?? 0
        }
        let (events, parser) = Self.parse(bytes, piece: 777)
        let summary = parser.summary
        #expect(summary.lines == summary.blank + summary.malformed + summary.events)
        #expect(events.count + summary.late == summary.events)
        #expect(summary.faults.count == 5)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 4096, 65_536])
    func `the size of the pieces doesn't matter`(size: Int) {
        var home = LivedInHome(seed: 5, rooms: 12)
        let sent = home.events(2000)
        let (events, parser) = Self.parse(LivedInHome.log(sent), piece: size)
        let places = sent.map { event in parser.sensors[event.sensor % parser.sensors.count] }
        #expect(places.count == events.count)
        #expect(events.map(\.time) == sent.map { MeshInstant(nanoseconds: $0.time.nanoseconds / 1000 * 1000) })
        #expect(events.map(\.motion) == sent.map(\.motion))
        #expect(events.map { parser.sensors[$0.sensor] } == sent.map { "M0\($0.sensor < 10 ? "0" : "")\($0.sensor)" })
        #expect(parser.summary.skipped == ["T": 125])
        #expect(parser.summary.malformed == 0)
    }

    @Test
    func `other sensors are counted by kind, and those that say ON and OFF are suggested`() {
        let (events, parser) = Self.parse(
            """
            2010-11-04 00:00:01 T002 21.5
            2010-11-04 00:00:02 T003 22
            2010-11-04 00:00:03 D001 OPEN
            2010-11-04 00:00:04 BATP012 95
            2010-11-04 00:00:05 hall-box ON
            2010-11-04 00:00:06 MA013 ON
            2010-11-04 00:00:07 42 ON

            """)
        #expect(events.count == 1)
        #expect(parser.sensors == ["MA013"])
        #expect(parser.summary.skipped == ["T": 2, "D": 1, "BATP": 1, "hall": 1, "?": 1])
        #expect(parser.suggestions == ["hall-box", "42"])
        #expect(parser.summary.first == Self.base - .seconds(229))
        #expect(parser.summary.last == Self.base - .seconds(223))
    }

    @Test
    func `named sensors are taken whatever they are called; other motion sensors are counted`() {
        let (events, parser) = Self.parse(
            "2010-11-04 00:00:01 hall-pir ON\n2010-11-04 00:00:02 M001 ON\n2010-11-04 00:00:03 hall-pir off\n",
            choice: .named(["hall-pir", "absent"]))
        #expect(events.map(\.motion) == [true, false])
        #expect(parser.sensors == ["hall-pir"])
        #expect(parser.summary.notChosen == 1)
    }

    @Test
    func `more sensors than any home has are malformed lines, in bounded memory`() {
        let text = (0..<10_050).map { "2010-11-04 00:00:01 M\($0) ON\n" }.joined()
        let (events, parser) = Self.parse(text)
        #expect(events.count == 10_000)
        #expect(parser.summary.faults.first?.reason == .tooManySensors)
        #expect(parser.summary.malformed == 50)
    }

    @Test
    func `lines a little out of order are put in place, later ones are left out, and both are counted`() {
        let (events, parser) = Self.parse(
            """
            2010-11-04 00:03:50 M001 ON
            2010-11-04 00:03:55 M001 OFF
            2010-11-04 00:03:52 M002 ON
            2010-11-04 00:03:55 M002 OFF
            2010-11-04 00:03:45 M003 ON
            2010-11-04 00:03:44.999 M004 ON

            """)
        #expect(events.map { parser.sensors[$0.sensor] } == ["M003", "M001", "M002", "M001", "M002"])
        #expect(parser.summary.reordered == 2)
        #expect(parser.summary.late == 1)
        #expect(parser.summary.lateFaults.first?.line == 6)
        #expect(parser.summary.refusal?.contains("Sort the log") == true)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `order is found again in any log shaken by less than the tolerance`(seed: UInt64) {
        var home = LivedInHome(seed: seed, rooms: 4)
        var random = SplitMix64(seed: seed)
        let shaken = home.events(500)
            .map { ($0, $0.time + .milliseconds(Int.random(in: 0...9999, using: &random))) }
            .sorted { $0.1 < $1.1 }.map(\.0)
        let (events, parser) = Self.parse(LivedInHome.log(shaken))
        #expect(events.map(\.time) == events.map(\.time).sorted())
        #expect(events.count == 500)
        #expect(parser.summary.late == 0)
        #expect(parser.summary.refusal == nil)
    }

    @Test
    func `a hundred thousand events of one instant are not held back for ever`() {
        let text = String(repeating: "2010-11-04 00:03:50 M001 ON\n", count: 100_000)
        var parser = MotionLogParser()
        var events: [MotionEvent] = []
        parser.parse(Array(text.utf8).span, into: &events)
        #expect(events.count == 100_000 - 65_536)
        parser.finish(into: &events)
        #expect(events.count == 100_000)
    }

    @Test
    func `several files are one log; lines are numbered in each`() {
        var parser = MotionLogParser()
        var events: [MotionEvent] = []
        for (file, text) in [("a", "2010-11-04 00:03:50 M001 ON"), ("b", "\u{feff}2010-11-04 00:03:51 M001 OFF\nx\n")] {
            parser.begin(file: file)
            parser.parse(Array(text.utf8).span, into: &events)
            parser.endFile(into: &events)
        }
        parser.finish(into: &events)
        #expect(events.map(\.motion) == [true, false])
        #expect(parser.summary.faults.map { "\($0.file):\($0.line)" } == ["b:2"])
    }
}
