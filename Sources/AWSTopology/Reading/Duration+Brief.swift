extension Duration {
    private static var units: [(name: String, seconds: Int64)] {
        [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]
    }

    /// A whole number and its unit: `60s`, `5m`, `1h`, `7d`; nil for anything else.
    public init?(brief text: String) {
        guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }), text.first?.isNumber == true,
            let count = Int64(text.dropLast()), count <= 1_000_000
        else { return nil }
        self = .seconds(count * unit.seconds)
    }

    /// In whole seconds, what is less cut off.
    public var wholeSeconds: Int { Int(components.seconds) }

    /// `60s` is `1m`, `90s` stays.
    public var briefly: String {
        let seconds = components.seconds
        let unit = Self.units.first { seconds != 0 && seconds % $0.seconds == 0 } ?? ("s", 1)
        return "\(seconds / unit.seconds)\(unit.name)"
    }
}
