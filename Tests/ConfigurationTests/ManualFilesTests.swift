import Configuration
import Documents
import Lighting
import Testing

@Suite struct ManualFilesTests {
    func manual(_ text: String) throws -> ManualEndings? {
        let file = "site: home\nzones: {stairs: {bars: [stair-01], manual: \(text)}}\n"
        return try SiteFile(text: file, file: "site.yaml").zones["stairs"]?.manual
    }

    @Test func `how commands end that don't say it`() throws {
        #expect(try manual("{}") == ManualEndings(on: .never, off: .absence(.empty)))
        #expect(try manual("{on: visit, off: 2h}") == ManualEndings(on: .absence(.visit), off: .after(.seconds(7200))))
        #expect(try manual("{off: ever}") == ManualEndings(off: .never))
    }

    @Test func `what is none is told with what there is`() {
        let error = #expect(throws: ConfigurationErrors.self) { try manual("{off: soon}") }
        #expect(error?.description.contains("ever, visit or empty") == true, "\(error?.description ?? "")")
    }
}
