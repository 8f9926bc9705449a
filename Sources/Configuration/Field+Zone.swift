internal import Documents
import Lighting
import Mesh
import YAML

extension Field {
    /// One zone.
    func zone() -> Zone? {
        let hints = [
            "bar": "Did you mean bars?",
            "guide": "Write standby: 3%, for instance",
            "brightness": "Write look: {brightness: 60%}, for instance",
            "colour": "Write look: {colour: 2700K}, for instance",
        ]
        guard let fields = fields(ZoneFields.names, example: "{bars: [stair-01]}", hints: hints) else { return nil }
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
        let barCount = barsAreKnown ? bars.count : nil
        fields.read(ZoneFields.zone, into: &zone, bars: barCount) { name, field, zone in
            guard name == "wave" else { return false }
            zone.wave = field.wave(bars: barCount)
            return true
        }
        let isFollowing = fields["follow"] != nil
        if isFollowing { fields["wave"]?.checkFollows(zone.wave) }
        zone.profile = Profile(
            fields[ZoneFields.profile]?.profile(bars: barCount) {
                let wave = $0.wave(bars: barCount, insteadOf: zone.wave)
                if isFollowing { $0.checkFollows(wave) }
                return wave
            } ?? [])
        return zone
    }

    /// - Parameter wave: reads how light runs meanwhile.
    private func profile(bars: Int?, wave: (Field) -> Wave?) -> [Profile.Entry]? {
        let example = "{from: \"22:00\", brightness: 10%}"
        guard let items = list(of: "times of day", example: "[\(example)]") else { return nil }
        var lines: [ProfileTime: Int] = [:]
        var entries: [Profile.Entry] = []
        for item in items {
            guard let fields = item.fields(ZoneFields.entry.map(\.name), example: example) else { continue }
            var entry = ZoneFields.freshEntry
            let isWhole = fields.read(ZoneFields.entry, into: &entry, bars: bars) { name, field, entry in
                guard name == "wave" else { return false }
                entry.wave = wave(field)
                return true
            }
            guard isWhole, let from = fields["from"] else { continue }
            if let line = lines.updateValue(item.node.mark.line, forKey: entry.from) {
                from.fail(
                    .duplicate, "stands twice (first in line \(line))",
                    allowed: "a time of day has one entry of the profile",
                    remedy: "Keep one of the two, or change its time")
            }
            entries.append(entry)
        }
        return entries
    }
}

extension FieldMap {
    /// Reads the fields that the file has into a part of a zone of so many bars; nil bars: nobody knows how many.
    ///
    /// - Parameter special: Reads a field that isn't like the others, and returns true; false: it is.
    /// - Returns: Whether there is all that the part must have.
    @discardableResult
    func read<Part>(
        _ fields: [ZoneField<Part>], into part: inout Part, bars: Int?,
        special: (String, Field, inout Part) -> Bool = { _, _, _ in false }
    ) -> Bool {
        var isWhole = true
        for field in fields {
            let isRequired = field.need == .required
            guard let found = isRequired ? required(field.name, example: field.example) : self[field.name] else {
                if isRequired { isWhole = false }
                continue
            }
            if special(field.name, found, &part) { continue }
            switch field.content {
            case .value(let value):
                if case .word(let word) = field.absence, found.node.text == word { continue }
                if let read = found.value(value.kind, field.phrase, example: field.example, bars: bars) {
                    value.set(&part, read)
                } else if isRequired {
                    isWhole = false
                }
            case .group(let group):
                let isWhole = found.read(group, example: field.example, into: &part, bars: bars)
                if !isWhole { group.drop(&part) }
            }
        }
        return isWhole
    }
}

extension Field {
    fileprivate func read<Part>(
        _ group: ZoneField<Part>.Group, example: String, into part: inout Part, bars: Int?
    ) -> Bool {
        if group.isShort, node.text != nil, let first = group.fields.first, case .value(let value) = first.content {
            guard let read = self.value(value.kind, first.phrase, example: first.example, bars: bars) else {
                return false
            }
            group.begin(&part)
            value.set(&part, read)
            return true
        }
        guard let fields = fields(group.fields.map(\.name), example: example) else { return false }
        group.begin(&part)
        return fields.read(group.fields, into: &part, bars: bars)
    }

    /// A value of this kind; nil, and a fault, for anything else.
    fileprivate func value(_ kind: ZoneValue.Kind, _ phrase: String, example: String, bars: Int?) -> ZoneValue? {
        switch kind {
        case .duration(let range): duration(in: range, phrase, example: example).map { .duration($0) }
        case .level: percentage(phrase, example: example).map { .level($0) }
        case .colour: colour(example: example).map { .colour($0) }
        case .word(let words): choice(phrase, of: words.map { (name: $0, value: ZoneValue.word($0)) })
        case .count(let range): integer(in: range, phrase, example: example).map { .count($0) }
        case .lux(let range): lux(in: range, phrase, example: example).map { .lux($0) }
        case .flag:
            choice(phrase, of: [(name: "true", value: ZoneValue.flag(true)), (name: "false", value: .flag(false))])
        case .lightSensor: lightSensor().map { .lightSensor($0) }
        case .order: order(bars: bars).map { .order($0) }
        case .ending: ending().map { .ending($0) }
        case .time: profileTime().map { .time($0) }
        }
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
}
