internal import ArgumentParser
internal import Fleet
internal import Lighting

/// `footlight fleet refresh start`
struct FleetRefreshStart: AsyncParsableCommand {
    private static let twoDays = Duration.zero ... .seconds(172_800)

    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Updates the nodes of a zone to a version.",
        discussion: """
            No two neighbours of a zone are away at once. Each node runs its own update
            command; it counts as updated when it has come back with the version and is
            Healthy. A node that fails ends the refresh, and takes all back to what they
            had.

            EXAMPLES
              footlight fleet refresh start stairs --to 1.2.0 --wait
              footlight fleet refresh start stairs --to 1.2.0 --checkpoint 20% --checkpoint-delay 1h --bake 10m
            """)

    @Argument(help: ArgumentHelp("The zone.", valueName: "ZONE"))
    var zone: String

    @Option(name: .customLong("to"), help: ArgumentHelp("The version.", valueName: "VERSION"))
    var version: String

    @Option(
        help: ArgumentHelp(
            "How much of the zone stays Healthy; one node may always be away. (default: 90%)", valueName: "PERCENT"),
        transform: ArgumentText.wholePercentage(in: 0...100))
    var minHealthy: Int?

    @Option(
        help: ArgumentHelp("Pause when so much is updated; may be repeated.", valueName: "PERCENT"),
        transform: ArgumentText.wholePercentage(in: 1...100))
    var checkpoint: [Int] = []

    @Option(
        help: ArgumentHelp("How long a checkpoint pauses. (default: 1h)", valueName: "TIME"),
        transform: ArgumentText.duration(in: twoDays, example: "1h"))
    var checkpointDelay: Duration?

    @Option(
        help: ArgumentHelp("How long all must have stayed Healthy at the end. (default: 0s)", valueName: "TIME"),
        transform: ArgumentText.duration(in: twoDays, example: "10m"))
    var bake: Duration?

    @Flag(inversion: .prefixedNo, help: "Whether nodes that have the version are left alone.")
    var skipMatching = true

    @Flag(inversion: .prefixedNo, help: "Whether a failure takes all back to what they had.")
    var autoRollback = true

    @Flag(help: "Wait for its end, and show how it goes; exit code 1 unless all nodes have the version.")
    var wait = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        guard (1...64).contains(version.utf8.count) else {
            throw Failure(.usage, "--to \"\(version)\": a version has 1 to 64 bytes")
        }
        var preferences = RefreshMessage.Preferences()
        preferences.minHealthyPercentage = minHealthy ?? preferences.minHealthyPercentage
        preferences.checkpointPercentages = checkpoint.sorted()
        preferences.checkpointDelaySeconds = checkpoint.isEmpty ? 0 : (checkpointDelay ?? .seconds(3600)).seconds
        preferences.bakeTimeSeconds = bake?.seconds ?? preferences.bakeTimeSeconds
        preferences.skipMatching = skipMatching
        preferences.autoRollback = autoRollback
        var command = FleetCommand(.startRefresh, id: SiteSession.newID(), zone: zone)
        command.version = version
        command.preferences = preferences
        let wanted = preferences
        try await RefreshOrder(FleetOrder(command), zone: zone, successes: [.successful]).give(to: site, waiting: wait)
        {
            sentence(group: $0, wanted)
        }
    }

    /// What will happen.
    private func sentence(group: GroupMessage?, _ preferences: RefreshMessage.Preferences) -> String {
        let size = group?.maxSize ?? 0
        let away = max(1, size * (100 - preferences.minHealthyPercentage) / 100)
        return "\(zone): up to \(Words.count(size, "node")) are updated to \(version), at most \(away) at a time; "
            + (preferences.autoRollback ? "a failure takes all back" : "a failure ends it, and takes nothing back")
    }
}
