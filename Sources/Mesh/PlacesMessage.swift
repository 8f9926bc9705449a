/// The places that a node's bars and sensors fill, where those aren't of their own names: `config/node/<node>`.
public struct PlacesMessage: Payload, Hashable {
    /// The instant at which it was written, nanoseconds since 1970; of two nodes that are given the same place, the
    /// later has it.
    public var revision: Int64
    /// For bars by their names: the place as zones have it, `node/bar` or `node`; empty: none.
    public var bars: [String: String]?
    /// For sensors by their names: the place as zones have it, `node/sensor`; empty: none.
    public var sensors: [String: String]?
    /// The end of the node's sleep, nanoseconds of mesh time: then it wakes by itself. Absent: it is awake.
    public var sleepUntil: Int64?
    /// The contract of who wrote it, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case revision, bars, sensors, sleepUntil
        case contract = "protocol"
    }

    /// A node's places.
    public init(
        revision: Int64, bars: [String: String]? = nil, sensors: [String: String]? = nil, sleepUntil: Int64? = nil
    ) {
        self.revision = revision
        self.bars = bars
        self.sensors = sensors
        self.sleepUntil = sleepUntil
        contract = Version.contract
    }

    /// Whether it says what no message says, too: all is in the places of its names, and awake.
    package var saysNothing: Bool { bars == nil && sensors == nil && sleepUntil == nil }

    /// The message that holds once somebody took this one away: a word, too, and later than the one that it ends.
    public var takenAway: PlacesMessage { saysNothing ? self : PlacesMessage(revision: revision + 1) }

    /// The nodes whose places it speaks of.
    var placeNodes: Set<String> {
        Set([bars ?? [:], sensors ?? [:]].flatMap(\.values).compactMap { Name.place($0)?.node })
    }

    /// How many bars or sensors a message may speak of.
    private static let limit = 256

    /// - Throws: ``MessageError`` for names that are none in a message of this contract or an earlier one.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try checkInstant(revision, field: "revision")
        if let sleepUntil { _ = try checkInstant(sleepUntil, field: "sleepUntil") }
        if let bars { self.bars = try PlacesMessage.read(bars, field: "bars", &tolerance) }
        if let sensors { self.sensors = try PlacesMessage.read(sensors, field: "sensors", &tolerance) }
    }

    private static func read(
        _ places: [String: String], field: String, _ tolerance: inout Tolerance
    ) throws(MessageError) -> [String: String] {
        guard places.count <= PlacesMessage.limit else {
            throw MessageError(
                .outOfRange, field: field, reason: "\(places.count) are more than \(PlacesMessage.limit)")
        }
        var known: [String: String] = [:]
        for (name, place) in places { known[name] = try tolerance.read(check(place, of: name, field: field), or: nil) }
        return known
    }

    private static func check(_ place: String, of name: String, field: String) throws(MessageError) -> String? {
        guard Name.isValid(name), place.isEmpty || Name.place(place) != nil else {
            throw MessageError(
                .outOfRange, field: field,
                reason:
                    "\"\(name.prefix(80))\": \"\(place.prefix(140))\" is not a name and a place, node or node/\(field.dropLast())"
            )
        }
        return place
    }
}
