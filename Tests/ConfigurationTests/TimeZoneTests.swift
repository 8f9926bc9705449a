import Configuration
import Documents
import Testing

/// The time zone database is Debian's, which every machine of these tests has.
@Suite struct TimeZoneTests {
    private static func file(_ zone: String) throws -> SiteFile {
        try SiteFile(text: "site: home\ntimeZone: \(zone)\nzones: {stairs: {bars: [stair-01]}}\n", file: "site.yaml")
    }

    @Test(arguments: [
        "Europe/Berlin", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Etc/GMT+5", "UTC",
        "Pacific/Apia",
    ]) func `zones of the database, and its older names for them`(name: String) throws {
        #expect(try Self.file(name).timeZone == name)
    }

    @Test(arguments: [
        "Europe", "America/Argentina", "posix", "right", "posix/Europe/Berlin", "right/UTC", "leapseconds",
        "tzdata.zi", "zone1970.tab", "localtime", "posixrules", "Factory", "Mars/Phobos", "Europe/", "/UTC",
        "../zoneinfo/UTC", "Europe//Berlin", "Europe/Berlin/Mitte/Wedding", "CET-1CEST",
    ]) func `what is a folder, a list, a variant or of no place is no time zone`(name: String) throws {
        let errors = #expect(throws: ConfigurationErrors.self) { try Self.file(name) }
        let error = try #require(errors?.errors.first)
        #expect(errors?.errors.count == 1 && error.field == "timeZone" && !error.remedy.isEmpty, "\(error)")
    }

    @Test(arguments: [
        ("Europe/Berln", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("Berlin", "Europe/Berlin"),
        ("Germany/Berlin", "Europe/Berlin"), ("America/NewYork", "America/New_York"), ("Utc", "UTC"),
    ]) func `the zone that was meant is named`(text: String, name: String) throws {
        let errors = #expect(throws: ConfigurationErrors.self) { try Self.file(text) }
        #expect(errors?.errors.first?.remedy == "Did you mean \(name)?")
    }

    @Test func `a schedule's zone is checked alike`() throws {
        let text = """
            site: home
            id: fleet-a
            brokers: [mqtt://b]
            scheduledActions: [{name: night, action: sleep, recurrence: "0 1 * * *", timeZone: Mars/Phobos}]

            """
        let errors = #expect(throws: ConfigurationErrors.self) { try FleetFile(text: text, file: "fleet.yaml") }
        #expect(errors?.errors.map(\.field) == ["scheduledActions[0].timeZone"])
    }
}
