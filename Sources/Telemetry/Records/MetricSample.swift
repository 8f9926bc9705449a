internal import Mesh

/// A figure at the record's instant. Where room runs out, samples are what is given up first.
public struct MetricSample: Codable, Sendable, Hashable {
    /// The name of the figure, such as a health check's: `memory`, `sensor/bottom`; at most 200 bytes.
    public var name: String
    /// The figure.
    public var value: Double
    /// The unit; at most 32 bytes.
    public var unit: String

    /// A sample.
    public init(name: String, value: Double, unit: String) {
        self.name = RecordText.cut(name, to: 200)
        self.value = value
        self.unit = RecordText.cut(unit, to: 32)
    }

    func check() throws(MessageError) {
        try RecordText.checkLength(name, 1...200, field: "body.name")
        try RecordText.checkLength(unit, 0...32, field: "body.unit")
        // What is larger fits a double elsewhere only if it is read as one.
        guard value.isFinite, abs(value) <= 1e15 else {
            throw MessageError(.outOfRange, field: "body.value", reason: "\(value) is not within -1e15…1e15")
        }
    }
}
