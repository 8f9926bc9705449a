public import Hardware
public import NodeFile

/// Looks at all that an agent needs, and tells what to do about what it lacks.
public struct Checkup: Sendable {
    let file: AgentFile
    let board: Board

    /// - Parameters:
    ///   - file: the agent's.
    ///   - board: where its devices are.
    public init(_ file: AgentFile, board: Board = Board()) {
        self.file = file
        self.board = board
    }

    /// All findings, those about the agent's own things first. It takes as long as the brokers do: seconds, where none
    /// answers.
    public func findings() async -> [Finding] {
        // A list of lists: the compiler of Swift 6.2 takes a sum of so many for too complex.
        var findings = [
            user(), files(), lines(), outputs(), boardSensors(), lights(), realTime(), wiFi(), clock(),
        ].flatMap { $0 }
        findings += await tls()
        findings += await brokers()
        findings += await sensors()
        return findings
    }

    /// Whoever may do anything can't say what the agent may.
    func user() -> [Finding] {
        guard Board.isSuperuser else { return [.fine("user", "looked at as \(Board.user)")] }
        return [
            .warning(
                "user", "root may open everything, and the agent may not",
                remedy: "Look as the agent's user: sudo -u footlight footlight doctor")
        ]
    }
}
