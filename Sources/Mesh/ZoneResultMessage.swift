/// The answer of a zone's keeper to a command that came on `zone/<zone>/set`, for who sent it.
public struct ZoneResultMessage: Payload, Hashable {
    /// The command's name, where it had one.
    public var id: String?
    /// The beginning of what came.
    public var command: String
    /// True if it was obeyed.
    public var done: Bool
    /// The reason why it wasn't obeyed.
    public var error: String?
    /// The part of it that was taken otherwise than asked.
    public var note: String?

    /// How much of what came is said again, bytes.
    private static let longest = 200

    /// The answer to a command.
    public init(of payload: [UInt8], id: String?, error: String? = nil, note: String? = nil) {
        self.id = id
        command = Excerpt.of(String(decoding: payload.prefix(Self.longest), as: UTF8.self), limit: Self.longest)
        done = error == nil
        self.error = error
        self.note = note
    }

    /// Checks nothing: whatever it says is for people to read.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {}
}
