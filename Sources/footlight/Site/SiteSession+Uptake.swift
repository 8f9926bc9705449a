internal import Lighting
internal import MQTT
internal import Mesh

extension SiteSession {
    /// How long nodes are given to take up what was published: a node that is busy with much of it takes a while.
    static let uptakePatience = Duration.seconds(10)
    /// After how long who hasn't followed is asked again, and a person is told what is waited for.
    private static let uptakePace = Duration.seconds(2)

    /// Waits until the nodes report that they have taken up what was published.
    ///
    /// - Parameter telling: takes a line about what is waited for, every two seconds.
    /// - Returns: the nodes that haven't, when it was over.
    func laggards(of uptake: SiteUptake, telling: (String) -> Void) async throws -> [SiteUptake.Laggard] {
        guard !uptake.nodes.isEmpty else { return [] }
        return try await withFleet { feed in
            let clock = ContinuousClock()
            let end = clock.now + SiteSession.uptakePatience
            var late = uptake.nodes
            while true {
                try await askForReports(of: late)
                let pace = min(SiteSession.uptakePace, end - clock.now)
                await feed.wait(within: pace) { uptake.laggards(in: $0).isEmpty }
                let laggards = uptake.laggards(in: await feed.now)
                guard !laggards.isEmpty, clock.now < end else { return laggards }
                if await feed.isOver { throw Failure(.unavailable, "the connection to the broker ended") }
                late = Set(laggards.map(\.node)).sorted()
                let shown =
                    late.prefix(5).joined(separator: ", ") + (late.count > 5 ? " and \(late.count - 5) more" : "")
                telling("waiting for \(Words.count(late.count, "node")) to take it up: \(shown)")
            }
        }
    }
}
