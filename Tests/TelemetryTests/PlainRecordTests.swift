import Fleet
import Lighting
import Mesh
import Testing

@testable import Telemetry

/// Most records are read without the JSON library; it must come to the same.
@Suite struct PlainRecordTests {
    private static let bodies: [RecordBody] = [
        .motion(MotionEvent(sensor: "bottom", motion: true)), .motion(MotionEvent(sensor: "top", motion: false)),
        .light(
            FirstLight(
                zone: "stairs", bar: "bar", activation: Examples.start.nanoseconds,
                planned: Examples.start.nanoseconds + 40_000_000, actual: Examples.start.nanoseconds + 40_213_000)),
        .health(HealthTransition(node: "stair-02", status: .unhealthy, cause: "doesn't answer")),
        .health(HealthTransition(node: "stair-02", status: .healthy, cause: "")),
        .sample(MetricSample(name: "memory", value: 11.5, unit: "MB")),
        .sample(MetricSample(name: "late frames", value: 0, unit: "")),
        .log(LogLine(level: .warning, text: "no broker: {connection}: refused, tried again after 1.7 s")),
    ]

    /// A chain's lines.
    private static func lines() -> [[UInt8]] {
        var chain = Examples.chain()
        return bodies.map { chain.append($0, at: Examples.start) }
    }

    @Test func `what nodes write by the thousand is read without the library, and as it was meant`() throws {
        for (line, body) in zip(Self.lines(), Self.bodies) {
            let plain = try #require(RecordEnvelope(plain: line), "\(body)")
            #expect(plain.body == body)
            #expect(JSON.encode(plain) == line)
        }
    }

    @Test func `another spelling, and what is rare, is the library's`() throws {
        var chain = Examples.chain()
        let rare: [RecordBody] = [
            .activity(GroupActivity(zone: "stairs", activity: try Examples.activity())),
            .log(LogLine(level: .info, text: "“so”")), .log(LogLine(level: .info, text: "a \"quote\"")),
            .sample(MetricSample(name: "offset", value: -1.5e-9, unit: "s")),
        ]
        for body in rare {
            let line = chain.append(body, at: Examples.start)
            #expect(RecordEnvelope(plain: line) == nil)
            #expect(try ReceivedRecord(line: line).body == body)
        }
        for (old, new) in [(#","kind""#, #", "kind""#), (#"{"at":1"#, #"{"more":2,"at":1"#), (#"n":1}"#, #"n":1} "#)] {
            let line = Examples.line(replacing: old, by: new)
            #expect(RecordEnvelope(plain: line) == nil, "\(new)")
            #expect(try ReceivedRecord(line: line).key.sequence == 1)
        }
    }

    @Test func `whatever is read without it, of lines that were changed, the library reads alike`() throws {
        var random = SplitMix64(seed: 13)
        let lines = Self.lines()
        let pieces = [#"""#, ":", ",", "{", "}", "0", "-", "1e9", ".5", "\\", "\n", "null", "true", #""site":"home","#]
            .map {
                Array($0.utf8)
            }
        var read = 0
        for number in 0..<40_000 {
            var line = lines[number % lines.count]
            let place = Int.random(in: 0..<line.count, using: &random)
            switch number / lines.count % 4 {
            case 0: line[place] = UInt8.random(in: 0...255, using: &random)
            case 1: line.remove(at: place)
            case 2: line.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
            default:
                let other = lines[Int.random(in: 0..<lines.count, using: &random)]
                line = line[..<place] + other.suffix(line.count - place)
            }
            guard let plain = RecordEnvelope(plain: line) else { continue }
            read += 1
            let library = try #require(
                try? JSON.decode(RecordEnvelope.self, from: line, within: Record.bounds),
                "\(String(decoding: line, as: UTF8.self))")
            #expect(JSON.encode(plain) == JSON.encode(library), "\(String(decoding: line, as: UTF8.self))")
        }
        // Digits and letters are changed for others.
        #expect(read > 1000)
    }
}
