public import Lighting

/// A zone's configuration as the operator publishes it; ``ZoneFields`` says how it is spelt.
public struct ZoneMessage: Payload, Hashable {
    /// The instant at which it was applied, nanoseconds since 1970; of two, the later holds.
    public var revision: Int64?
    /// The zone that it describes; what it leaves out is as by default.
    public var zone: Zone
    /// The contract of who wrote it, ``Version/contract``; nil: the first.
    public var contract: Int?

    /// The message for a zone, which has it as precisely as a message can: colours to the kelvin.
    public init(_ zone: Zone, revision: Int64?) {
        self.revision = revision
        self.zone = ZoneWriter.asWritten(zone, ZoneFields.zone)
        if !zone.profile.entries.isEmpty {
            self.zone.profile = Profile(zone.profile.entries.map { ZoneWriter.asWritten($0, ZoneFields.entry) })
        }
        contract = Version.contract
    }

    /// - Throws: ``MessageError`` for a revision that is no instant.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        if let revision { _ = try checkInstant(revision, field: "revision") }
    }

    /// Reads a message, without what only a later contract has: that is as by default.
    ///
    /// - Throws: `DecodingError` or ``MessageError`` for what is of another type, out of range or unknown in a message of
    ///   this contract or an earlier one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: ZoneKey.self)
        revision = try container.decodeIfPresent(Int64.self, forKey: .revision)
        contract = try container.decodeIfPresent(Int.self, forKey: .contract)
        let bars = try container.decode([String].self, forKey: .bars)
        let sensors = try container.decode([String: String].self, forKey: .sensors)
        var reader = ZoneReader(contract, bars: bars)
        zone = Zone(bars: try reader.checkedBars(), sensors: try reader.positions(sensors))
        _ = try reader.read(ZoneFields.zone, from: container, into: &zone)
        if container.contains(.profile), try !container.decodeNil(forKey: .profile) {
            var entries = try container.nestedUnkeyedContainer(forKey: .profile)
            zone.profile = try reader.profile(&entries)
        }
        if let summary = reader.tolerance.summary { decoder.leaveOut(summary) }
    }

    /// Writes the message.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: ZoneKey.self)
        try container.encodeIfPresent(revision, forKey: .revision)
        try container.encodeIfPresent(contract, forKey: .contract)
        try container.encode(zone.bars, forKey: .bars)
        try container.encode(zone.sensors.mapValues(\.text), forKey: .sensors)
        try ZoneWriter.write(zone, ZoneFields.zone, to: &container)
        guard !zone.profile.entries.isEmpty else { return }
        var entries = container.nestedUnkeyedContainer(forKey: .profile)
        for entry in zone.profile.entries {
            var container = entries.nestedContainer(keyedBy: ZoneKey.self)
            try ZoneWriter.write(entry, ZoneFields.entry, to: &container)
        }
    }
}

/// The name of a field in a message.
struct ZoneKey: CodingKey {
    static let revision = ZoneKey("revision")
    static let contract = ZoneKey("protocol")
    static let bars = ZoneKey("bars")
    static let sensors = ZoneKey("sensors")
    static let profile = ZoneKey(ZoneFields.profile)

    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

extension SensorPosition {
    /// `first`, `last` or the bar's name.
    public var text: String {
        switch self {
        case .first: "first"
        case .last: "last"
        case .bar(let name): name
        }
    }
}
