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

    @Option(help: "How many seeds, shared among all combinations of loss and threshold.") var seeds = 10_000
    @Option(help: "Tell the story of this seed instead.") var seed: UInt64?
    @Option(help: "How many at a time; by default, one per core.") var jobs: Int?

    /// What came of the seeds of one combination.
    private struct Cell: Sendable {
        var loss: Double
        var threshold: Int
        var seeds = 0
        var detections: [Double] = []
        var takeovers: [Double] = []
        var replacements = 0
        var replacementsWithoutFailure = 0
        var violations: [String] = []
    }

    func run() async throws {
        if let seed { return print(FleetSimulation.story(FleetScenario(seed: seed))) }
        let began = ContinuousClock.now
        var cells = FleetTable.losses.flatMap { loss in
            FleetTable.thresholds.map { Cell(loss: loss, threshold: $0) }
        }
        let count = max(1, seeds / cells.count)
        let width = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        await withTaskGroup(of: (Int, Bool, FleetSimulation.Outcome).self) { group in
            var next = 0
            func add() {
                guard next < count * cells.count else { return }
                // Each cell has seeds of its own; every third of them is one in which no node fails.
                let (index, number) = (next % cells.count, UInt64(next))
                let isCalm = next / cells.count % 3 == 0
                let scenario = FleetScenario(
                    seed: number + 1, theme: isCalm ? .network : .nodeFailures, loss: cells[index].loss,
                    unhealthyThreshold: cells[index].threshold)
                group.addTask { (index, isCalm, FleetSimulation.run(scenario)) }
                next += 1
            }
            for _ in 0..<width { add() }
            for await (index, isCalm, outcome) in group {
                add()
                cells[index].seeds += 1
                cells[index].detections += outcome.detections
                cells[index].takeovers += outcome.takeovers
                cells[index].replacements += outcome.replacements
                if isCalm { cells[index].replacementsWithoutFailure += outcome.replacements }
                if let violation = outcome.violation {
                    cells[index].violations.append("seed \(outcome.seed): \(violation)")
                }
            }
        }
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
        let takeovers = cells.flatMap(\.takeovers).sorted()
        if let last = takeovers.last {
            print(
                "\(takeovers.count) leaders killed: the next leads after \(text(takeovers[takeovers.count / 2])) s at the "
                    + "median, \(text(takeovers[(takeovers.count - 1) * 99 / 100])) s at the 99th percentile, "
                    + "\(text(last)) s at most")
        }
        let violations = cells.flatMap(\.violations)
        print(
            "\(cells.map(\.seeds).reduce(0, +)) seeds in \((ContinuousClock.now - began).components.seconds) s, "
                + "\(violations.count) with a violation")
        for violation in violations.prefix(20) { print("  \(violation)") }
        if !violations.isEmpty || cells.contains(where: { $0.replacementsWithoutFailure > 0 }) {
            throw ExitCode.failure
        }
    }

    private func text(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
