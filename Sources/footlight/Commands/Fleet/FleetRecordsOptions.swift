internal import ArgumentParser

/// Whose records are shown, and how.
struct FleetRecordsOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The zone; all of them if none is named.", valueName: "ZONE"))
    var zone: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    /// Runs `body` with the records.
    ///
    /// - Throws: ``Failure``, `MQTTError`, and what `body` throws.
    func withRecords(
        isolation: isolated (any Actor)? = #isolation, _ body: (FleetRecords) throws -> Void
    ) async throws {
        try await site.withSite { session in try body(try await FleetRecords(session, zone: zone)) }
    }
}
