internal import ArgumentParser
internal import Glibc
internal import MQTT
internal import Processes

/// `footlight-chaos`: breaks everything between a site's sensors and the backend's database, and counts what arrived.
@main
struct FootlightChaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-chaos",
        abstract: "Break a site's way to the backend, and the backend, at random; then count the records.",
        discussion: """
            A real mosquitto, ten agents that see motion all the time, two fleet agents, HAProxy, three footlight-backend, two
            PostgreSQL servers of which one is the other's synchronous standby. All of them are killed, ended, frozen, scaled to
            zero, cut off, and their disks filled; a killed primary's standby is promoted. At the end every record that a fleet agent
            acknowledged to a node must be in the database exactly once, no chain may have a gap, and verify must find all whole.
            Exit code 0 if so, else 1; the logs are kept then.

            EXAMPLES
              make chaos MINUTES=10
              make chaos MINUTES=1 SEED=7
            """)

    @Option(help: "How long, in minutes; what was begun is finished.")
    var minutes = 10.0

    @Option(help: "The seed of what is done; the timing is never quite the same.")
    var seed: UInt64 = .random(in: 0..<1_000_000)

    func validate() throws {
        guard (0.1...6000).contains(minutes) else { throw ValidationError("--minutes is 0.1 to 6000") }
    }

    func run() async throws {
        let site: ChaosSite
        do {
            site = try await onThread { try ChaosSite() }
        } catch let failure as ProcessFailure {
            say("chaos: \(failure)")
            throw ExitCode(69)
        }
        say("chaos: seed \(seed), \(minutes) minutes, logs in \(site.folder)")
        if !site.hasDisks { say("chaos: no disk is filled: that needs to be root, and to mount") }
        let client = MQTTConfiguration(addresses: [site.broker.address], clientID: "chaos-judge")
        let faults = try await MQTTClient.withClient(client) { client in
            var chaos = Chaos(site: site, client: client, seed: seed)
            return try await chaos.run(minutes: minutes)
        }
        site.end(keepingLogs: !faults.isEmpty)
        for fault in faults { say("chaos: FAULT \(fault)") }
        if !faults.isEmpty { throw ExitCode(1) }
    }
}

/// Writes a line to standard output, at once.
func say(_ text: String) {
    print(text)
    fflush(nil)
}
