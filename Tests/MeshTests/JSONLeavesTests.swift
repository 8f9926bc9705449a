import Testing

@testable import Mesh

@Suite("The values within other people's JSON, and the way to each")
struct JSONLeavesTests {
    @Test
    func `every way leads back to its value`() throws {
        let text =
            #"{"b":{"c":[1,{"d e":"x"},null]},"a":true,"pir.1":{"on":false},"n":1.50,"":2,"empty":{},"none":[]}"#
        let leaves = try JSON.leaves(in: Array(text.utf8))
        #expect(
            leaves.map(\.path.description) == ["a", "b.c[0]", "b.c[1].d e", "b.c[2]", "n", "\"pir.1\".on"])
        for leaf in leaves {
            let path = try JSONPath(text: leaf.path.description)
            #expect(try JSON.scalar(at: path, in: Array(text.utf8)) == leaf.value)
        }
        #expect(try JSON.leaves(in: Array(text.utf8), limit: 2).count == 2)
        #expect(try JSON.leaves(in: Array("17".utf8)).map(\.path) == [.whole])
    }

    @Test
    func `what lies deeper than a way can go is left out; what is no JSON is refused`() throws {
        let deep = String(repeating: "{\"a\":", count: 9) + "1" + String(repeating: "}", count: 9)
        #expect(try JSON.leaves(in: Array(deep.utf8)).isEmpty)
        #expect(try JSON.leaves(in: Array(deep.dropFirst(5).dropLast().utf8)).count == 1)
        #expect(throws: MessageError.self) { try JSON.leaves(in: Array("{".utf8)) }
    }
}
