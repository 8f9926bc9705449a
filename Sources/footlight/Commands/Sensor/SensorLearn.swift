internal import ArgumentParser
internal import Documents
internal import Hardware
internal import Lighting
internal import MQTT
internal import Mesh

/// `footlight sensor learn`
struct SensorLearn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Listens to a sensor's topic, and proposes what to write into an agent's file.",
        discussion: """
            Walk past the sensor, and away from it, while it listens. What it writes is a comment but for what belongs
            into the agent's file. It ends as soon as it knows, or when the time is over. Exit code 0 if it knows of a
            sensor, 1 if not.

            EXAMPLES
              footlight sensor learn zigbee2mqtt/hall-pir
              footlight sensor learn 'frigate/#' --for 2m
            """)

    /// How many messages are shown.
    private static let shown = 20

    @Argument(help: ArgumentHelp("The topic; + and # stand for any.", valueName: "TOPIC"))
    var topic: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long to listen. (default: 60s)", valueName: "TIME"),
        transform: ArgumentText.duration(in: .seconds(1)...Duration.seconds(3600), example: "2m"))
    var time: Duration = .seconds(60)

    @OptionGroup(title: "BROKER") var broker: BrokerOptions

    func run() async throws {
        let learner = try await MQTTClient.withClient(try broker.configuration()) { client in
            let session = try await client.connected(within: .seconds(4))
            Screen.show(
                "# listening to \(Printable.text(topic)) at \(session.address): walk past the sensor, and away from it")
            flushOutput()
            return try await listen(client)
        }
        for line in learner.summary { Screen.show("# \(Printable.text(line))") }
        guard !learner.proposals.isEmpty else {
            throw Failure(
                .notSo,
                learner.summary.isEmpty
                    ? "no message on \(topic) in \(time.text); compare it with what comes: mosquitto_sub -v -t '#'"
                    : "nothing of what came on \(topic) looks like motion or light; write field, on and off by what is "
                        + "shown above")
        }
        Screen.show(lines: learner.text + "\n")
    }

    private func listen(_ client: MQTTClient) async throws -> SensorLearner {
        let isWild = topic.contains("+") || topic.contains("#")
        let messages = try await client.messages([topic] + (isWild ? [] : ["\(topic)/availability"]))
        return try await withThrowingTaskGroup(of: SensorLearner?.self) { group in
            let learning = Learning()
            group.addTask {
                for try await message in messages {
                    await learning.take(message)
                    if await learning.learner.isCertain { return nil }
                }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            _ = try await group.next()
            return await learning.learner
        }
    }

    /// What was heard, from two tasks.
    private actor Learning {
        private(set) var learner = SensorLearner()
        private var count = 0

        func take(_ message: ReceivedMessage) {
            learner.take(topic: message.topic, payload: message.payload, retained: message.retained)
            count += 1
            guard count <= SensorLearn.shown else { return }
            let text = Printable.text(String(decoding: message.payload.prefix(300), as: UTF8.self))
            Screen.show(
                "# \(HumanTime.clock(.now)) \(Printable.text(message.topic)) \(text)"
                    + (message.retained ? " (retained)" : ""))
            flushOutput()
        }
    }
}
