internal import MQTT
internal import Processes

/// Sets the stage for each part.
struct Bench {
    /// How many staircases take turns: as many as make a turn longer than the hold.
    static let sets = 30

    let programs: Programs
    let isQuick: Bool

    private var rounds: Int { isQuick ? 2 : 10 }

    /// The parts on staircases of ten agents.
    func stairs(_ parts: Set<Part>) async throws -> [Row] {
        Progress.say("starting \(Bench.sets * StairParts.processes) agents")
        let programs = programs
        let (broker, fleet) = try await onThread {
            let broker = try LocalBroker(configuration: programs.brokerConfiguration)
            return (
                broker,
                try Fleet(programs, port: broker.port, sets: Bench.sets, processes: StairParts.processes)
            )
        }
        return try await with(client: broker.address) { client in
            try await fleet.waitUntilOnline(client)
            let rows = try await StairParts(
                client: client, fleet: fleet, broker: broker, programs: programs, rounds: rounds, parts: parts
            ).run()
            try await onThread { try fleet.end() }
            return rows
        }
    }

    private func with<Result>(
        client address: BrokerAddress, _ body: (MQTTClient) async throws -> Result
    ) async throws -> Result {
        let configuration = MQTTConfiguration(addresses: [address], clientID: "footlight-bench")
        return try await MQTTClient.withClient(configuration) { try await body($0) }
    }
}
