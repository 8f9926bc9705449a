internal import Lighting

extension NodeCore {
    mutating func takeAction(_ message: ActionMessage, at now: MeshInstant) throws(MessageError) {
        guard taken.take(message.id, isProbe: message.action == "probe") else { return }
        if let error = try perform(message, at: now) { return answer(message.id, error: error) }
        if !ActionMessage.repeatable.contains(message.action) {
            // On the topic of answers: versions that don't know of it take no notice of that.
            let topic = Topic.result(node: description.node).name(site: description.site)
            actions.append(.remember(topic: topic, payload: JSON.encode(taken.obey(message.id))))
        }
        if !taken.isUnderWay(message.id), !held.contains(where: { $0.id == message.id }) {
            answer(message.id, error: nil)
        }
    }

    /// What was obeyed before this start of the agent isn't obeyed again.
    mutating func recall(_ payload: [UInt8]) throws(MessageError) {
        taken.recall(try JSON.decode(ActionMemory.Record.self, from: payload))
    }

    /// Does what has waited for the disk: all of it, or what has waited for long enough.
    mutating func release(isSaved: Bool, at now: MeshInstant) {
        let due = held.filter { isSaved || $0.until <= now }
        guard !due.isEmpty else { return }
        held.removeAll { isSaved || $0.until <= now }
        for one in due {
            if one.action == .restart { answer(one.id, error: nil) }
            actions.append(one.action)
        }
    }

    /// True if something waits for what is to be remembered to be on the disk: ``NodeEvent/saved`` is to tell of that.
    public var awaitsSaving: Bool { !held.isEmpty }

    private mutating func hold(_ action: NodeAction, id: String, at now: MeshInstant) {
        held.append(HeldAction(id: id, action: action, until: now + HeldAction.patience))
    }

    /// What takes a while has come to its end: it is answered.
    mutating func finished(_ id: String, figures: [String: Double], failure: String?) {
        guard taken.end(id) else { return }
        answer(id, error: failure, figures: figures)
    }

    private mutating func answer(_ id: String, error: String?, figures: [String: Double] = [:]) {
        let result = ResultMessage(
            id: id, done: error == nil, error: error, figures: figures.isEmpty ? nil : figures)
        publish(.result(node: description.node), JSON.encode(result), retain: false)
    }

    /// - Returns: why it was not done.
    private mutating func perform(_ message: ActionMessage, at now: MeshInstant) throws(MessageError) -> String? {
        let range = Duration.zero...Duration.seconds(3600)
        let time = try message.seconds.map { value throws(MessageError) in
            try checkSeconds(value, within: range, field: "seconds")
        }
        if let expires = message.expires, try checkInstant(expires, field: "expires") < now {
            return "expired \((now - MeshInstant(nanoseconds: expires)).seconds) s ago; was the sender's clock right?"
        }
        if let bootId = message.bootId, bootId != description.bootId {
            return "meant for boot \(Excerpt.of(bootId, limit: 64)) of this agent; this is \(description.bootId)"
        }
        switch message.action {
        case "trigger":
            guard let index = sensors.firstIndex(where: { $0.description.name == message.sensor }) else {
                let names = sensors.map(\.description.name).joined(separator: ", ")
                return
                    "no sensor \"\(Excerpt.of(message.sensor ?? "", limit: 64))\" here; there is \(names.isEmpty ? "none" : names)"
            }
            isFresh = false
            trigger(index, for: time ?? .zero, at: now)
        case "identify":
            for index in bars.indices { bars[index].identify(until: now + (time ?? .seconds(5))) }
        case "report": agenda[.health] = now
        case "restart": hold(.restart, id: message.id, at: now)
        case "probe":
            if let busy = taken.begin(message.id) { return busy }
            // The report first: whoever asked judges by it when the answer comes.
            agenda[.health] = now + NodeCore.healthInterval
            actions.append(.reportHealth)
            actions.append(.probe(id: message.id))
        case "reboot":
            guard description.commands.contains(.reboot) else { return Self.lacks("reboot") }
            if let busy = taken.begin(message.id) { return busy }
            hold(.run(.reboot, id: message.id), id: message.id, at: now)
        case "update":
            guard description.commands.contains(.update) else { return Self.lacks("update") }
            guard let version = message.version, Self.isVersion(version) else {
                return "version \(Excerpt.of(message.version ?? "", limit: 64)) is not 1 to 64 of A-Z a-z 0-9 . _ + ~ "
                    + "-, beginning with a letter or digit, and without \"..\""
            }
            if let busy = taken.begin(message.id) { return busy }
            hold(.run(.update(version: version), id: message.id), id: message.id, at: now)
        default:
            return "no action \"\(Excerpt.of(message.action, limit: 64))\"; there are trigger, identify, report, "
                + "restart, probe, reboot, update\(Version.origin(message.contract))"
        }
        return nil
    }

    private static func lacks(_ command: String) -> String {
        "this node has no command for it; add commands: {\(command): [/path/of/program]} to its agent's file"
    }

    /// What becomes a program's argument is a version and nothing else: no option, no folder, nobody's home.
    private static func isVersion(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.first.map { !".-_+~".utf8.contains($0) } == true
            && !text.contains("..")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: ".-_+~".utf8.contains(byte)
                }
            }
    }
}
