internal import ArgumentParser
internal import Glibc
internal import MQTT
internal import Processes

/// `footlight-bench`: measures Footlight beside what the kernel and libmosquitto do on the same machine at the same time.
@main
struct FootlightBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-bench",
        abstract: "Measures Footlight, each figure beside a reference taken in the same run.",
        discussion: """
            All on this machine: a private broker, agents as they are installed, reference programs in C that take turns
            with them. A figure is judged by its ratio to its reference, so that a slow or busy machine is no excuse and
            a quick one no merit. The exit code is 0, or 1 if something isn't reached.

            EXAMPLES
              make bench
              make bench ARGS="--quick"
              make bench ARGS="--only wave,edge --json"
              make bench ARGS="--only endurance"
            """)

    @Option(
        help: ArgumentHelp(
            "Only these parts: \(Part.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "PARTS"))
    var only: PartList = PartList(parts: Part.usual)

    @Flag(help: "Few activations: minutes in place of a quarter of an hour, and rougher.")
    var quick = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(
        help: ArgumentHelp("The agent to measure; by default the installed form, in .build-static.", valueName: "PATH"))
    var agent: String?

    func run() async throws {
        do {
            try await measure()
        } catch let failure as BenchFailure {
            Progress.say(failure.description)
            throw ExitCode(EX_UNAVAILABLE)
        } catch let failure as ProcessFailure {
            Progress.say(failure.description)
            throw ExitCode(EX_UNAVAILABLE)
        }
    }

    private func measure() async throws {
        raiseFileLimit()
        let programs = try Programs(agent: agent)
        var report = Report(machine: Machine(), isQuick: quick)
        let stairs: Set<Part> = [.together, .wave, .edge, .footprint]
        let bench = Bench(programs: programs, isQuick: quick)
        if !only.parts.isDisjoint(with: stairs) { report.rows += try await bench.stairs(only.parts) }
        if only.parts.contains(.wireless) { report.rows += try await bench.wireless() }
        if only.parts.contains(.scale) { report.rows += try await bench.scale() }
        if only.parts.contains(.takeover) { report.rows += try await bench.takeover() }
        if only.parts.contains(.fleet) { report.rows += try await bench.care() }
        if only.parts.contains(.backend) { report.rows += try await bench.backend() }
        if only.parts.contains(.endurance) { report.rows += try await bench.endurance() }
        report.machine.loadAfter = Machine.load
        try report.show(json: json)
        if report.rows.contains(where: { !$0.isReached }) { throw ExitCode(1) }
    }

    /// A thousand connections are more than a process may have by default.
    private func raiseFileLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
