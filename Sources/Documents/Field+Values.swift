package import Lighting
internal import YAML

extension Field {
    /// A single value's text, without control characters; nil, and a fault, for anything else.
    ///
    /// - Parameter what: what stands here, with its article: `a hold`.
    package func text(_ what: String, example: String, limit: Int = 256) -> String? {
        guard isUntagged() else { return nil }
        guard !node.isNull else {
            faults.add(
                .missing, at: node.mark, field: path, problem: "has no value", allowed: "\(what) stands here",
                remedy: write(example))
            return nil
        }
        guard let text = node.text else {
            fail(.wrongKind, "is \(node.kind)", allowed: "\(what) is a single value", remedy: write(example))
            return nil
        }
        guard !text.isEmpty else {
            fail(.missing, "is empty", allowed: "\(what) stands here", remedy: write(example))
            return nil
        }
        guard text.utf8.count <= limit else {
            fail(
                .outOfRange, "is too long (\(text.utf8.count) bytes)", allowed: "\(what) has at most \(limit) bytes",
                remedy: write(example))
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) }) else {
            fail(
                .malformed, "has control characters", allowed: "\(what) is one line of plain text",
                remedy: write(example))
            return nil
        }
        return text
    }

    /// A duration within `range`.
    package func duration(in range: ClosedRange<Duration>, _ what: String, example: String) -> Duration? {
        guard let text = text(what, example: example) else { return nil }
        guard let duration = Duration(text: text) else {
            let isBare = DecimalText.scaled(text, by: 1) != nil
            fail(
                .malformed, isBare ? "has no unit" : "is no duration", allowed: Duration.textForms,
                remedy: write(isBare && Duration(text: text + "s").map(range.contains) == true ? text + "s" : example))
            return nil
        }
        guard range.contains(duration) else {
            fail(
                .outOfRange, duration < range.lowerBound ? "is too short" : "is too long",
                allowed: "\(what) lasts \(range.lowerBound.text) to \(range.upperBound.text)", remedy: write(example))
            return nil
        }
        return duration
    }

    /// An illuminance within `range`, in lux.
    package func lux(in range: ClosedRange<Double>, _ what: String, example: String = "10lx") -> Double? {
        guard let text = text(what, example: example) else { return nil }
        guard text.hasSuffix("lx"), let millionths = DecimalText.scaled(text.dropLast(2), by: 1_000_000) else {
            let isBare = DecimalText.scaled(text, by: 1) != nil
            fail(
                .malformed, isBare ? "has no unit" : "is no illuminance", allowed: "\(what) is in lux",
                remedy: write(isBare ? text + "lx" : example))
            return nil
        }
        let lux = Double(millionths) / 1_000_000
        guard range.contains(lux) else {
            fail(
                .outOfRange, lux < range.lowerBound ? "is too little" : "is too much",
                allowed: "\(what) is \(DarkLimit(sensor: "", lux: range.lowerBound).text) to "
                    + DarkLimit(sensor: "", lux: range.upperBound).text,
                remedy: write(example))
            return nil
        }
        return lux
    }

    /// A percentage, 0…100.
    package func percentage(_ what: String, example: String = "60%") -> Lightness? {
        guard let text = text(what, example: example) else { return nil }
        if let lightness = Lightness(text: text) { return lightness }
        let allowed = "\(what) is a percentage, 0% to 100%"
        if text.hasSuffix("%"), DecimalText.scaled(text.dropLast(), by: 1) != nil {
            fail(.outOfRange, "is too much", allowed: allowed, remedy: write("100%"))
        } else if Lightness(text: text + "%") != nil {
            fail(.malformed, "has no % sign", allowed: allowed, remedy: write(asPercentage(text)))
        } else {
            fail(.malformed, "is no percentage", allowed: allowed, remedy: write(example))
        }
        return nil
    }

    /// The percentage that a number without its sign was probably meant for: `60` is 60%, and `0.8` is 80%.
    private func asPercentage(_ text: String) -> String {
        guard text.contains("."), let millionths = DecimalText.scaled(text, by: 1_000_000), millionths <= 1_000_000
        else { return text + "%" }
        return Lightness(Double(millionths) / 1_000_000).text
    }

    /// A colour.
    package func colour(example: String = "2700K") -> Colour? {
        guard !node.isNull else {
            faults.add(
                .missing, at: node.mark, field: path, problem: "has no value",
                allowed: "what follows a # is a comment unless it stands in quotes",
                remedy: "Write \"#ff8800\" with the quotes, or 2700K, for instance")
            return nil
        }
        guard let text = text("a colour", example: example) else { return nil }
        if let colour = Colour(text: text) { return colour }
        let isTemperature = (text.last == "K" || text.last == "k") && DecimalText.scaled(text.dropLast(), by: 1) != nil
        var remedy = write(example)
        if let near = Spelling.nearest(to: text, in: Colour.named.map(\.name)) { remedy = "Did you mean \(near)?" }
        if Colour(text: text + "K") != nil { remedy = write(text + "K") }
        fail(
            isTemperature ? .outOfRange : .malformed,
            isTemperature ? "is a white that lamps don't have" : "is no colour",
            allowed: "a colour is \(Colour.textForms)", remedy: remedy)
        return nil
    }

    /// When an entry of a profile begins.
    package func profileTime() -> ProfileTime? {
        guard let text = text("when it begins", example: "\"22:00\"") else { return nil }
        if let time = ProfileTime(text: text) { return time }
        let word = String(text.prefix { $0.isLetter })
        let nearest = Spelling.nearest(to: word, in: Sun.Event.allCases.map(\.rawValue))
        fail(
            .malformed, "is no such time", allowed: ProfileTime.textForms,
            remedy: nearest.map { $0 == word ? "Write \($0) - 30m, for instance" : "Did you mean \($0)?" }
                ?? write("\"22:00\""))
        return nil
    }

    /// A whole number within `range`.
    ///
    /// - Parameter unit: what may stand behind the number.
    package func integer(in range: ClosedRange<Int>, _ what: String, unit: String = "", example: String) -> Int? {
        guard let text = text(what, example: example) else { return nil }
        var digits = Substring(text)
        if !unit.isEmpty, digits.hasSuffix(unit) { digits = digits.dropLast(unit.count) }
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits = digits.dropFirst() }
        let allowed = "\(what) is a whole number, \(range.lowerBound) to \(range.upperBound)"
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            fail(.malformed, "is no whole number", allowed: allowed, remedy: write(example))
            return nil
        }
        let value = isNegative ? Int("-" + digits) ?? .min : Int(digits) ?? .max
        guard range.contains(value) else {
            fail(
                .outOfRange, value < range.lowerBound ? "is too little" : "is too much", allowed: allowed,
                remedy: write(example))
            return nil
        }
        return value
    }

    /// One of a few words.
    package func choice<Value>(_ what: String, of choices: [(name: String, value: Value)]) -> Value? {
        guard let first = choices.first, let text = text(what, example: first.name) else { return nil }
        if let choice = choices.first(where: { $0.name == text }) { return choice.value }
        let names = choices.map(\.name)
        fail(
            .malformed, "is unknown", allowed: "\(what) is \(oneOf(names))",
            remedy: Spelling.nearest(to: text, in: names).map { "Did you mean \($0)?" } ?? write(first.name))
        return nil
    }

    /// The path of a file, from the root: what it means must not depend on where a program was started.
    package func absolutePath(_ what: String, example: String) -> String? {
        guard let text = text(what, example: example, limit: 4095) else { return nil }
        guard text.hasPrefix("/") else {
            fail(
                .malformed, "depends on where the program is started", allowed: "\(what) begins with /",
                remedy: write(example))
            return nil
        }
        return text
    }

    /// The name of a folder of the kernel's, which is no path.
    package func folderName(_ what: String, example: String, allowed: String) -> String? {
        guard let text = text(what, example: example, limit: 63) else { return nil }
        guard !text.contains("/"), text != ".", text != ".." else {
            fail(.malformed, "is no name", allowed: allowed, remedy: write(example))
            return nil
        }
        return text
    }

    /// A number with a point.
    package func decimal(in range: ClosedRange<Double>, _ what: String, example: String) -> Double? {
        guard let text = text(what, example: example) else { return nil }
        let allowed = "\(what) is a number, \(range.lowerBound) to \(range.upperBound)"
        let isNegative = text.hasPrefix("-") && range.lowerBound < 0
        guard let millionths = DecimalText.scaled(text.dropFirst(isNegative ? 1 : 0), by: 1_000_000) else {
            fail(.malformed, "is no number", allowed: allowed, remedy: write(example))
            return nil
        }
        let value = Double(isNegative ? -millionths : millionths) / 1e6
        guard range.contains(value) else {
            fail(
                .outOfRange, value < range.lowerBound ? "is too little" : "is too much", allowed: allowed,
                remedy: write(example))
            return nil
        }
        return value
    }
}

/// `a, b or c`
package func oneOf(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
}
