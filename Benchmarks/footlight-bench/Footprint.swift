internal import Processes

/// Memory and CPU of agents at rest.
struct Footprint {
    /// What an activation may cost, so that one every ten seconds stays below 0.1 % of a core.
    private static let activationLimitMilliseconds = 10.0

    let fleet: Fleet
    let isQuick: Bool

    /// How long the agents are left alone.
    var seconds: Double { isQuick ? 20 : 60 }

    /// Leaves the agents alone, and says what they took.
    func rows() async throws -> [Row] {
        let pids = fleet.pids
        let before = pids.map(ProcessFigures.cpu)
        try await Task.sleep(for: .seconds(seconds))
        let after = pids.map(ProcessFigures.cpu)
        let shares = Sample(zip(after, before).map { Double($0 - $1) / (seconds * 1e9) * 100 })
        let memory = Sample(pids.map { Double(ProcessFigures.residentKilobytes($0)) / 1000 })
        return [
            Row(
                .footprint, "an agent's memory (VmRSS)", Figure(memory, unit: "MB"), judged: .p99, limit: 16,
                notes: ["of \(pids.count) agents; the largest has \(Notes.number(memory.largest)) MB"]),
            Row(
                .footprint, "an agent's CPU at rest", Figure(shares, unit: "% of a core"), judged: .p99, limit: 0.1,
                notes: ["over \(Int(seconds)) s, with the health report every 10 s"]),
        ]
    }

    /// - Parameter perActivation: CPU nanoseconds that an agent used for an activation, all told.
    static func row(perActivation: Double) -> Row {
        Row(
            .footprint, "an agent's CPU per activation", Figure(Sample([perActivation]), unit: "ms", per: 1e6),
            judged: .median, limit: Footprint.activationLimitMilliseconds,
            notes: ["on, off and all reports; 10 ms would be 0.1 % of a core with an activation every 10 s"])
    }
}
