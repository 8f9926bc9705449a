public import Lighting

/// The register that a sensor's node publishes of it, with the sensor's part in each zone that it serves.
public struct SensorMessage: Payload, Hashable {
    /// The sensor's part in a zone.
    public struct Part: Codable, Sendable, Hashable {
        /// The start of the activation that it believes in, nanoseconds of mesh time.
        public var start: Int64
        /// The sensor that began it.
        public var origin: String
        /// Its own first motion in it, nanoseconds of mesh time.
        public var firstMotion: Int64
        /// The time from a first motion until a wave's first bar lights, 0…1 s.
        public var leadSeconds: Double
        /// The time for which the light stays after its last motion, in seconds, whatever configuration came since;
        /// nil: as the zone has it.
        public var holdSeconds: Double?
    }

    /// True if it sees motion.
    public var motion: Bool
    /// The instant at which it last began to see motion, nanoseconds of mesh time.
    public var lastEdge: Int64
    /// The instant at which it last saw motion, nanoseconds of mesh time.
    public var lastMotion: Int64
    /// The reason why it is left out, or can't be read; absent while it works.
    public var failed: String?
    /// True if it is left out since it is stuck: so it is after its agent's restart, too; absent where it isn't.
    public var stuck: Bool?
    /// True if the node's clock isn't the mesh's yet, so that all instants here are by its own; absent where it is.
    public var unsynchronised: Bool?
    /// True if that is what the broker had kept of it at its agent's start, and no news: who knows something later
    /// keeps that; absent where it isn't.
    public var recalled: Bool?
    /// Its part in each zone.
    public var zones: [String: Part]

    /// The message for the registers that a sensor has in its zones.
    public init(
        motion: Bool, lastEdge: MeshInstant, lastMotion: MeshInstant, failed: String?, stuck: Bool = false,
        unsynchronised: Bool = false, recalled: Bool = false, registers: [String: SensorRegister]
    ) {
        self.recalled = recalled ? true : nil
        self.unsynchronised = unsynchronised ? true : nil
        self.motion = motion
        self.lastEdge = lastEdge.nanoseconds
        self.lastMotion = lastMotion.nanoseconds
        self.failed = failed
        self.stuck = stuck ? true : nil
        zones = registers.mapValues {
            Part(
                start: $0.start.nanoseconds, origin: $0.origin, firstMotion: $0.firstMotion.nanoseconds,
                leadSeconds: $0.lead.seconds, holdSeconds: $0.hold?.seconds)
        }
    }

    /// - Throws: ``MessageError`` for instants that can't be. Its parts in zones are checked as ``registers(at:)`` are
    ///   read: by then the contract of its node is known.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try checkInstant(lastMotion, field: "lastMotion")
        _ = try checkInstant(lastEdge, field: "lastEdge")
    }

    /// The registers, by zone. One that is stuck has none; one that can't be read keeps what it saw.
    ///
    /// - Throws: ``MessageError`` for instants that can't be, or that lie in the future.
    public func registers(at now: MeshInstant) throws(MessageError) -> [String: SensorRegister] {
        try read(at: now, contract: nil).registers
    }

    /// The registers, without those that only a later contract makes sense of.
    ///
    /// - Parameter contract: the one that the sensor's node speaks; nil: the first.
    /// - Throws: ``MessageError`` for instants that can't be, or that lie in the future.
    func read(
        at now: MeshInstant, contract: Int?
    ) throws(MessageError) -> (registers: [String: SensorRegister], tolerance: Tolerance) {
        let last = try checkInstant(lastMotion, field: "lastMotion", at: now)
        let edge = try checkInstant(lastEdge, field: "lastEdge", at: now)
        var tolerance = Tolerance(contract)
        var registers: [String: SensorRegister] = [:]
        for (zone, part) in zones {
            registers[zone] = try tolerance.read(register(part, in: zone, edge: edge, last: last), or: nil)
        }
        return (registers, tolerance)
    }

    private func register(
        _ part: Part, in zone: String, edge: MeshInstant, last: MeshInstant
    ) throws(MessageError) -> SensorRegister? {
        var field: String { "zones.\(zone.prefix(64))" }
        guard Name.isValid(zone) else {
            throw MessageError(.outOfRange, field: field, reason: "is not \(Name.rule)")
        }
        guard Name.place(part.origin)?.part != nil else {
            throw MessageError(.outOfRange, field: field + ".origin", reason: "is not node/sensor")
        }
        let start = try checkInstant(part.start, field: field + ".start")
        let first = try checkInstant(part.firstMotion, field: field + ".firstMotion")
        guard start <= first, first <= last else {
            throw MessageError(
                .outOfRange, field: field, reason: "start, firstMotion and lastMotion are not in this order")
        }
        let lead = try checkSeconds(part.leadSeconds, within: Zone.leadRange, field: field + ".leadSeconds")
        var register = SensorRegister(
            start: start, origin: part.origin, firstMotion: first, lead: lead, lastEdge: edge, lastMotion: last,
            motion: motion)
        if let hold = part.holdSeconds {
            register.hold = try checkSeconds(hold, within: Zone.holdRange, field: field + ".holdSeconds")
        }
        return register
    }
}
