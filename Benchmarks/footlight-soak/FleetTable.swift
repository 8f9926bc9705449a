internal import ArgumentParser
internal import Glibc
internal import Simulation

/// `footlight-soak fleet`: lives through fleets of many seeds, and tells how soon failures are found, over loss and
/// thresholds.
struct FleetTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet", abstract: "Run fleets of nodes and fleet agents in a simulator, from many seeds.")

    private static let losses = [0, 0.01, 0.05, 0.1, 0.2]
    private static let thresholds = [2, 3, 5]

    @Option(help: "How many seeds at least, shared among all combinations of loss and threshold.") var seeds = 10_000
    @Option(help: "Tell the story of this seed of the table instead.") var seed: UInt64?
    @Option(help: "How many at a time; by default, one per core.") var jobs: Int?

    /// What came of the seeds of one combination.
    private struct Cell: Sendable {
        var loss: Double
        var threshold: Int
        var seeds = 0
        var detections: [Double] = []
        var takeovers: [(seconds: Double, seed: UInt64)] = []
        var replacements = 0
        var replacementsWithoutFailure = 0
        var killsAmid = 0
        var killsEndedRight = 0
        var violations: [String] = []

        mutating func add(_ outcome: FleetSimulation.Outcome, _ theme: FleetScenario.Theme) {
            seeds += 1
            // Where leaders are killed all the time, they find failures later.
            if theme != .leaderKills { detections += outcome.detections }
            takeovers += outcome.takeovers.map { ($0, outcome.seed) }
            replacements += outcome.replacements
            killsAmid += outcome.killsAmid
            killsEndedRight += outcome.killsEndedRight
            if theme == .network { replacementsWithoutFailure += outcome.replacements }
            if let violation = outcome.violation { violations.append("seed \(outcome.seed): \(violation)") }
        }
    }

    func validate() throws {
        if seeds < 1 { throw ValidationError("--seeds must be 1 or more") }
        if seed == 0 { throw ValidationError("seeds begin at 1") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    }

    /// Each combination has seeds of its own: of four, one in which no node fails, two in which nodes do, and one in which
    /// the leader is killed whenever anything is under way.
    private static func place(of seed: UInt64) -> (cell: Int, theme: FleetScenario.Theme) {
        let number = Int((seed - 1) % 1_000_000_000)
        let (turn, cell) = number.quotientAndRemainder(dividingBy: losses.count * thresholds.count)
        return (cell, [.network, .nodeFailures, .leaderKills, .nodeFailures][turn % 4])
    }

    private static func scenario(seed: UInt64) -> FleetScenario {
        let place = place(of: seed)
        return FleetScenario(
            seed: seed, theme: place.theme, loss: losses[place.cell / thresholds.count],
            unhealthyThreshold: thresholds[place.cell % thresholds.count])
    }

    func run() async throws {
        if let seed { return print(FleetSimulation.story(FleetTable.scenario(seed: seed))) }
        let began = ContinuousClock.now
        var cells = FleetTable.losses.flatMap { loss in
            FleetTable.thresholds.map { Cell(loss: loss, threshold: $0) }
        }
        let total = (seeds + cells.count - 1) / cells.count * cells.count
        let width = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        var progress = Progress()
        await withTaskGroup(of: FleetSimulation.Outcome.self) { group in
            var next: UInt64 = 1
            func add() {
                guard next <= total else { return }
                let scenario = FleetTable.scenario(seed: next)
                group.addTask { FleetSimulation.run(scenario) }
                next += 1
            }
            for _ in 0..<width { add() }
            for await outcome in group {
                add()
                let place = FleetTable.place(of: outcome.seed)
                cells[place.cell].add(outcome, place.theme)
                if let violation = outcome.violation { progress.tell("seed \(outcome.seed): \(violation)") }
                progress.show {
                    "\(cells.map(\.seeds).reduce(0, +)) of \(total) seeds, \(cells.map(\.violations.count).reduce(0, +)) "
                        + "with a violation"
                }
            }
        }
        progress.clear()
        print("| loss | unhealthyThreshold | seeds | failures | median s | p99 s | longest s | replacements | false |")
        print("|---|---|---|---|---|---|---|---|---|")
        for cell in cells {
            let sorted = cell.detections.sorted()
            func figure(_ share: Double) -> String {
                guard let last = sorted.indices.last else { return "–" }
                return text(sorted[Int((Double(last) * share).rounded())])
            }
            print(
                "| \(Int(cell.loss * 100)) % | \(cell.threshold) | \(cell.seeds) | \(sorted.count) | \(figure(0.5)) "
                    + "| \(figure(0.99)) | \(figure(1)) | \(cell.replacements) | \(cell.replacementsWithoutFailure) |")
        }
        let takeovers = cells.flatMap(\.takeovers).sorted { $0.seconds < $1.seconds }
        if let last = takeovers.last {
            print(
                "\(takeovers.count) leaders killed: the next leads after \(text(takeovers[takeovers.count / 2].seconds)) s at the "
                    + "median, \(text(takeovers[(takeovers.count - 1) * 99 / 100].seconds)) s at the 99th percentile, "
                    + "\(text(last.seconds)) s at most (seed \(last.seed))")
        }
        print(
            "\(cells.map(\.killsAmid).reduce(0, +)) leaders killed amid a replacement or a refresh: after "
                + "\(cells.map(\.killsEndedRight).reduce(0, +)) of them all that was under way ended right, once each")
        let violations = cells.flatMap(\.violations)
        print(
            "\(cells.map(\.seeds).reduce(0, +)) seeds in \((ContinuousClock.now - began).components.seconds) s, "
                + "\(violations.count) with a violation")
        for violation in violations.prefix(20) { print("  \(violation)") }
        if !violations.isEmpty { print("To replay one: footlight-soak fleet --seed SEED") }
        if !violations.isEmpty
            || cells.contains(where: { $0.replacementsWithoutFailure > 0 || $0.killsEndedRight < $0.killsAmid })
        {
            throw ExitCode.failure
        }
    }

    private func text(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
