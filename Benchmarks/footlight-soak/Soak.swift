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
    @Option(help: "How many lines of the story, from its end.") var lines = 200
    @Option(help: "How many at a time; by default, one per core.") var jobs: Int?

    func validate() throws {
        if seeds == 0 { throw ValidationError("--seeds must be 1 or more") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    }

    func run() async throws {
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
}
