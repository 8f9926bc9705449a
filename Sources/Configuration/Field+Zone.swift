import Lighting
import YAML

extension Field {
    /// One zone.
    func zone() -> Zone? {
        let known = [
            "bars", "sensors", "hold", "look", "wave", "follow", "profile", "lead", "onlyWhenDark", "manual", "standby",
            "master",
        ]
        let hints = [
            "bar": "Did you mean bars?",
            "guide": "Write standby: 3%, for instance",
            "brightness": "Write look: {brightness: 60%}, for instance",
            "colour": "Write look: {colour: 2700K}, for instance",
        ]
        guard let fields = fields(known, example: "{bars: [stair-01]}", hints: hints) else { return nil }
        let barList = fields["bars"]?.bars()
        let bars = barList ?? []
        // Where the bars can't be read, what refers to them can't be judged.
        let barsAreKnown = fields["bars"] == nil || barList != nil
        let sensors = fields["sensors"]?.sensors(bars: barsAreKnown ? bars : nil)
        if bars.isEmpty, barsAreKnown, sensors?.isEmpty ?? (fields["sensors"] == nil) {
            fields.missing(
                "bars", problem: "is missing, and so is sensors", remedy: "Write bars: [stair-01], for instance")
        }
        var zone = Zone(bars: bars, sensors: sensors ?? [:])
        zone.hold =
            fields["hold"]?.duration(in: Zone.holdRange, "a hold", example: "60s") ?? zone.hold
        zone.look = fields["look"]?.look() ?? zone.look
        let barCount = barsAreKnown ? bars.count : nil
        zone.wave = fields["wave"]?.wave(bars: barCount)
        zone.follow = fields["follow"]?.follow()
        let isFollowing = fields["follow"] != nil
        if isFollowing { fields["wave"]?.checkFollows(zone.wave) }
        zone.profile = Profile(
            fields["profile"]?.profile {
                let wave = $0.wave(bars: barCount, insteadOf: zone.wave)
                if isFollowing { $0.checkFollows(wave) }
                return wave
            } ?? [])
        if let lead = fields["lead"], lead.node.text != "auto" {
            zone.lead = lead.duration(in: Zone.leadRange, "a lead that isn't auto", example: "auto")
        }
        zone.onlyWhenDark = fields["onlyWhenDark"]?.darkLimit()
        zone.manual = fields["manual"]?.manual() ?? zone.manual
        zone.standby = fields["standby"]?.standby()
        let answers = [(name: "true", value: true), (name: "false", value: false)]
        zone.isMaster =
            fields["master"]?.choice("whether a zone's off puts out its bars in other zones, too,", of: answers)
            ?? false
        return zone
    }

    /// A guide light: how bright, or that and more.
    private func standby() -> Standby? {
        if node.text != nil { return percentage("a guide light", example: "3%").map { Standby(level: $0) } }
        guard let fields = fields(["level", "colour", "bars"], example: "{level: 3%, bars: ends}") else { return nil }
        let level = fields.required("level", example: "3%")?.percentage("a guide light", example: "3%")
        let colour = fields["colour"]?.colour(example: "1900K")
        let choices = Standby.Bars.allCases.map { (name: $0.rawValue, value: $0) }
        let bars = fields["bars"]?.choice("which bars show a guide light", of: choices)
        return level.map { Standby(level: $0, colour: colour, bars: bars ?? .all) }
    }

    private func manual() -> ManualEndings? {
        guard let fields = fields(["on", "off"], example: "{off: visit}") else { return nil }
        var manual = ManualEndings()
        manual.on = fields["on"]?.ending() ?? manual.on
        manual.off = fields["off"]?.ending() ?? manual.off
        return manual
    }

    /// How a command ends: a word, or a duration.
    private func ending() -> Ending? {
        guard let text = text("how a command ends", example: "visit") else { return nil }
        if let known = Ending.named.first(where: { $0.name == text }) { return known.ending }
        let names = Ending.named.map(\.name)
        guard text.contains(where: \.isNumber) else {
            fail(
                .malformed, "is unknown",
                allowed: "a command is in force for \(oneOf(names)), or for a time such as 2h",
                remedy: Spelling.nearest(to: text, in: names).map { "Did you mean \($0)?" } ?? write("visit"))
            return nil
        }
        return duration(in: Ending.range, "a command that isn't in force for \(oneOf(names))", example: "2h").map {
            .after($0)
        }
    }

    private func darkLimit() -> DarkLimit? {
        guard let fields = fields(["sensor", "below"], example: "{sensor: landing/window, below: 10lx}") else {
            return nil
        }
        let sensor = fields.required("sensor", example: "landing/window")?.lightSensor()
        let lux = fields.required("below", example: "10lx")?.lux(in: DarkLimit.range, "the limit of darkness")
        guard let sensor, let lux else { return nil }
        return DarkLimit(sensor: sensor, lux: lux)
    }

    private func look() -> Look? {
        let known = ["brightness", "colour", "gradient", "easeIn", "easeOut", "curve"]
        guard let fields = fields(known, example: "{brightness: 60%, colour: 2700K}") else { return nil }
        var look = Look()
        look.brightness = fields["brightness"]?.percentage("a brightness") ?? look.brightness
        look.colour = fields["colour"]?.colour() ?? look.colour
        look.gradient = fields["gradient"]?.colour(example: "1900K")
        look.easeIn = fields["easeIn"]?.duration(in: Look.easeRange, "an ease", example: "400ms") ?? look.easeIn
        look.easeOut = fields["easeOut"]?.duration(in: Look.easeRange, "an ease", example: "1.5s") ?? look.easeOut
        let curves = EasingCurve.allCases.map { (name: $0.rawValue, value: $0) }
        look.curve = fields["curve"]?.choice("a curve", of: curves) ?? look.curve
        return look
    }

    /// - Parameter wave: reads how light runs meanwhile.
    private func profile(wave: (Field) -> Wave?) -> [Profile.Entry]? {
        let example = "[{from: \"22:00\", brightness: 10%}]"
        guard let items = list(of: "times of day", example: example) else { return nil }
        var lines: [ProfileTime: Int] = [:]
        var entries: [Profile.Entry] = []
        for item in items {
            let known = ["from", "brightness", "colour", "hold", "easeIn", "easeOut", "standby", "wave"]
            guard let fields = item.fields(known, example: "{from: \"22:00\", brightness: 10%}") else { continue }
            let from = fields.required("from", example: "\"22:00\"")
            let brightness = fields["brightness"]?.percentage("a brightness", example: "10%")
            let colour = fields["colour"]?.colour(example: "1900K")
            let hold = fields["hold"]?.duration(in: Zone.holdRange, "a hold", example: "30s")
            let easeIn = fields["easeIn"]?.duration(in: Look.easeRange, "an ease", example: "2s")
            let easeOut = fields["easeOut"]?.duration(in: Look.easeRange, "an ease", example: "5s")
            let standby = fields["standby"]?.percentage("a guide light", example: "3%")
            let wave = fields["wave"].flatMap(wave)
            guard let from, let time = from.profileTime() else { continue }
            if let line = lines.updateValue(item.node.mark.line, forKey: time) {
                from.fail(
                    .duplicate, "stands twice (first in line \(line))",
                    allowed: "a time of day has one entry of the profile",
                    remedy: "Keep one of the two, or change its time")
            }
            entries.append(
                Profile.Entry(
                    from: time, brightness: brightness, colour: colour, hold: hold, easeIn: easeIn, easeOut: easeOut,
                    standby: standby, wave: wave))
        }
        return entries
    }
}
