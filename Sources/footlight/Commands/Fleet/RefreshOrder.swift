internal import Fleet
internal import Glibc
internal import Lighting
internal import Mesh

/// An order about a refresh, whose end may be waited for.
struct RefreshOrder {
    /// How often a line that tells of time is drawn.
    private static let pace = Duration.milliseconds(250)
    /// How long the fleet agent is given to write what it has accepted.
    private static let patience = Duration.seconds(10)

    let order: FleetOrder
    let zone: String
    /// The ends that are as wanted.
    let successes: Set<RefreshMessage.Status>

    init(_ order: FleetOrder, zone: String, successes: Set<RefreshMessage.Status>) {
        self.order = order
        self.zone = zone
        self.successes = successes
    }

    /// Gives the order and says what will happen; where that is wanted, shows how it goes until it has ended.
    ///
    /// - Throws: ``Failure``: it was refused, or ended otherwise than it should; `MQTTError`.
    func give(
        to options: SiteOptions, waiting: Bool, saying sentence: @Sendable (GroupMessage?) -> String
    ) async throws {
        try await options.withSite { session in
            try await session.withFleet { feed in
                let before = await feed.now.groups[zone]
                try await order.give(session)
                Screen.show("\(sentence(before))")
                flushOutput()
                if waiting { try await follow(feed, before: before?.refresh) }
            }
        }
    }

    private func follow(_ feed: FleetFeed, before: RefreshMessage?) async throws {
        let zone = zone
        await feed.wait(within: RefreshOrder.patience) { $0.groups[zone]?.refresh != before }
        let isTerminal = isatty(2) == 1
        defer { if isTerminal { TerminalLine.clear() } }
        var told = ""
        while true {
            let state = await feed.now
            if await feed.isOver {
                throw Failure(.unavailable, "the connection to the broker ended; the refresh goes on")
            }
            guard let group = state.groups[zone], let refresh = group.refresh else {
                throw Failure(.unavailable, "the fleet agent has written nothing of a refresh of \(zone); see its log")
            }
            let row = RefreshRow(refresh, zone: zone, at: .now)
            if !refresh.isOpen {
                if isTerminal { TerminalLine.clear() }
                let words = "\(zone): \(row.words) (\(HumanTime.span(row.seconds)))"
                guard successes.contains(refresh.status) else { throw Failure(.notSo, words) }
                return Screen.show("\(words)")
            }
            let line = RefreshOrder.progress(row, group)
            if isTerminal {
                let wait = row.waitsSeconds.map { ", \(HumanTime.span($0)) more" } ?? ""
                TerminalLine.show("\(HumanTime.span(row.seconds))  \(line)\(wait)")
            } else if line != told {
                Screen.show("\(HumanTime.clock(.now)) \(line)")
                flushOutput()
            }
            told = line
            try await Task.sleep(for: RefreshOrder.pace)
        }
    }

    /// `InProgress: 5 of 12 nodes have 1.2.0; now stair-06`
    private static func progress(_ row: RefreshRow, _ group: GroupMessage) -> String {
        let nodes = group.activities.filter { $0.isOpen && $0.kind == .update }.map(\.node)
        return row.words + (nodes.isEmpty ? "" : "; now \(nodes.joined(separator: ", "))")
            + (group.holding.map { "; holds back: \($0)" } ?? "")
    }
}
