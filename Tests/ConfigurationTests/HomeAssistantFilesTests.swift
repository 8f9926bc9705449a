import Configuration
import Documents
import Mesh
import Testing
import YAML

@Suite("A site file says how Home Assistant finds the site")
struct HomeAssistantFilesTests {
    private static func file(_ line: String) throws -> SiteFile {
        try SiteFile(text: "site: home\n\(line)\nzones: {stairs: {bars: [stair-01]}}\n", file: "site.yaml")
    }

    @Test(arguments: [
        ("", "homeassistant"), ("homeAssistant: {}", "homeassistant"),
        ("homeAssistant: {discovery: true}", "homeassistant"), ("homeAssistant: {prefix: ha/two}", "ha/two"),
        ("homeAssistant: {discovery: false}", nil), ("homeAssistant: {discovery: false, prefix: ha}", nil),
    ])
    func `it does unless the file says no`(line: String, prefix: String?) throws {
        #expect(try Self.file(line).homeAssistant?.prefix == prefix)
    }

    @Test(arguments: [
        ("homeAssistant: true", "homeAssistant"), ("homeAssistant: {discovery: maybe}", "homeAssistant.discovery"),
        ("homeAssistant: {prefix: /ha}", "homeAssistant.prefix"),
        ("homeAssistant: {prefix: 'ha/#'}", "homeAssistant.prefix"),
        ("homeAssistant: {prefix: ''}", "homeAssistant.prefix"),
        ("homeAssistant: {prefix: a/b/c/d/e}", "homeAssistant.prefix"),
        ("homeAssistant: {prefx: ha}", "homeAssistant.prefx"), ("homeassistant: {}", "homeassistant"),
    ])
    func `what can't be is refused with its place and what to do`(line: String, field: String) throws {
        let errors = #expect(throws: ConfigurationErrors.self) { try Self.file(line) }
        let error = try #require(errors?.errors.first)
        #expect(error.field == field && error.mark?.line == 2 && !error.remedy.isEmpty, "\(error)")
    }

    @Test func `a message with a prefix that can't be is refused, and names the field`() {
        let text = #"{"revision":1,"zones":[],"homeAssistant":{"prefix":"a/+"}}"#
        let error = #expect(throws: MessageError.self) { try JSON.decode(SiteMessage.self, from: Array(text.utf8)) }
        #expect(error?.field == "homeAssistant.prefix")
    }
}
