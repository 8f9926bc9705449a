import Testing
import YAML

@Suite("YAML is read with places, and nothing hostile gets through")
struct YAMLTests {
    @Test
    func `scalars, lists and mappings keep their order, text, tags and places`() throws {
        let root = try YAML.parse("site: home\nzones:\n  - {a: \"1\", b: !Ref x}\n")
        #expect(root["site"]?.text == "home")
        let item = try #require(root["zones"]?.items?.first)
        #expect(item.entries?.map(\.key) == ["a", "b"])
        #expect(item["a"]?.content == .scalar("1", plain: false))
        #expect(item["b"]?.tag == "!Ref")
        #expect(item["b"]?.mark == YAMLMark(line: 3, column: 17))
    }

    @Test
    func `an anchor's node stands wherever its alias does`() throws {
        let root = try YAML.parse("a: &x {k: v}\nb: *x\n")
        #expect(root["b"]?["k"]?.text == "v")
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", YAMLError.Code.duplicateKey, YAMLMark(line: 2, column: 1)),
        ("a: [1, 2\nb: 3", .syntax, YAMLMark(line: 2, column: 2)),
        ("a: *x", .unknownAlias, YAMLMark(line: 1, column: 4)),
        ("a: &x [*x]", .unknownAlias, YAMLMark(line: 1, column: 8)),
        ("", .empty, YAMLMark(line: 1, column: 1)),
        ("a: 1\n---\nb: 2\n", .severalDocuments, YAMLMark(line: 3, column: 1)),
        ("[a]: 1", .keyNotScalar, YAMLMark(line: 1, column: 1)),
        ("a: \u{1}", .syntax, YAMLMark(line: 1, column: 1)),
    ])
    func `what is no single, bounded document is refused with its place`(
        _ text: String, _ code: YAMLError.Code, _ mark: YAMLMark
    ) {
        let error = #expect(throws: YAMLError.self) { try YAML.parse(text) }
        #expect(error?.code == code)
        #expect(error?.mark == mark)
    }

    @Test
    func `a billion laughs and a thousand brackets cost nothing`() {
        var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...40 {
            let alias = "*a\(level - 1)"
            laughs += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        #expect(throws: YAMLError.self) { try YAML.parse(laughs) }
        let deep = String(repeating: "[", count: 65)
        let error = #expect(throws: YAMLError.self) { try YAML.parse(deep) }
        #expect(error?.code == .tooDeep)
    }
}
