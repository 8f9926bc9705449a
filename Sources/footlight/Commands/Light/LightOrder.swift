internal import Configuration
internal import Lighting
internal import MQTT
internal import Mesh

/// A manual command on its way to the keepers of the zones that it is for.
struct LightOrder: Sendable {
    let mode: ZoneCommand.Mode
    let text: String
    let isBar: Bool
    let ending: Ending?
    let ease: Duration?

    init(mode: ZoneCommand.Mode, target: TargetArguments, ending: Ending?, ease: Duration?) {
        self.mode = mode
        text = target.target
        isBar = target.bar
        self.ending = ending
        self.ease = ease
    }

    /// Gives the order, and returns when the keeper of each zone has made an override of it.
    ///
    /// - Throws: ``Failure``, `MQTTError`.
    func give(to options: SiteOptions) async throws {
        try await options.withSite { session in
            let snapshot = try await session.snapshot()
            let targets = try LightTarget.named(text, bar: isBar, in: snapshot)
            for target in targets {
                guard try await give(to: target, session) else { throw unanswered(target, snapshot) }
                Screen.show("\(sentence(target))")
            }
        }
    }

    private func give(to target: LightTarget, _ session: SiteSession) async throws -> Bool {
        let id = SiteSession.newID()
        let command = ZoneCommand(mode: mode, bar: target.bar, ending: ending, ease: ease, id: id)
        let question = MQTTMessage(
            topic: Topic.set(zone: target.zone).name(site: session.site), payload: command.payload)
        let topics = [Topic.override(zone: target.zone), .zoneResult(zone: target.zone)].map {
            $0.name(site: session.site)
        }
        let answer = try await session.ask(question, resends: true, on: topics) { message -> Answer? in
            if let result = try? JSON.decode(ZoneResultMessage.self, from: message.payload), result.id == id {
                return result.error.map { .refused($0) }
            }
            let override = try? JSON.decode(OverrideMessage.self, from: message.payload)
            return override?.ids.contains(id) == true ? .obeyed : nil
        }
        if case .refused(let reason)? = answer {
            throw Failure(.notSo, "zone \(target.zone) refuses: \(reason)")
        }
        return answer != nil
    }

    private enum Answer {
        case obeyed
        case refused(String)
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

    private func sentence(_ target: LightTarget) -> String {
        var words = [target.bar.map { "\($0) (zone \(target.zone))" } ?? target.zone]
        switch mode {
        case .on(let brightness, let colour):
            words[0] += ": on"
            if let brightness { words.append(brightness.text) }
            if let colour { words.append(colour.text) }
        case .off: words[0] += ": off"
        case .auto: words[0] += ": left to its sensors"
        case .toggle: words[0] += ": toggled"
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
