/// Something a node is asked to do, once.
public struct ActionMessage: Payload, Hashable {
    /// The action asked for: `trigger`, `identify`, `report` (the node's health, at once), `restart`, `probe` (draw a
    /// frame that nobody sees, report health, and answer), `reboot` or `update` (by the programs of the node's file).
    public var action: String
    /// A name for the answer, and by which a repetition is known. 1…64 bytes.
    public var id: String
    /// The instant after which it is too late, nanoseconds since 1970; nil: it is never too late.
    public var expires: Int64?
    /// The sensor to trigger.
    public var sensor: String?
    /// The seconds of a trigger's motion (default 0: a mere edge) or of an identify's blinking (default 5). 0…3600.
    public var seconds: Double?

    /// The boot id of the start of the agent that it is for: another refuses it, so that who asks again after the
    /// restart that it asked for doesn't cause a second one.
    public var bootId: String?
    /// The version to update to.
    public var version: String?
    /// The contract of who asks, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case action, id, expires, sensor, seconds, bootId, version
        case contract = "protocol"
    }

    /// What may be done again after a restart of the agent: nobody remembers it for longer.
    static let repeatable: Set<String> = ["probe", "report"]

    /// An action.
    public init(
        action: String, id: String, expires: Int64? = nil, sensor: String? = nil, seconds: Double? = nil,
        bootId: String? = nil, version: String? = nil
    ) {
        self.action = action
        self.id = id
        self.expires = expires
        self.sensor = sensor
        self.seconds = seconds
        self.bootId = bootId
        self.version = version
        contract = Version.contract
    }

    /// - Throws: ``MessageError`` for an id that none can be. What else is wrong the sender is answered.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        try checkID(id)
    }
}

/// A node's answer to an action.
public struct ResultMessage: Payload, Hashable {
    /// The action's id.
    public var id: String
    /// True if it was done.
    public var done: Bool
    /// The reason why it wasn't done.
    public var error: String?
    /// The figures measured meanwhile, each with its unit in its name: `frameMilliseconds`, say.
    public var figures: [String: Double]?

    /// An answer.
    public init(id: String, done: Bool, error: String? = nil, figures: [String: Double]? = nil) {
        self.id = id
        self.done = done
        self.error = error
        self.figures = figures
    }

    /// - Throws: ``MessageError`` for an id that no action has.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        try checkID(id)
    }
}
