/// Which places a node fills, and whether it sleeps.
public struct NodeConfigurationMessage: Codable, Sendable, Hashable {
    /// How many bars or sensors one may name.
    static let maximumPlaces = 100

    /// When it was written, nanoseconds since 1970; of two, the later holds.
    public var revision: Int64
    /// The place that each of the node's own bars fills, as its zone writes it: `{"bar": "stair-03"}`. Absent: the places
    /// of the node's own name; empty: none.
    public var bars: [String: String]?
    /// The place that each of the node's own sensors fills: `{"pir": "landing/top"}`. Absent: those of its own name.
    public var sensors: [String: String]?
    /// Until when the node sleeps, nanoseconds of mesh time: then it wakes by itself. Absent: it is awake.
    public var sleepUntil: Int64?

    /// A node's places.
    public init(revision: Int64, bars: [String: String]?, sensors: [String: String]?, sleepUntil: Int64? = nil) {
        self.revision = revision
        self.bars = bars
        self.sensors = sensors
        self.sleepUntil = sleepUntil
    }

    /// The message itself where it can be acted on.
    ///
    /// - Throws: ``MessageError`` for names that are none.
    public func checked() throws(MessageError) -> NodeConfigurationMessage {
        _ = try checkInstant(revision, field: "revision")
        if let sleepUntil { _ = try checkInstant(sleepUntil, field: "sleepUntil") }
        for (field, entries, isSensor) in [("bars", bars, false), ("sensors", sensors, true)] {
            _ = try check(entries?.count ?? 0, within: 0...NodeConfigurationMessage.maximumPlaces, field: field)
            for (name, text) in entries ?? [:] {
                let place = Name.place(text)
                guard Name.isValid(name), let place, !isSensor || place.part != nil else {
                    let form = isSensor ? "node/sensor" : "node or node/bar"
                    throw MessageError(
                        .outOfRange, field: "\(field).\(name)",
                        reason: "\"\(text)\" is not \(form), each \(Name.rule)")
                }
            }
        }
        return self
    }
}
