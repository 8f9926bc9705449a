public import Mesh

/// A condition on a sensor's payload, under which it says motion, or none.
public enum PayloadCondition: Sendable, Hashable {
    /// A comparison of numbers.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"

        func holds(_ number: Double, _ limit: Double) -> Bool {
            switch self {
            case .atLeast: number >= limit
            case .atMost: number <= limit
            case .above: number > limit
            case .below: number < limit
            }
        }
    }

    /// This value.
    case equals(PayloadValue)
    /// A number that compares so with this one: `">0"`.
    case compares(Comparison, Double)

    /// Returns whether a value in JSON fulfils the condition, types counted.
    public func holds(for found: JSON.Scalar) -> Bool {
        switch (self, found) {
        case (.equals(let value), _): value.equals(found)
        case (.compares(let comparison, let limit), .number(let number, _)): comparison.holds(number, limit)
        default: false
        }
    }

    /// Returns whether a plain text fulfils the condition, or a JSON value whose type isn't counted.
    public func holds(for found: String) -> Bool {
        switch self {
        case .equals(let value): value.says(found)
        case .compares(let comparison, let limit):
            PayloadValue.number(found).map { comparison.holds($0, limit) } ?? false
        }
    }

    /// A condition as the file has it.
    public var text: String {
        switch self {
        case .equals(let value): value.text
        case .compares(let comparison, let limit):
            comparison.rawValue + (limit == limit.rounded() && abs(limit) < 1e15 ? "\(Int64(limit))" : "\(limit)")
        }
    }

    /// Whether one payload could fulfil both, which then doesn't tell motion from none. `isPlain`: whole payloads, which
    /// have no types.
    func overlaps(_ other: PayloadCondition, isPlain: Bool) -> Bool {
        switch (self, other) {
        case (.equals(let one), .equals(let two)):
            if one.meaning == two.meaning { return true }
            return isPlain && (one.says(two.text) || two.says(one.text))
        case (.equals(let value), .compares), (.compares, .equals(let value)):
            let comparison = if case .equals = self { other } else { self }
            if case .number(let number) = value.meaning { return comparison.holds(for: .number(number, value.text)) }
            return isPlain && comparison.holds(for: value.text)
        case (.compares(let one, let first), .compares(let two, let second)):
            // Both limits, and a number beyond or between them: if none of these fulfils both, none does.
            return [first, second, (first + second) / 2, max(first, second) + 1, min(first, second) - 1]
                .contains { one.holds($0, first) && two.holds($0, second) }
        }
    }
}
