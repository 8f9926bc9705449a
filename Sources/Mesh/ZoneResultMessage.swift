/// What a zone's keeper has to say of a command that came on `zone/<zone>/set`, for who sent it.
public struct ZoneResultMessage: Payload, Hashable {
    /// The command's name, where it had one.
    public var id: String?
    /// The beginning of what came.
    public var command: String
    /// Whether it was obeyed.
    public var done: Bool
    /// Why not.
    public var error: String?
    /// What of it was taken otherwise than asked.
    public var note: String?

    /// How much of what came is said again, bytes.
    private static let longest = 200

    /// What is to be said of a command.
    public init(of payload: [UInt8], id: String?, error: String? = nil, note: String? = nil) {
        self.id = id
        command = Excerpt.of(String(decoding: payload.prefix(Self.longest), as: UTF8.self), limit: Self.longest)
        done = error == nil
        self.error = error
        self.note = note
    }

    /// Nothing: whatever it says is for people to read.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {}
}
