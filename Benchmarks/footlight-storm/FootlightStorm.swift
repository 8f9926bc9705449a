internal import ArgumentParser
internal import MQTT
internal import Processes

/// `footlight-storm`: kills, stops and starts everything at random while people walk, and judges from outside.
@main
struct FootlightStorm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-storm",
        abstract: "Break a site of real processes at random, and judge what its bars show afterwards.",
        discussion: """
            A real mosquitto, eleven agents (one a spare), two fleet agents. In each round agents, fleet agents and the
            broker are killed, ended, stopped and started while people walk and switch; then comes a calm. What is demanded
            then, and within what time, is printed first. The judge reads traces, topics and processes' endings, and shares
            no code with what decides. The same seed is the same schedule, though never quite the same timing.
            Exit code 0 without a fault, else 1; the logs are kept then.

            EXAMPLES
              make storm MINUTES=10
              make storm MINUTES=1 SEED=7
            """)

    @Option(help: "How long, in minutes; the last round is finished.")
    var minutes = 10.0

    @Option(help: "The seed of the schedule; by default a new one.")
    var seed: UInt64 = .random(in: 0..<1_000_000)

    @Flag(help: "Keep the logs without a fault too.")
    var keep = false

    func validate() throws {
        guard (0.1...6000).contains(minutes) else { throw ValidationError("--minutes is 0.1 to 6000") }
    }

    func run() async throws {
        let site: StormSite
        do {
            site = try StormSite(seed: seed)
        } catch let failure as ProcessFailure {
            Story.say("storm: \(failure)")
            throw ExitCode(69)
        }
        let story = Story(folder: site.folder)
        Story.say("storm: seed \(seed), \(minutes) minutes, logs in \(site.folder)")
        Story.say(Storm.demands)
        let client = MQTTConfiguration(addresses: [site.broker.address], clientID: "storm-judge")
        let faults = try await MQTTClient.withClient(client) { client in
            var storm = Storm(site: site, client: client, story: story, seed: seed)
            return try await storm.run(minutes: minutes)
        }
        site.end()
        if faults > 0 || keep { site.saveLogs() } else { site.removeLogs() }
        if faults > 0 { throw ExitCode(1) }
    }
}
