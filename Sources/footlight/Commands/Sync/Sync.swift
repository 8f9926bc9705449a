internal import ArgumentParser
internal import Lighting
internal import MQTT
internal import Mesh

/// `footlight sync`
struct Sync: AsyncParsableCommand {
    private static let interval = Duration.seconds(2)

    static let configuration = CommandConfiguration(
        abstract: "Shows how together the bars light, and how true each node's clock is.",
        discussion: """
            For each zone: the lead, and the spread of first light over the bars of its last activations. For each
            node: how far its clock is off the mesh's, the most it can be off, its drift, the quickest way to the
            reference and back, and how long almost all messages take to it; and what spoils it, with the remedy.

            EXAMPLES
              footlight sync
              footlight sync stairs --watch
              footlight sync --json
            """)

    @Argument(help: ArgumentHelp("The zone; all of them if none is named.", valueName: "ZONE"))
    var zone: String?

    @Flag(help: "Show it anew every two seconds, until interrupted.")
    var watch = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var site: SiteOptions

    func run() async throws {
        try await site.withSite { session in
            repeat {
                let report = try await measure(session)
                if json {
                    try JSONOutput.show(report)
                } else {
                    if watch, Screen.columns != nil { Screen.clear() }
                    report.show()
                }
                flushOutput()
                if watch { try await Task.sleep(for: Sync.interval) }
            } while watch
        }
    }

    private func measure(_ session: SiteSession) async throws -> SyncReport {
        let snapshot = try await session.snapshot()
        if let zone { try session.check(zone: zone, among: Array(snapshot.zones.keys)) }
        let online = snapshot.presence.clockOrder
        let messages = try await session.client.messages([Topic.health(node: "+").name(site: session.site)])
        try await session.askForReports(of: online)
        let site = session.site
        let health = await collect(from: messages, nodes: Set(online), site: site)
        return SyncReport(snapshot, health: health, zone: zone)
    }

    /// The health of nodes, as far as it comes in time.
    private func collect(from messages: MQTTMessages, nodes: Set<String>, site: String) async -> [String: HealthMessage]
    {
        let gathered = HealthGathering()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    for try await message in messages {
                        guard case .health(let node) = Topic(name: message.topic, site: site),
                            let health = try? JSON.decode(HealthMessage.self, from: message.payload)
                        else { continue }
                        if await gathered.add(health, of: node) == nodes { return }
                    }
                } catch {}
            }
            group.addTask { try? await Task.sleep(for: SiteSession.reportPatience) }
            if !nodes.isEmpty { await group.next() }
            group.cancelAll()
        }
        return await gathered.health
    }
}

/// The reports that have come so far.
private actor HealthGathering {
    private(set) var health: [String: HealthMessage] = [:]

    /// - Returns: whose report has come.
    func add(_ message: HealthMessage, of node: String) -> Set<String> {
        health[node] = message
        return Set(health.keys)
    }
}
