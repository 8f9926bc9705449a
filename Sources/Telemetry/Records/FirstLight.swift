internal import Mesh

/// A bar's first light in an activation: what "together" is measured by.
public struct FirstLight: Codable, Sendable, Hashable {
    /// The zone.
    public var zone: String
    /// The bar's name on its node.
    public var bar: String
    /// The activation's start, nanoseconds of mesh time.
    public var activation: Int64
    /// The instant at which it was to light, nanoseconds of mesh time.
    public var planned: Int64
    /// The instant at which its first frame was written, nanoseconds of mesh time.
    public var actual: Int64

    /// A first light.
    public init(zone: String, bar: String, activation: Int64, planned: Int64, actual: Int64) {
        self.zone = zone
        self.bar = bar
        self.activation = activation
        self.planned = planned
        self.actual = actual
    }

    func check() throws(MessageError) {
        try RecordText.checkName(zone, field: "body.zone")
        try RecordText.checkName(bar, field: "body.bar")
        _ = try checkInstant(activation, field: "body.activation")
        _ = try checkInstant(planned, field: "body.planned")
        _ = try checkInstant(actual, field: "body.actual")
    }
}
