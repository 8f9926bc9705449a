internal import ArgumentParser
internal import Lighting
internal import Mesh

/// `footlight watch`
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the bars live, in their colours.",
        discussion: """
            Draws what bars show, from the same facts as the bars themselves; q ends it. Where the output is no
            terminal, a line tells of each change of a zone, until interrupted.

            EXAMPLES
              footlight watch                 # all zones
              footlight watch stairs
              footlight watch stairs | tee stairs.log
            """)

    @OptionGroup var site: SiteOptions

    @Argument(help: ArgumentHelp("The zones; all of them if none is named.", valueName: "ZONE"))
    var zones: [String] = []

    func run() async throws {
        try await site.withSite { session in
            let known = Array(try await session.snapshot().zones.keys)
            for zone in zones { try session.check(zone: zone, among: known) }
            let feed = MeshFeed(site: session.site)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await feed.listen(to: session.client) }
                if let terminal = RawTerminal() {
                    try await LiveScreen(feed: feed, zones: zones, help: "q quits") { _ in }.run(on: terminal)
                } else {
                    try await tell(of: feed)
                }
                group.cancelAll()
            }
        }
    }

    /// A line for each change of a zone.
    private func tell(of feed: MeshFeed) async throws {
        var told: [String: String] = [:]
        for await _ in await feed.changes() {
            let observer = await feed.now
            for name in observer.zoneNames where zones.isEmpty || zones.contains(name) {
                guard let zone = observer.zone(name) else { continue }
                let now = MeshInstant.now
                let (light, reason) = zone.asOneLight(at: now)
                let isAsleep = observer.presence.sleeps(SiteSnapshot.nodes(of: zone.zone))
                let line: String
                switch reason {
                case _ where isAsleep: line = "asleep"
                case .idle: line = "dark"
                case .manual: line = light.lightness > .dark ? "on by command" : "off by command"
                case .motion: line = "lit by motion at \(zone.activation?.origin ?? "?")"
                }
                let level =
                    light.lightness > .dark && !isAsleep
                    ? " \(Int((light.lightness.value * 100).rounded()))% \(light.colour.text)" : ""
                guard told[name] != line + level else { continue }
                told[name] = line + level
                Screen.show("\(HumanTime.clock(now, milliseconds: true)) \(name) \(line)\(level)")
                flushOutput()
            }
        }
    }
}
