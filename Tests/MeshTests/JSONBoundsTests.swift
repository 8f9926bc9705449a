import Testing

@testable import Mesh

@Suite struct JSONBoundsTests {
    private static func nested(_ levels: Int, _ opening: String, _ closing: String) -> [UInt8] {
        Array((String(repeating: opening, count: levels) + "1" + String(repeating: closing, count: levels)).utf8)
    }

    private static func reason(_ bytes: [UInt8], _ bounds: JSONBounds = .message) -> String? {
        do throws(MessageError) { try bounds.check(bytes) } catch { return error.description }
        return nil
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}"), (#"[{"[[":"#, "}]")])
    func `levels up to the bound pass, the next is named with its place`(opening: String, closing: String) {
        let each = opening.hasPrefix("[{") ? 2 : 1
        #expect(Self.reason(Self.nested(32 / each, opening, closing)) == nil)
        for levels in [33, 40, 64] {
            let place = opening == "[" ? 32 : opening == #"{"a":"# ? 160 : 16 * opening.utf8.count
            #expect(
                Self.reason(Self.nested(levels / each + levels % each, opening, closing))
                    == "nests deeper than 32 levels at byte \(place)")
        }
    }

    @Test func `every reader of a message refuses the thirty-third level before a library sees it`() throws {
        let deep = Self.nested(33, "[", "]")
        let inField = Array(#"{"occupancy":true,"other":"#.utf8) + Self.nested(32, "[", "]") + Array("}".utf8)
        for bytes in [deep, inField] {
            #expect(throws: MessageError.self) { try JSON.scalar(at: JSONPath("occupancy"), in: bytes) }
            #expect(throws: MessageError.self) { try JSON.decode([String: Int].self, from: bytes) }
            #expect(throws: MessageError.self) { try ZoneCommand(payload: bytes) }
        }
        let harmless = Array(#"{"occupancy":true,"other":"#.utf8) + Self.nested(31, "[", "]") + Array("}".utf8)
        #expect(try JSON.scalar(at: JSONPath("occupancy"), in: harmless) == .boolean(true))
    }

    @Test func `brackets within texts are no levels, whatever is escaped there`() {
        #expect(Self.reason(Array((#"{"a":""# + String(repeating: "[{", count: 60) + #""}"#).utf8)) == nil)
        #expect(Self.reason(Array((#"{"a":"\""# + String(repeating: "[{", count: 60) + #""}"#).utf8)) == nil)
        let behind = #"{"a":"\\","b":"# + String(repeating: "[", count: 40)
        #expect(Self.reason(Array(behind.utf8)) == "nests deeper than 32 levels at byte 45")
        // An unfinished text ends with the bytes.
        #expect(Self.reason(Array(#"["a\"#.utf8)) == nil)
    }

    @Test func `numbers, texts and the whole have their bounds`() {
        func number(_ digits: Int) -> [UInt8] { Array("[-\(String(repeating: "1", count: digits - 1))]".utf8) }
        #expect(Self.reason(number(64)) == nil)
        #expect(Self.reason(number(65)) == "has a number of more than 64 characters at byte 1")
        func text(_ count: Int) -> [UInt8] { Array("[\"\(String(repeating: "x", count: count))\"]".utf8) }
        #expect(Self.reason(text(65_536)) == nil)
        #expect(Self.reason(text(65_537)) == "has a text of more than 65536 bytes at byte 1")
        #expect(Self.reason([UInt8](repeating: 0x20, count: 131_072)) == nil)
        #expect(
            Self.reason([UInt8](repeating: 0x20, count: 131_073))
                == "131073 bytes are more than the 131072 that JSON may have here")
    }

    @Test func `text in UTF-16, where a bracket is no byte, is refused at its first zero`() {
        for text in ["[1]", #"{"a":1}"#] {
            let little = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            #expect(Self.reason(little) == "is not JSON in UTF-8: byte 1 is 0")
            #expect(Self.reason([0xff, 0xfe] + little) == "is not JSON in UTF-8: byte 3 is 0")
        }
        #expect(Self.reason([0x5b, 0x22, 0x61, 0, 0x22, 0x5d]) == "is not JSON in UTF-8: byte 3 is 0")
        #expect(Self.reason([0x22, 0x5c, 0, 0x22]) == "is not JSON in UTF-8: byte 2 is 0")
    }
}
