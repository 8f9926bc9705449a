/// The fleet agent has a node's records of a boot, up to a number, on its disk: not retained, on `Topic/recorded(node:)`.
public struct RecordedMessage: Codable, Sendable, Hashable {
    /// The boot.
    public var bootId: String
    /// The number of the last of these records.
    public var sequence: Int64

    /// An acknowledgement.
    public init(bootId: String, sequence: Int64) {
        self.bootId = bootId
        self.sequence = sequence
    }
}
