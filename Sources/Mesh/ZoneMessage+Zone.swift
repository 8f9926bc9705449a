public import Lighting

extension ZoneMessage {
    /// - Throws: ``MessageError`` for what is out of range or unknown in a message of this contract or an earlier one.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) { _ = try zone(&tolerance) }

    /// The zone that the message describes; what it leaves out is as by default.
    ///
    /// - Throws: ``MessageError`` for what is out of range or unknown.
    public func zone() throws(MessageError) -> Zone {
        var tolerance = Tolerance(contract)
        return try zone(&tolerance)
    }

    /// The zone that the message describes, without what only a later contract has: that is as by default.
    ///
    /// - Throws: ``MessageError`` for what is out of range or unknown in a message of this contract or an earlier one.
    private func zone(_ tolerance: inout Tolerance) throws(MessageError) -> Zone {
        guard bars.count <= Zone.maximumBars else {
            throw MessageError(.outOfRange, field: "bars", reason: "\(bars.count) are more than \(Zone.maximumBars)")
        }
        for (index, bar) in bars.enumerated() where Name.place(bar) == nil {
            throw MessageError(
                .outOfRange, field: "bars.[\(index)]", reason: "is not node or node/bar, each \(Name.rule)")
        }
        if let revision { _ = try checkInstant(revision, field: "revision") }
        let names = Set(bars)
        var zone = Zone(bars: bars, sensors: [:])
        for (sensor, position) in sensors {
            guard Name.place(sensor)?.part != nil else {
                throw MessageError(
                    .outOfRange, field: "sensors", reason: "\"\(sensor.prefix(140))\" is not node/sensor")
            }
            zone.sensors[sensor] = try tolerance.read(
                self.position(position, of: sensor, among: names), or: .first)
        }
        if let holdSeconds {
            zone.hold = try tolerance.read(
                checkSeconds(holdSeconds, within: Zone.holdRange, field: "holdSeconds"), or: zone.hold)
        }
        if let look { zone.look = try self.look(look, &tolerance) }
        if let wave { zone.wave = try self.wave(wave, field: "wave", &tolerance) }
        if let follow {
            zone.follow = try tolerance.read(self.follow(follow), or: nil)
        }
        if let profile { zone.profile = try self.profile(profile, &tolerance) }
        if let leadSeconds {
            zone.lead = try tolerance.read(
                checkSeconds(leadSeconds, within: Zone.leadRange, field: "leadSeconds"), or: nil)
        }
        if let onlyWhenDark { zone.onlyWhenDark = try tolerance.read(darkLimit(onlyWhenDark), or: nil) }
        if let manual {
            let usual = zone.manual
            zone.manual.on =
                try tolerance.read(ending(manual.on, manual.onSeconds, field: "manual.on"), or: nil) ?? usual.on
            zone.manual.off =
                try tolerance.read(ending(manual.off, manual.offSeconds, field: "manual.off"), or: nil) ?? usual.off
        }
        if let standby { zone.standby = try self.standby(standby, &tolerance) }
        zone.isMaster = master ?? false
        return zone
    }

    private func standby(
        _ message: Standby, _ tolerance: inout Tolerance
    ) throws(MessageError) -> Lighting.Standby? {
        guard let level = try tolerance.read(lightness(message.level, field: "standby.level"), or: nil) else {
            return nil
        }
        var standby = Lighting.Standby(level: level)
        if let colour = message.colour {
            standby.colour = try tolerance.read(checkColour(colour, field: "standby.colour"), or: nil)
        }
        if let name = message.bars {
            standby.bars = try tolerance.read(
                known(
                    Lighting.Standby.Bars(rawValue: name), name, "standby.bars",
                    Lighting.Standby.Bars.allCases.map(\.rawValue)), or: standby.bars)
        }
        return standby
    }

    private func ending(_ word: String?, _ seconds: Double?, field: String) throws(MessageError) -> Ending? {
        if let seconds { return .after(try checkSeconds(seconds, within: Ending.range, field: field + "Seconds")) }
        guard let word else { return nil }
        return try known(Ending.named.first { $0.name == word }?.ending, word, field, Ending.named.map(\.name))
    }

    private func position(
        _ text: String, of sensor: String, among bars: Set<String>
    ) throws(MessageError) -> SensorPosition {
        switch text {
        case "first": return .first
        case "last": return .last
        default:
            guard bars.contains(text) else {
                throw MessageError(
                    .outOfRange, field: "sensors.\(sensor)",
                    reason: "\"\(text.prefix(140))\" is neither first, last nor a bar of this zone")
            }
            return .bar(text)
        }
    }

    private func darkLimit(_ message: DarkLimit) throws(MessageError) -> Lighting.DarkLimit {
        guard Name.place(message.sensor)?.part != nil else {
            throw MessageError(
                .outOfRange, field: "onlyWhenDark.sensor",
                reason: "\"\(message.sensor.prefix(140))\" is not node/light sensor")
        }
        let lux = try check(message.belowLux, within: Lighting.DarkLimit.range, field: "onlyWhenDark.belowLux")
        return Lighting.DarkLimit(sensor: message.sensor, lux: lux)
    }

    private func look(_ message: Look, _ tolerance: inout Tolerance) throws(MessageError) -> Lighting.Look {
        var look = Lighting.Look()
        if let brightness = message.brightness {
            look.brightness = try tolerance.read(
                lightness(brightness, field: "look.brightness"), or: look.brightness)
        }
        if let colour = message.colour {
            look.colour = try tolerance.read(checkColour(colour, field: "look.colour"), or: look.colour)
        }
        if let gradient = message.gradient {
            look.gradient = try tolerance.read(checkColour(gradient, field: "look.gradient"), or: nil)
        }
        if let seconds = message.easeInSeconds {
            look.easeIn = try tolerance.read(
                checkSeconds(seconds, within: Lighting.Look.easeRange, field: "look.easeInSeconds"), or: look.easeIn)
        }
        if let seconds = message.easeOutSeconds {
            look.easeOut = try tolerance.read(
                checkSeconds(seconds, within: Lighting.Look.easeRange, field: "look.easeOutSeconds"), or: look.easeOut)
        }
        if let name = message.curve {
            look.curve = try tolerance.read(
                known(EasingCurve(rawValue: name), name, "look.curve", EasingCurve.allCases.map(\.rawValue)),
                or: look.curve)
        }
        return look
    }

    private func wave(
        _ message: Wave, field: String, _ tolerance: inout Tolerance
    ) throws(MessageError) -> Lighting.Wave {
        var wave = Lighting.Wave()
        let range = Lighting.Wave.delayRange
        if let seconds = message.delaySeconds {
            wave.delay = try tolerance.read(
                checkSeconds(seconds, within: range, field: field + ".delaySeconds"), or: wave.delay)
        }
        if let seconds = message.delayBackwardSeconds {
            wave.delayBackward = try tolerance.read(
                checkSeconds(seconds, within: range, field: field + ".delayBackwardSeconds"), or: nil)
        }
        if let seconds = message.alongSeconds {
            wave.along = try tolerance.read(
                checkSeconds(seconds, within: range, field: field + ".alongSeconds"), or: wave.along)
        }
        if let order = message.order {
            wave.order = try tolerance.read(self.order(order, field: field + ".order"), or: wave.order)
        }
        if let name = message.off {
            wave.off = try tolerance.read(
                known(
                    Lighting.Wave.Off(rawValue: name), name, field + ".off", Lighting.Wave.Off.allCases.map(\.rawValue)),
                or: wave.off)
        }
        return wave
    }

    private func follow(_ message: Follow) throws(MessageError) -> Lighting.Follow {
        var follow = Lighting.Follow()
        if let reach = message.reach {
            follow.reach = try check(reach, within: Lighting.Follow.reachRange, field: "follow.reach")
        }
        if let seconds = message.paceSeconds {
            follow.pace = try checkSeconds(
                seconds, within: Lighting.Follow.paceRange, field: "follow.paceSeconds")
        }
        return follow
    }

    private func order(_ message: Order, field: String) throws(MessageError) -> Lighting.Wave.Order {
        let named = Lighting.Wave.Order.named
        switch message {
        case .named(let name):
            return try known(named.first { $0.name == name }?.order, name, field, named.map(\.name))
        case .positions(let positions):
            guard positions.count == bars.count else {
                throw MessageError(
                    .outOfRange, field: field, reason: "\(positions.count) positions for \(bars.count) bars")
            }
            for position in positions { _ = try check(position, within: 0...Zone.maximumBars, field: field) }
            return .positions(positions)
        case .other:
            throw MessageError(
                .wrongType, field: field,
                reason: "is neither a list of whole numbers nor one of \(named.map(\.name).joined(separator: ", "))")
        }
    }

    private func profile(
        _ entries: [ProfileEntry], _ tolerance: inout Tolerance
    ) throws(MessageError) -> Profile {
        _ = try check(entries.count, within: 0...1440, field: "profile")
        var result: [Profile.Entry] = []
        for (index, entry) in entries.enumerated() {
            let field = "profile.[\(index)]"
            guard let from = try tolerance.read(instant(of: entry, after: result, field: field), or: nil) else {
                continue
            }
            var made = Profile.Entry(from: from)
            if let brightness = entry.brightness {
                made.brightness = try tolerance.read(
                    lightness(brightness, field: field + ".brightness"), or: nil)
            }
            if let colour = entry.colour {
                made.colour = try tolerance.read(checkColour(colour, field: field + ".colour"), or: nil)
            }
            if let seconds = entry.holdSeconds {
                made.hold = try tolerance.read(
                    checkSeconds(seconds, within: Zone.holdRange, field: field + ".holdSeconds"), or: nil)
            }
            if let seconds = entry.easeInSeconds {
                made.easeIn = try tolerance.read(
                    checkSeconds(seconds, within: Lighting.Look.easeRange, field: field + ".easeInSeconds"), or: nil)
            }
            if let seconds = entry.easeOutSeconds {
                made.easeOut = try tolerance.read(
                    checkSeconds(seconds, within: Lighting.Look.easeRange, field: field + ".easeOutSeconds"), or: nil)
            }
            if let standby = entry.standby {
                made.standby = try tolerance.read(lightness(standby, field: field + ".standby"), or: nil)
            }
            if let wave = entry.wave { made.wave = try self.wave(wave, field: field + ".wave", &tolerance) }
            result.append(made)
        }
        return Profile(result)
    }

    private func instant(
        of entry: ProfileEntry, after others: [Profile.Entry], field: String
    ) throws(MessageError) -> ProfileTime? {
        guard let from = ProfileTime(text: entry.from), !others.contains(where: { $0.from == from }) else {
            throw MessageError(
                .outOfRange, field: field + ".from",
                reason:
                    "\"\(entry.from.prefix(20))\" is not a time of its own from 00:00 to 23:59, sunrise or sunset, or up to 6h before or after one of these"
            )
        }
        return from
    }

    private func lightness(_ value: Double, field: String) throws(MessageError) -> Lightness {
        Lightness(try check(value, within: 0...1, field: field))
    }

    private func known<Value>(
        _ value: Value?, _ name: String, _ field: String, _ names: [String]
    ) throws(MessageError) -> Value {
        guard let value else {
            throw MessageError(
                .outOfRange, field: field, reason: "\"\(name.prefix(40))\" is none of \(names.joined(separator: ", "))")
        }
        return value
    }
}
