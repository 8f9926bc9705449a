public import Lighting

/// The manual commands in force over a zone and its bars, as the zone's keeper publishes them.
public struct OverrideMessage: Codable, Sendable, Hashable {
    /// One command.
    public struct Entry: Codable, Sendable, Hashable {
        var mode: String
        var level: Double?
        var colour: String?
        var start: Int64
        var until: Int64?
        var easeSeconds: Double?
    }

    /// When the keeper said so, nanoseconds of mesh time; of two, the later holds.
    public var issued: Int64
    /// The names of the last commands that it took up, the latest last.
    public var ids: [String]
    var zone: Entry?
    var bars: [String: Entry]
    /// The highest contract of those who wrote what is in it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case issued, ids, zone, bars
        case contract = "protocol"
    }

    /// How many names of commands are kept.
    static let maximumIDs = 16

    /// No command at all.
    public init() {
        issued = 0
        ids = []
        bars = [:]
    }

    /// Takes up a command at `now`, to begin `lead` later, so that all bars have it by then.
    public mutating func take(_ command: ZoneCommand, at now: MeshInstant, lead: Duration) {
        let start = now + lead
        var entry = Entry(mode: "auto", start: start.nanoseconds, easeSeconds: command.ease?.seconds)
        switch command.mode {
        case .on(let brightness, let colour):
            entry.mode = "on"
            entry.level = brightness?.value
            entry.colour = colour?.text
        case .off: entry.mode = "off"
        case .auto: break
        }
        entry.until = command.duration.map { (start + $0).nanoseconds }
        if let bar = command.bar {
            bars[bar] = entry
        } else {
            // The latest command wins: one for the zone ends those for its bars.
            zone = entry
            bars = [:]
        }
        issued = max(now.nanoseconds, issued + 1)
        contract = max(contract ?? 1, Version.contract)
        if let id = command.id { ids = ids.suffix(OverrideMessage.maximumIDs - 1) + [id] }
    }

    /// Takes up that somebody took it away: that is a word, too, and later than the one that it ends.
    mutating func clear() {
        guard zone != nil || !bars.isEmpty else { return }
        zone = nil
        bars = [:]
        issued += 1
    }

    /// Refuses what lies in the future: no later command could overrule it.
    ///
    /// - Throws: ``MessageError``.
    func checkIssued(at now: MeshInstant) throws(MessageError) {
        _ = try checkInstant(issued, field: "issued", at: now)
    }

    /// The commands, checked.
    ///
    /// - Throws: ``MessageError``.
    public func overrides() throws(MessageError) -> (zone: Override?, bars: [String: Override]) {
        let commands = try read()
        return (commands.zone, commands.bars)
    }

    /// The commands, without what only a later contract has.
    ///
    /// - Throws: ``MessageError``.
    func read() throws(MessageError) -> (zone: Override?, bars: [String: Override], tolerance: Tolerance) {
        var tolerance = Tolerance(contract)
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
        return (try zone?.override(field: "zone", &tolerance), result, tolerance)
    }
}

extension OverrideMessage.Entry {
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
        if let easeSeconds {
            override.ease = try tolerance.read(
                checkSeconds(easeSeconds, within: Look.easeRange, field: field + ".easeSeconds"), or: nil)
        }
        return override
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
