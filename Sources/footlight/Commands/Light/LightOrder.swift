internal import Documents
internal import Lighting
internal import MQTT
internal import Mesh

/// A manual command on its way to the keepers of the zones that it is for.
struct LightOrder: Sendable {
    let mode: ZoneCommand.Mode
    let target: TargetArguments
    let ending: Ending?
    let ease: Duration?

    /// What became of it, of one zone or bar.
    private struct Row: Encodable {
        var zone: String
        /// The bar's name in the zone; nil: all of them.
        var bar: String?
        var done: Bool
        /// What was done, or why not.
        var result: String
    }

    /// Gives the order, and returns when the keeper of each zone has made an override of it. Whatever one of them does, the
    /// others' are given.
    ///
    /// - Throws: ``Failure`` that names the zones that didn't take it; `MQTTError`.
    func give(to options: SiteOptions) async throws {
        try await options.withSite { session in
            let snapshot = try await session.snapshot()
            try await session.warningOfSplit(snapshot.presence) { try await give(in: session, on: snapshot) }
        }
    }

    private func give(in session: SiteSession, on snapshot: SiteSnapshot) async throws {
        let targets =
            try target.all
            ? LightTarget.everyZone(in: snapshot)
            : LightTarget.all(target.targets, bar: target.bar, in: snapshot)
        let mode = LightOrder.mode(mode, for: targets, isGroup: target.isGroup, in: snapshot)
        let commands = targets.map {
            ZoneCommand(mode: mode, bar: $0.bar, ending: ending, ease: ease, id: SiteSession.newID())
        }
        let outcomes = try await session.give(zip(targets, commands).map { ($0.zone, $1) })
        var rows: [Row] = []
        var failures: [(target: LightTarget, failure: Failure)] = []
        for (target, command) in zip(targets, commands) {
            var failure: Failure?
            switch command.id.flatMap({ outcomes[$0] }) {
            case .obeyed: break
            case .refused(let reason): failure = Failure(.notSo, "zone \(target.zone) refuses: \(reason)")
            case nil: failure = unanswered(target, snapshot)
            }
            if let failure { failures.append((target, failure)) }
            rows.append(
                Row(
                    zone: target.zone, bar: target.bar, done: failure == nil,
                    result: failure?.description ?? sentence(mode)))
        }
        try show(rows, targets)
        guard let first = failures.first else { return }
        if !target.isGroup, !target.json { throw first.failure }
        let names = failures.map(\.target.text).joined(separator: ", ")
        throw Failure(
            failures.contains { $0.failure.code == .notSo } ? .notSo : .unavailable,
            "\(failures.count) of \(targets.count) didn't take it: \(names)")
    }

    /// What each is told. A toggle of several puts all out where any is lit, so that they don't change places.
    static func mode(
        _ mode: ZoneCommand.Mode, for targets: [LightTarget], isGroup: Bool, in snapshot: SiteSnapshot
    ) -> ZoneCommand.Mode {
        guard isGroup, mode == .toggle else { return mode }
        let isAnyLit = targets.contains { target in
            if let bar = target.bar { return snapshot.report(of: bar)?.on == true }
            return snapshot.reports[target.zone]?.state == "ON"
        }
        return isAnyLit ? .off : .on(brightness: nil, colour: nil)
    }

    private func show(_ rows: [Row], _ targets: [LightTarget]) throws {
        if target.json { return try JSONOutput.show(rows) }
        guard target.isGroup else {
            for (row, target) in zip(rows, targets) where row.done { Screen.show("\(target.text): \(row.result)") }
            return
        }
        var table = Table(["TARGET", "RESULT"])
        for (row, target) in zip(rows, targets) {
            table.add([.init(target.text), .init(row.result, row.done ? .plain : .red)])
        }
        table.show()
    }

    private func unanswered(_ target: LightTarget, _ snapshot: SiteSnapshot) -> Failure {
        let nodes = snapshot.zones[target.zone].map(SiteSnapshot.nodes) ?? []
        let online = nodes.filter { snapshot.presence.isOnline($0) }
        let patience = SiteSession.patience.text
        if online.isEmpty {
            return Failure(
                .unavailable,
                "zone \(target.zone) did not answer within \(patience): none of its nodes is online "
                    + "(\(nodes.prefix(6).joined(separator: ", "))\(nodes.count > 6 ? ", …" : "")); "
                    + "start footlight-agent on them")
        }
        let keeper = snapshot.presence.first(of: online) ?? online[0]
        return Failure(
            .unavailable,
            "zone \(target.zone) did not answer within \(patience), although its keeper \(keeper) is said to be online; "
                + "see the log of footlight-agent there (journalctl -u footlight-agent@\(keeper))")
    }

    private func sentence(_ mode: ZoneCommand.Mode) -> String {
        var words: [String] = []
        switch mode {
        case .on(let brightness, let colour):
            words.append("on")
            if let brightness { words.append(brightness.text) }
            if let colour { words.append(colour.text) }
        case .off: words.append("off")
        case .auto: words.append("left to its sensors")
        case .toggle: words.append("toggled")
        }
        switch ending {
        case .after(let time): words.append("for \(time.text), until \(HumanTime.clock(.now + time))")
        case .absence(.visit): words.append("until nobody has moved for the hold")
        case .absence(.empty): words.append("until nobody is there")
        case .never, nil: break
        }
        return words.joined(separator: ", ")
    }
}
