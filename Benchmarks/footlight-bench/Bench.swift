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

    /// Staircases whose every agent is behind Wi-Fi.
    func wireless() async throws -> [Row] {
        Progress.say("wireless: starting \(Bench.sets * StairParts.processes) agents")
        let programs = programs
        let references = try References(programs)
        let (broker, proxy, port) = try await onThread {
            let broker = try LocalBroker(configuration: programs.brokerConfiguration)
            let port = try FreePort.next()
            return (broker, try references.proxy(listen: port, to: broker.port), port)
        }
        let fleet = try await onThread {
            try Fleet(programs, port: port, sets: Bench.sets, processes: StairParts.processes)
        }
        let rounds = rounds
        return try await with(client: broker.address) { client in
            try await fleet.waitUntilOnline(client)
            let row = try await Wireless(
                client: client, fleet: fleet, port: port, references: references, rounds: rounds
            ).run()
            try await onThread {
                try fleet.end()
                try references.end(proxy)
            }
            return [row]
        }
    }

    /// One zone of ever more bars.
    func scale() async throws -> [Row] {
        try await Scale(programs: programs, sizes: isQuick ? [10, 100] : [10, 100, 1000], rounds: isQuick ? 5 : 15)
            .run()
    }

    /// One mesh whose reference is killed in the midst of activations.
    func takeover() async throws -> [Row] {
        let activations = isQuick ? 10 : 100
        let programs = programs
        let (broker, site) = try await onThread {
            let broker = try LocalBroker(configuration: programs.brokerConfiguration)
            return (broker, try TakeoverSite(programs, port: broker.port, zones: min(activations, 20)))
        }
        return try await with(client: broker.address) { client in
            try await Takeover(
                client: client, site: site, references: try References(programs), activations: activations
            ).run()
        }
    }

    /// Many nodes and one fleet agent.
    func care() async throws -> [Row] {
        let count = isQuick ? 100 : 1000
        Progress.say("fleet: starting \(count) nodes")
        let programs = programs
        let (broker, fleet) = try await onThread {
            let broker = try LocalBroker(configuration: programs.brokerConfiguration)
            return (broker, try Care.start(programs, port: broker.port, count: count))
        }
        let rounds = isQuick ? 3 : 12
        return try await with(client: broker.address) { client in
            let rows = try await Care(
                programs: programs, client: client, fleet: fleet, broker: broker, count: count, rounds: rounds
            ).run()
            try await onThread { try fleet.end() }
            return rows
        }
    }

    /// One instance of the backend, and its database alone.
    func backend() async throws -> [Row] {
        try await BackendBench(programs: programs, batches: isQuick ? 20 : 100, rounds: isQuick ? 3 : 10).run()
    }

    /// One instance of the backend, for long.
    func endurance() async throws -> [Row] {
        try await BackendEndurance(programs: programs, records: isQuick ? 200_000 : 10_000_000).run()
    }

    private func with<Result>(
        client address: BrokerAddress, _ body: (MQTTClient) async throws -> Result
    ) async throws -> Result {
        let configuration = MQTTConfiguration(addresses: [address], clientID: "footlight-bench")
        return try await MQTTClient.withClient(configuration) { try await body($0) }
    }
}
