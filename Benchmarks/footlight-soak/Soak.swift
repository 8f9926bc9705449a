internal import ArgumentParser
internal import Glibc
internal import Simulation

/// Lives through the histories of many seeds, and tells of those in which an invariant is violated.
struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mesh", abstract: "Run the mesh in a simulator, from many seeds.")

    @Option(help: "How many seeds.") var seeds: UInt64 = 1000
    @Option(help: "The first seed.") var first: UInt64 = 1
    @Option(help: "Tell the story of this seed instead.") var seed: UInt64?
    @Option(help: "Keep the scenario of that seed in this file, without what doesn't matter to its violation.")
    var save: String?
    @Option(help: "Tell the story of the scenario in this file instead.") var scenario: String?
    @Option(help: "How many lines of the story, from its end.") var lines = 200
    @Option(help: "How many at a time; by default, one per core.") var jobs: Int?

    func validate() throws {
        if seeds == 0 { throw ValidationError("--seeds must be 1 or more") }
        if save != nil, seed == nil { throw ValidationError("--save keeps the scenario of a --seed") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    }

    func run() async throws {
        if let scenario { return try tell(scenario) }
        if let seed, let save { return try keep(seed, in: save) }
        if let seed { return print(Simulation.story(seed: seed, lineCount: lines)) }
        let clock = ContinuousClock()
        let began = clock.now
        var tally = Tally()
        var progress = Progress()
        let cores = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        await withTaskGroup(of: Simulation.Outcome.self) { group in
            var next = first
            for _ in 0..<UInt64(min(UInt64(cores), seeds)) {
                let seed = next
                group.addTask { Simulation.run(seed: seed) }
                next += 1
            }
            for await outcome in group {
                if next < first + seeds {
                    let seed = next
                    group.addTask { Simulation.run(seed: seed) }
                    next += 1
                }
                tally.add(outcome)
                if let violation = outcome.violation {
                    progress.clear()
                    print("seed \(outcome.seed): \(violation.invariant.rawValue) \(violation)")
                    fflush(nil)
                }
                progress.show {
                    "\(tally.count) of \(seeds) seeds, \(tally.failing.count) with a violation, "
                        + "\(tally.speed(after: clock.now - began)) node-hours per second"
                }
            }
        }
        progress.clear()
        tally.report(after: clock.now - began)
        if !tally.failing.isEmpty { throw ExitCode.failure }
    }

    private func keep(_ seed: UInt64, in path: String) throws {
        guard let bytes = Simulation.save(seed: seed) else {
            throw ValidationError("seed \(seed) violates nothing that a file could keep")
        }
        guard let file = fopen(path, "w") else {
            throw ValidationError("\(path) can't be written: \(String(cString: strerror(errno)))")
        }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten else { throw ValidationError("\(path) can't be written") }
    }

    private func tell(_ path: String) throws {
        guard let file = fopen(path, "r") else {
            throw ValidationError("\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        print(try Simulation.story(file: bytes, lineCount: lines))
    }
}
