/// Samples of one metric, as Prometheus reads them.
///
/// - Source: Prometheus, "Exposition formats", text-based format 0.0.4.
struct MetricFamily: Sendable, Hashable {
    /// What kind of figure it is.
    enum Kind: String, Sendable {
        case gauge
        /// It never falls, but for a restart.
        case counter
    }

    /// Its whole name, in base units.
    let name: String
    /// What it tells, a line.
    let help: String
    let kind: Kind
    private var lines: [String] = []

    init(_ name: String, _ help: String, kind: Kind = .gauge) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// Adds a sample; what isn't known isn't told.
    mutating func add(_ value: Double?, _ labels: [(name: String, value: String)]) {
        guard let value, value.isFinite else { return }
        let text = labels.map { "\($0.name)=\"\(MetricFamily.escaped($0.value))\"" }.joined(separator: ",")
        lines.append("\(name){\(text)} \(MetricFamily.number(value))")
    }

    /// Adds a sample of yes (1) or no (0).
    mutating func add(_ isSo: Bool, _ labels: [(name: String, value: String)]) { add(isSo ? 1 : 0, labels) }

    /// The family's text; empty without samples.
    var text: String {
        lines.isEmpty
            ? "" : "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n" + lines.joined(separator: "\n") + "\n"
    }

    /// A whole number without a point.
    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
