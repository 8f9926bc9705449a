import Fleet
import Lighting
import Mesh
import Testing

@testable import Telemetry

@Suite struct RecordTests {
    private static func reason(_ line: [UInt8]) -> String? {
        do throws(MessageError) { _ = try ReceivedRecord(line: line) } catch { return error.description }
        return nil
    }

    @Test func `a record of every kind is read as it was written`() throws {
        var chain = Examples.chain()
        for (index, body) in try Examples.bodies().enumerated() {
            let previous = chain.digest
            let line = chain.append(body, at: Examples.start)
            let record = try ReceivedRecord(line: line)
            #expect(record.body == body)
            #expect(record.kind == body.kind.rawValue)
            #expect(record.key == RecordKey(site: "home", node: "stair-01", boot: "1f0c", sequence: Int64(index) + 1))
            #expect(record.at == Examples.start)
            #expect(record.previous == previous)
            #expect(record.digest == chain.digest)
            #expect(!line.contains(0x0a))
        }
        #expect(Set(try Examples.bodies().map(\.kind)) == Set(RecordKind.allCases))
    }

    /// Stores hold these lines for years: what was written once must be read for ever.
    @Test func `the form of version 1 stays as it is`() {
        let zeros = String(repeating: "0", count: 64)
        var chain = Examples.chain()
        let line = chain.append(.motion(MotionEvent(sensor: "bottom", motion: true)), at: Examples.start)
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"at":1790000000000000000,"body":{"motion":true,"sensor":"bottom"},"boot":"1f0c","kind":"motion","#
                + #""node":"stair-01","previous":"\#(zeros)","sequence":1,"site":"home","version":1}"#)
    }

    @Test func `a later version's fields are passed over, and its kinds kept unread`() throws {
        let field = Examples.line(replacing: #""motion":true,"#, by: #""motion":true,"distance":{"metres":[2]},"#)
        #expect(try ReceivedRecord(line: field).body == .motion(MotionEvent(sensor: "bottom", motion: true)))
        let line = String(
            decoding: Examples.line(replacing: #""kind":"motion""#, by: #""kind":"weight""#), as: UTF8.self)
        let later = try ReceivedRecord(line: Array(line.replacing(#""version":1"#, with: #""version":2"#).utf8))
        #expect(later.body == nil)
        #expect(later.kind == "weight")
        #expect(
            Self.reason(Array(line.utf8))
                == #"kind: "weight" is none of version 1's: motion, light, health, activity, sample, log"#)
    }

    @Test(arguments: [
        (#""site":"home""#, #""site":"Home""#, "site: \"Home\" is not 1 to 64 of a-z, 0-9 and -"),
        (#""node":"stair-01""#, #""node":"'; DROP TABLE record; --""#, "node: \"'; DROP TABLE record; --\" is not"),
        (#""boot":"1f0c""#, #""boot":"""#, "boot: \"\" is not 1 to 64 of a-z, A-Z"),
        (#""sequence":1"#, #""sequence":0"#, "sequence: 0 is not within 1…9007199254740991"),
        (#""sequence":1"#, #""sequence":9007199254740992"#, "sequence: 9007199254740992 is not within"),
        (#""sequence":1"#, #""sequence":1.5"#, "whole number"),
        (#""sequence":1,"#, "", "sequence: is missing"),
        (#""at":1790000000000000000"#, #""at":-1"#, "at: -1 is not within"),
        (#""version":1"#, #""version":0"#, "version: 0 is not within 1…1000000"),
        (#""previous":"0"#, #""previous":"x"#, "previous: is not a SHA-256 digest: 64 of 0-9 and a-f"),
        (#""sensor":"bottom""#, #""sensor":"a b""#, "body.sensor: \"a b\" is not"),
        (#""sensor":"bottom""#, #""sensor":"a\u0000""#, "has \\u0000 at byte"),
        (#""motion":true"#, #""motion":"yes""#, "body.motion: is not true or false"),
        (#"{"at""#, #"["at""#, "is not JSON"),
    ])
    func `what no node writes is refused, with field and reason`(old: String, new: String, expected: String) {
        let reason = Self.reason(Examples.line(replacing: old, by: new))
        #expect(reason?.contains(expected) == true, "\(reason ?? "was taken")")
    }

    /// PostgreSQL has no text for these; SQLite hands them on to whoever asks.
    @Test func `what databases choke on is refused in every text`() throws {
        var chain = Examples.chain()
        let plain = String(
            decoding: chain.append(.log(LogLine(level: .info, text: "TEXT")), at: Examples.start), as: UTF8.self)
        func reason(_ text: String) -> String? { Self.reason(Array(plain.replacing("TEXT", with: text).utf8)) }
        #expect(reason(#"\ud83d\ude00"#) == nil)
        #expect(reason(#"\\u0000"#) == nil)
        #expect(reason(#"a\u0000b"#) != nil)
        #expect(reason(#"\ud83d"#) != nil)
        #expect(reason(#"\ude00\ud83d"#) != nil)
        #expect(reason("a\tb") != nil)
        #expect(Self.reason(Array(plain.replacing("TEXT", with: "").utf8) + [0x0a]) != nil)
        var broken = Array(plain.utf8)
        broken[try #require(plain.utf8.firstIndex(of: UInt8(ascii: "T"))?.utf16Offset(in: plain))] = 0xff
        #expect(Self.reason(broken) != nil)
        // What is cut to fit holds none of them.
        let odd = LogLine(level: .info, text: "zero\0" + String(repeating: "é", count: 3000))
        #expect(odd.text.utf8.count <= 4096)
        #expect(odd.text.utf8.count > 3900)
        #expect(try ReceivedRecord(line: chain.append(.log(odd), at: Examples.start)).body == .log(odd))
    }

    @Test func `the longest record that can be written can be read`() throws {
        var chain = Examples.chain()
        let quotes = String(repeating: "\"", count: 4096)
        let line = chain.append(.log(LogLine(level: .critical, text: quotes)), at: Examples.start)
        #expect(try ReceivedRecord(line: line).body == .log(LogLine(level: .critical, text: quotes)))
        let over = Examples.line(replacing: "bottom", by: String(repeating: "b", count: 8193))
        #expect(Self.reason(over)?.contains("more than 8192 bytes") == true)
    }
}
