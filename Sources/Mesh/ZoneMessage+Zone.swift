public import Lighting

extension ZoneMessage {
    /// The zone that the message describes; what it leaves out is as by default.
    ///
    /// - Throws: ``MessageError`` for what is out of range or unknown.
    public func zone() throws(MessageError) -> Zone {
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
            switch position {
            case "first": zone.sensors[sensor] = .first
            case "last": zone.sensors[sensor] = .last
            default:
                guard names.contains(position) else {
                    throw MessageError(
                        .outOfRange, field: "sensors.\(sensor)",
                        reason: "\"\(position.prefix(140))\" is neither first, last nor a bar of this zone")
                }
                zone.sensors[sensor] = .bar(position)
            }
        }
        if let holdSeconds {
            zone.hold = try checkSeconds(holdSeconds, within: Zone.holdRange, field: "holdSeconds")
        }
        if let look { zone.look = try self.look(look) }
        if let wave { zone.wave = try self.wave(wave) }
        if let profile { zone.profile = try self.profile(profile) }
        if let leadSeconds {
            zone.lead = try checkSeconds(leadSeconds, within: Zone.leadRange, field: "leadSeconds")
        }
        if let onlyWhenDark { zone.onlyWhenDark = try darkLimit(onlyWhenDark) }
        return zone
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

    private func look(_ message: Look) throws(MessageError) -> Lighting.Look {
        var look = Lighting.Look()
        if let brightness = message.brightness {
            look.brightness = Lightness(try check(brightness, within: 0...1, field: "look.brightness"))
        }
        if let colour = message.colour { look.colour = try checkColour(colour, field: "look.colour") }
        if let gradient = message.gradient { look.gradient = try checkColour(gradient, field: "look.gradient") }
        if let seconds = message.easeInSeconds {
            look.easeIn = try checkSeconds(seconds, within: Lighting.Look.easeRange, field: "look.easeInSeconds")
        }
        if let seconds = message.easeOutSeconds {
            look.easeOut = try checkSeconds(seconds, within: Lighting.Look.easeRange, field: "look.easeOutSeconds")
        }
        if let name = message.curve {
            guard let curve = EasingCurve(rawValue: name) else {
                throw unknown(name, field: "look.curve", of: EasingCurve.allCases.map(\.rawValue))
            }
            look.curve = curve
        }
        return look
    }

    private func wave(_ message: Wave) throws(MessageError) -> Lighting.Wave {
        var wave = Lighting.Wave()
        if let seconds = message.delaySeconds {
            wave.delay = try checkSeconds(seconds, within: Lighting.Wave.delayRange, field: "wave.delaySeconds")
        }
        if let seconds = message.alongSeconds {
            wave.along = try checkSeconds(seconds, within: Lighting.Wave.delayRange, field: "wave.alongSeconds")
        }
        switch message.order {
        case .named(let name):
            guard let named = Lighting.Wave.Order.named.first(where: { $0.name == name }) else {
                throw unknown(name, field: "wave.order", of: Lighting.Wave.Order.named.map(\.name))
            }
            wave.order = named.order
        case .positions(let positions):
            guard positions.count == bars.count else {
                throw MessageError(
                    .outOfRange, field: "wave.order", reason: "\(positions.count) positions for \(bars.count) bars")
            }
            for position in positions { _ = try check(position, within: 0...Zone.maximumBars, field: "wave.order") }
            wave.order = .positions(positions)
        case nil: break
        }
        if let name = message.off {
            guard let off = Lighting.Wave.Off(rawValue: name) else {
                throw unknown(name, field: "wave.off", of: Lighting.Wave.Off.allCases.map(\.rawValue))
            }
            wave.off = off
        }
        return wave
    }

    private func profile(_ entries: [ProfileEntry]) throws(MessageError) -> Profile {
        _ = try check(entries.count, within: 0...1440, field: "profile")
        var result: [Profile.Entry] = []
        for (index, entry) in entries.enumerated() {
            let field = "profile.[\(index)]"
            guard let from = TimeOfDay(text: entry.from), !result.contains(where: { $0.from == from }) else {
                throw MessageError(
                    .outOfRange, field: field + ".from",
                    reason: "\"\(entry.from.prefix(20))\" is not a time of its own from 00:00 to 23:59")
            }
            var made = Profile.Entry(from: from)
            if let brightness = entry.brightness {
                made.brightness = Lightness(try check(brightness, within: 0...1, field: field + ".brightness"))
            }
            if let colour = entry.colour { made.colour = try checkColour(colour, field: field + ".colour") }
            result.append(made)
        }
        return Profile(result)
    }

    private func unknown(_ name: String, field: String, of known: [String]) -> MessageError {
        MessageError(
            .outOfRange, field: field, reason: "\"\(name.prefix(40))\" is none of \(known.joined(separator: ", "))")
    }
}
