internal import Documents
internal import Mesh

/// What a ``SensorLearner`` has heard at one place of a topic's payloads.
struct HeardField: Sendable {
    let path: JSONPath
    /// The different values, in the order in which they came first.
    private var values: [JSON.Scalar] = []
    /// Whether there were more than are kept.
    private var isVarious = false

    init(path: JSONPath) { self.path = path }

    mutating func take(_ value: JSON.Scalar) {
        guard !values.contains(value) else { return }
        if values.count < 8 { values.append(value) } else { isVarious = true }
    }

    /// Words for somebody's being there, in the names of fields and topics.
    private static let motionWords = [
        "occupancy", "presence", "motion", "pir", "moving", "occupied", "person", "people", "contact", "vibration",
        "human",
        "radar", "target",
    ]
    /// Words of what changes for other reasons.
    private static let otherWords = [
        "battery", "quality", "voltage", "temperature", "humidity", "update", "version", "seen", "time", "sensitivity",
        "delay", "interval", "threshold", "distance", "range", "rssi", "tamper", "uptime", "calibration", "indicator",
        "led", "count_", "illuminance", "lux", "active", "id", "ts", "src", "dst",
    ]
    /// Values of two, the first of which is motion.
    private static let pairs = [
        ("on", "off"), ("true", "false"), ("open", "closed"), ("open", "close"), ("detected", "clear"),
        ("motion", "no_motion"), ("motion", "none"), ("motion", "clear"), ("active", "inactive"),
        ("occupied", "unoccupied"), ("occupied", "vacant"), ("presence", "none"), ("present", "absent"), ("1", "0"),
    ]
    /// Values that say that nobody is there, among several.
    private static let idle: Set<String> = ["none", "idle", "clear", "off", "no_motion", "away", "null", "nobody"]

    private var name: String {
        if case .member(let name)? = path.steps.last(where: { if case .member = $0 { true } else { false } }) {
            name.lowercased()
        } else {
            ""
        }
    }

    private func words(on topic: String) -> String { path == .whole ? topic.lowercased() : name }

    /// The pair that its texts, whole ones too, are of.
    private var pair: (on: String, off: String)? {
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else { return nil }
            texts.append(text)
        }
        guard !texts.isEmpty else { return nil }
        for (on, off) in HeardField.pairs {
            let known = [on, off, "unavailable", "unknown"]
            guard texts.allSatisfy({ known.contains($0.lowercased()) }),
                texts.contains(where: { [on, off].contains($0.lowercased()) })
            else { continue }
            // In the letters that the sensor uses.
            func spelt(_ word: String) -> String {
                if let text = texts.first(where: { $0.lowercased() == word }) { return text }
                let isUpper = texts.contains { $0.count > 1 && $0 == $0.uppercased() }
                let isCapital = texts.contains { $0.first?.isUppercase == true }
                return isUpper ? word.uppercased() : isCapital ? word.prefix(1).uppercased() + word.dropFirst() : word
            }
            return (spelt(on), spelt(off))
        }
        return nil
    }

    private var areBooleans: Bool {
        !values.isEmpty && values.allSatisfy { if case .boolean = $0 { true } else { false } }
    }

    private var numbers: [Double]? {
        var numbers: [Double] = []
        for value in values {
            switch value {
            case .number(let number, _): numbers.append(number)
            case .text(let text):
                guard let number = PayloadValue.number(text) else { return nil }
                numbers.append(number)
            case .boolean: return nil
            }
        }
        return numbers.isEmpty ? nil : numbers
    }

    private var texts: [String] {
        values.compactMap { if case .text(let text) = $0, !text.isEmpty { text } else { nil } }
    }

    private var isEvent: Bool { ["action", "event", "event_type"].contains(name) && !texts.isEmpty }

    private var idleText: String? { texts.first { HeardField.idle.contains($0.lowercased()) } }

    /// Whether it is known what it says when somebody is there, and when nobody is.
    var isCertain: Bool { areBooleans || pair != nil }

    /// How much speaks for its saying motion; from 4 on it may.
    func points(on topic: String) -> Int {
        let words = words(on: topic)
        if path != .whole, HeardField.otherWords.contains(where: { words == $0 || $0.count > 3 && words.contains($0) })
        {
            return 0
        }
        var points = HeardField.motionWords.contains { words.contains($0) } ? 4 : 0
        if areBooleans || pair != nil { points += values.count > 1 ? 4 : 2 }
        if isEvent { points += 4 }
        if let numbers, pair == nil {
            // Numbers of people are small and whole.
            guard points > 0, numbers.allSatisfy({ $0 >= 0 && $0 <= 50 && $0 == $0.rounded() }) else { return 0 }
        } else if !isCertain, !isEvent {
            guard idleText != nil, texts.count > 1 else { return 0 }
            points += 1
        }
        return isVarious ? 0 : points
    }

    /// What ends and what begins motion, as a file has it.
    var conditions: [String] {
        if areBooleans {
            // A contact is made while the door is shut.
            let isReversed = name.contains("contact")
            return isReversed ? ["on: false", "off: true"] : ["on: true", "off: false"]
        }
        if let pair { return ["on: \(YAMLText.quoted(pair.on))", "off: \(YAMLText.quoted(pair.off))"] }
        if numbers != nil { return ["on: \">0\"", "off: 0"] }
        if isEvent { return ["on: \(list(texts))", "pulse: 10s"] }
        let idle = idleText ?? "none"
        return ["on: \(list(texts.filter { $0 != idle }))", "off: \(YAMLText.quoted(idle))"]
    }

    private func list(_ texts: [String]) -> String {
        texts.count == 1
            ? YAMLText.quoted(texts[0]) : "[\(texts.map(YAMLText.quoted).joined(separator: ", "))]"
    }

    /// Whether it is an illuminance.
    func isIlluminance(on topic: String) -> Bool {
        let words = words(on: topic)
        guard words.contains("illuminance") || words == "lux" || words.hasSuffix("_lux") || words.hasSuffix("/lux")
        else {
            return false
        }
        let isOther = ["raw", "calibration", "threshold"].contains { words.contains($0) }
        return !isOther && numbers?.allSatisfy(LightMessage.range.contains) == true
    }

    /// Its values, for people.
    var told: String {
        values.map { Documents.Excerpt.of($0.description) }.joined(separator: ", ") + (isVarious ? ", …" : "")
    }

    /// What speaks for it.
    func reason(of heard: HeardTopic) -> String {
        "\(path == .whole ? "the payload" : path.description) was \(told) in \(heard.count) "
            + (heard.count == 1 ? "message" : "messages")
    }
}
