/// Makes of what a strip is to show the packets that a controller on the network takes. Pure.
public protocol PacketEncoder: Sendable {
    /// The packets of the frame made last, in the order in which they are sent.
    var packets: [[UInt8]] { get }
    /// Makes the packets that show `strip`.
    mutating func encode(_ strip: Strip)
    /// Makes of them the packets that end the stream: the same light once more.
    mutating func encodeEnd()
}
