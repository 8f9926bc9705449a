internal import Processes
internal import TestSupport

/// One instance of the backend that takes record after record, on each kind of store: does it stay as small as it was?
struct BackendEndurance {
    /// How many records go together, as many as fleet agents send, and how many batches there are between two looks.
    private static let (batch, batches) = (1000, 100)
    private static let clients = 4

    let programs: Programs
    /// How many records it takes on each store.
    let records: Int

    func run() async throws -> [Row] {
        let server = try await onThread { try PostgresServer() }
        let address = try await onThread { try server.newDatabase() }
        var rows = try await take("PostgreSQL", address)
        let folder = try TemporaryFolder("bench")
        rows += try await take("SQLite", "sqlite://\(folder.path)/backend.sqlite")
        return rows
    }

    private func take(_ name: String, _ store: String) async throws -> [Row] {
        let instance = try await BackendInstance.start(programs, store: store, site: "bench")
        defer { instance.end() }
        let looks = max(1, records / (Self.batch * Self.batches))
        var (memory, seconds) = ([Double](), [Double]())
        var latencies: [[Double]] = []
        func work(_ look: Int) async throws -> [[UInt8]] {
            try await onThread {
                try RecordBatch.all(Self.batches, of: Self.batch, round: look).map(\.body)
            }
        }
        var bodies = try await work(0)
        for look in 0..<looks {
            if look.isMultiple(of: max(1, looks / 20)) {
                let count = look * Self.batch * Self.batches
                Progress.say("endurance: \(name), after \(count) of \(records): \(instance.residentKilobytes) kB")
            }
            async let next = look + 1 < looks ? work(look + 1) : []
            let sent = try await instance.send(bodies, clients: Self.clients)
            memory.append(Double(instance.residentKilobytes))
            seconds.append(sent.seconds)
            latencies.append(sent.latencies)
            bodies = try await next
        }
        let count = looks * Self.batch * Self.batches
        let tenth = max(1, looks / 10)
        func figure(_ kilobytes: some Sequence<Double>) -> Figure {
            Figure(Sample(Array(kilobytes)), unit: "MB", per: 1024)
        }
        func latency(_ looks: some Sequence<[Double]>) -> String {
            let sample = Sample(looks.flatMap { $0 })
            return "\(Notes.number(sample.median * 1e3)) ms (p99 \(Notes.number(sample.p99 * 1e3)) ms)"
        }
        let perSecond = Int(Double(count) / seconds.reduce(0, +))
        return [
            Row(
                .endurance, "\(name): an instance's largest memory, over \(count) records",
                figure([Double(instance.largestKilobytes)]), judged: .median, limit: 60,
                notes: [
                    "\(name): \(perSecond) records a second, while the next were made up; a request of 1000 took "
                        + "\(latency(latencies.prefix(tenth))) in the first tenth, \(latency(latencies.suffix(tenth))) in the last"
                ]),
            Row(
                .endurance, "\(name): its memory in the last tenth", figure(memory.suffix(tenth)),
                against: "in the first tenth", figure(memory.prefix(tenth)), judged: .median, limit: 1.1),
        ]
    }
}
