public import Lighting

/// The manual commands in force over a zone and its bars, as the zone's keeper publishes them.
public struct OverrideMessage: Payload, Hashable {
    /// One command.
    public struct Entry: Codable, Sendable, Hashable {
        var mode: String
        var level: Double?
        var colour: String?
        var start: Int64
        var until: Int64?
        /// `visit` or `empty`: it ends by itself, too, once nobody is there.
        var ends: String?
        var easeSeconds: Double?
        /// Those that hold until it begins, the earliest first.
        var before: [Entry]?
        /// The bar that it is for; only of a flash.
        var bar: String?
    }

    /// The instant at which the keeper said so, nanoseconds of mesh time; of two, the later holds.
    public var issued: Int64
    /// The names of the last commands that it took up, the latest last.
    public var ids: [String]
    var zone: Entry?
    var bars: [String: Entry]
    /// A light that flashes beside all that.
    var flash: Entry?
    /// The highest contract of those who wrote what is in it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case issued, ids, zone, bars, flash
        case contract = "protocol"
    }

    /// How many names of commands are kept.
    static let maximumIDs = 16
    /// How many commands are kept that hold until the next begins: a slider that is drawn sends many.
    static let maximumBefore = 4

    /// No command at all.
    public init() {
        issued = 0
        ids = []
        bars = [:]
    }

    /// Takes up a command at `now`, to begin `lead` later, so that all bars have it by then.
    ///
    /// - Parameters:
    ///   - state: how things stand in the zone: what a command doesn't name stays as it is. Nil: nothing is known.
    ///   - bar: the command's bar as the hardware that fills its place is called.
    public mutating func take(
        _ command: ZoneCommand, at now: MeshInstant, lead: Duration, in state: ZoneState? = nil, bar: String? = nil
    ) {
        let override = command.override(from: now + lead, in: state, bar: bar)
        var entry = Entry(override)
        if let until = flash?.until, until <= now.nanoseconds { flash = nil }
        if let time = command.flash {
            entry.until = (override.start + time).nanoseconds
            entry.bar = command.bar
            flash = entry
        } else if let bar = command.bar {
            entry.take(over: bars[bar], at: now)
            bars[bar] = entry
        } else {
            // The latest command wins: one for the zone ends those for its bars.
            entry.take(over: zone, at: now)
            zone = entry
            bars = bars.compactMapValues { $0.ending(at: entry.start, after: now) }
        }
        issued = max(now.nanoseconds, issued + 1)
        contract = max(contract ?? 1, Version.contract)
        if let id = command.id { ids = ids.suffix(OverrideMessage.maximumIDs - 1) + [id] }
    }

    /// Whether any of the commands ends by itself once nobody is there.
    var hasSelfEnding: Bool { zone?.ends != nil || bars.values.contains { $0.ends != nil } }

    /// A command has ended by itself at `instant`: said once, that holds, whatever is heard or configured later.
    ///
    /// - Parameter bar: the bar that it was for; nil: the zone.
    mutating func end(_ bar: String?, at instant: MeshInstant) {
        let known = if let bar { bars[bar] } else { zone }
        guard var entry = known else { return }
        entry.until = min(known?.until ?? .max, instant.nanoseconds)
        entry.ends = nil
        if let bar { bars[bar] = entry } else { zone = entry }
    }

    /// Leaves out what will be over when the latest command has begun: a light that dips for a moment is better than none.
    mutating func leaveOutFormer() {
        zone?.before = nil
        bars = bars.filter { $0.value.until ?? .max > issued + 1_000_000_000 }
        for bar in bars.keys { bars[bar]?.before = nil }
    }

    /// The commands once the clock that they were given by was set by `step`: what lies ahead of `limit` by the present one was
    /// given by it as it was, and counts as given so much earlier. Else nothing that is given now would ever overrule it.
    func shifted(by step: Duration, aheadOf limit: MeshInstant) -> OverrideMessage {
        guard issued > limit.nanoseconds else { return self }
        var message = self
        message.issued &+= step.nanoseconds
        message.zone = zone?.shifted(by: step, aheadOf: limit)
        message.bars = bars.mapValues { $0.shifted(by: step, aheadOf: limit) }
        message.flash = flash?.shifted(by: step, aheadOf: limit)
        return message
    }

    /// Takes up that somebody took it away: that is a word, too, and later than the one that it ends.
    mutating func clear() {
        guard zone != nil || !bars.isEmpty || flash != nil else { return }
        zone = nil
        bars = [:]
        flash = nil
        issued += 1
    }

    /// When the message says that it was issued, by whatever clock; nil: it can't be read.
    static func issued(in payload: [UInt8]) -> Int64? {
        (try? JSON.decode(OverrideMessage.self, from: payload))?.issued
    }

    /// Refuses what lies in the future: no later command could overrule it.
    ///
    /// - Throws: ``MessageError``.
    func checkIssued(at now: MeshInstant) throws(MessageError) {
        _ = try checkInstant(issued, field: "issued", at: now)
    }

    /// - Throws: ``MessageError`` for commands that are none in a message of this contract or an earlier one.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) { _ = try read(&tolerance) }

    /// The commands, checked.
    ///
    /// - Throws: ``MessageError``.
    public func overrides() throws(MessageError) -> (zone: Override?, bars: [String: Override]) {
        var tolerance = Tolerance(contract)
        let commands = try read(&tolerance)
        return (commands.zone, commands.bars)
    }

    /// What ``read(_:)`` finds.
    struct Commands {
        var zone: Override?
        var bars: [String: Override]
        var flash: (bar: String?, light: Override)?
    }

    /// The commands, without what only a later contract has.
    ///
    /// - Throws: ``MessageError``.
    func read(_ tolerance: inout Tolerance) throws(MessageError) -> Commands {
        _ = try checkInstant(issued, field: "issued")
        guard ids.count <= OverrideMessage.maximumIDs, ids.allSatisfy({ $0.utf8.count <= 64 }) else {
            throw MessageError(
                .outOfRange, field: "ids", reason: "are not up to \(OverrideMessage.maximumIDs) of up to 64 bytes each")
        }
        var result: [String: Override] = [:]
        for (bar, entry) in bars {
            guard Name.place(bar) != nil else {
                throw MessageError(.outOfRange, field: "bars", reason: "\"\(bar.prefix(140))\" is not node or node/bar")
            }
            result[bar] = try entry.override(field: "bars.\(bar)", &tolerance)
        }
        let zone = try zone?.override(field: "zone", &tolerance)
        var flashing: (bar: String?, light: Override)?
        if let flash {
            let light = try flash.override(field: "flash", &tolerance)
            if let light, light.until != nil { flashing = (flash.bar, light) }
        }
        return Commands(zone: zone, bars: result, flash: flashing)
    }
}

extension OverrideMessage.Entry {
    /// One that was given before ends where the next begins, and may have begun by another clock.
    fileprivate func shifted(by step: Duration, aheadOf limit: MeshInstant) -> Self {
        var entry = self
        let isAhead = start > limit.nanoseconds
        if isAhead { entry.start &+= step.nanoseconds }
        if let until, isAhead { entry.until = until &+ step.nanoseconds }
        entry.before = before?.map { former in
            var former = former.shifted(by: step, aheadOf: limit)
            former.until = former.until.map { min($0, entry.start) }
            return former
        }
        return entry
    }

    fileprivate init(_ override: Override) {
        mode = "auto"
        start = override.start.nanoseconds
        until = override.until?.nanoseconds
        ends = override.ends?.rawValue
        easeSeconds = override.ease?.seconds
        switch override.mode {
        case .on(let brightness, let colour):
            mode = "on"
            level = brightness?.value
            colour.map { self.colour = $0.text }
        case .off: mode = "off"
        case .auto: break
        }
    }

    /// It takes over at its start from what was in force, and from what was to begin before that.
    fileprivate mutating func take(over former: Self?, at now: MeshInstant) {
        var known = former?.before ?? []
        if var former {
            former.before = nil
            known.append(former)
        }
        known.removeAll { $0.until ?? .max <= now.nanoseconds || $0.start >= start }
        // The one in force and those that begin soonest: who sends faster than that has the last seen, and the latest.
        if known.count > OverrideMessage.maximumBefore {
            known.removeSubrange(OverrideMessage.maximumBefore...)
            known[known.count - 1].until = start
        }
        for index in known.indices {
            let next = index + 1 < known.count ? known[index + 1].start : start
            known[index].until = min(known[index].until ?? .max, next)
        }
        before = known.isEmpty ? nil : known
    }

    /// It until another takes over at `start`; nil: it is over by `now`.
    fileprivate func ending(at start: Int64, after now: MeshInstant) -> Self? {
        var entry = self
        entry.until = min(until ?? .max, start)
        return entry.until ?? 0 > now.nanoseconds ? entry : nil
    }

    /// Nil: what it does is known to a later contract only.
    fileprivate func override(field: String, _ tolerance: inout Tolerance) throws(MessageError) -> Override? {
        guard var mode = try tolerance.read(self.mode(field: field + ".mode"), or: nil) else { return nil }
        if case .on = mode {
            var brightness: Lightness?
            if let level {
                brightness = try tolerance.read(check(level, within: 0...1, field: field + ".level"), or: nil)
                    .map { Lightness($0) }
            }
            var light: Colour?
            if let colour { light = try tolerance.read(checkColour(colour, field: field + ".colour"), or: nil) }
            mode = .on(brightness: brightness, colour: light)
        }
        var override = Override(mode: mode, start: try checkInstant(start, field: field + ".start"))
        if let until { override.until = try checkInstant(until, field: field + ".until") }
        if let ends { override.ends = try tolerance.read(absence(ends, field: field + ".ends"), or: nil) }
        if let easeSeconds {
            override.ease = try tolerance.read(
                checkSeconds(easeSeconds, within: Look.easeRange, field: field + ".easeSeconds"), or: nil)
        }
        for (index, entry) in (before ?? []).prefix(OverrideMessage.maximumBefore).enumerated() {
            let earlier = try entry.override(field: "\(field).before.[\(index)]", &tolerance)
            if let earlier, earlier.before.isEmpty { override.before.append(earlier) }
        }
        return override
    }

    private func absence(_ word: String, field: String) throws(MessageError) -> Ending.Absence? {
        guard let absence = Ending.Absence(rawValue: word) else {
            throw MessageError(.outOfRange, field: field, reason: "is none of visit, empty")
        }
        return absence
    }

    private func mode(field: String) throws(MessageError) -> Override.Mode? {
        switch mode {
        case "on": return .on(brightness: nil, colour: nil)
        case "off": return .off
        case "auto": return .auto
        default: throw MessageError(.outOfRange, field: field, reason: "is none of on, off, auto")
        }
    }
}
