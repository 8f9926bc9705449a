import Mesh
import Testing

@Suite("The way to a value in other people's JSON")
struct JSONPathTests {
    @Test(arguments: [
        ("occupancy", [JSONPath.Step.member("occupancy")]),
        ("targets[0].present", [.member("targets"), .element(0), .member("present")]),
        ("params.events[12].event", [.member("params"), .member("events"), .element(12), .member("event")]),
        ("[3]", [.element(3)]), ("[3][0].a", [.element(3), .element(0), .member("a")]),
        ("\"2.4 GHz\".on", [.member("2.4 GHz"), .member("on")]),
        ("a.\"b[0]\"[1]", [.member("a"), .member("b[0]"), .element(1)]), ("a b", [.member("a b")]),
        ("a\"]", [.member("a\"]")]), ("\"a\"\".b\".c", [.member("a\".b"), .member("c")]),
        ("\"\"\"\"", [.member("\"")]),
    ])
    func `a path is what is written, and is written back`(_ text: String, steps: [JSONPath.Step]) throws {
        let path = try JSONPath(text: text)
        #expect(path.steps == steps)
        #expect(path.description == text)
    }

    @Test(arguments: [
        ("", JSONPath.Fault.emptyName), (".a", .emptyName), ("a.", .emptyName), ("a..b", .emptyName),
        ("a.[0]", .emptyName), ("\"\"", .emptyName), ("\"a", .openQuote), ("\"a\"\"", .openQuote), ("a[", .noIndex),
        ("a[]", .noIndex),
        ("a[-1]", .noIndex), ("a[1000]", .noIndex), ("a[x]", .noIndex), ("a[0]b", .unseparated),
        ("\"a\"b", .unseparated), ("a.b.c.d.e.f.g.h.i", .tooDeep(9)),
    ])
    func `what is no path is told apart`(_ text: String, fault: JSONPath.Fault) {
        #expect(throws: fault) { try JSONPath(text: text) }
    }
}
