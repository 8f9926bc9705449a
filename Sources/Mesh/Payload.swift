/// The content of a message on a topic of the mesh. It is checked as it is decoded: who holds one that came from
/// outside needn't ask whether it can be.
///
/// `JSON.decode` sees to that for all of them, and ``MeshMessage`` for those that have quicker readers.
public protocol Payload: Codable, Sendable {
    /// The contract of its writer, ``Version/contract``; nil: the first, or it doesn't say.
    var contract: Int? { get }

    /// Leaves out what only a later contract has.
    ///
    /// - Throws: ``MessageError`` for what nobody can act on.
    mutating func validate(_ tolerance: inout Tolerance) throws(MessageError)
}

extension Payload {
    /// No contract: nothing of it is another in a later one.
    public var contract: Int? { nil }

    /// The payload once it is checked.
    ///
    /// - Throws: ``MessageError`` for what nobody can act on.
    public func validated() throws(MessageError) -> Self {
        var tolerance = Tolerance(contract)
        return try validated(&tolerance)
    }

    /// Returns the message that a topic keeps, checked, and what is left out of it, a sentence each; nil for no bytes: what
    /// it kept was taken away.
    ///
    /// - Throws: ``MessageError`` where it isn't one.
    public static func kept(in payload: [UInt8], leftOut: inout [String]) throws(MessageError) -> Self? {
        payload.isEmpty ? nil : try JSON.decode(Self.self, from: payload, leftOut: &leftOut)
    }

    func validated(_ tolerance: inout Tolerance) throws(MessageError) -> Self {
        var payload = self
        try payload.validate(&tolerance)
        return payload
    }
}
