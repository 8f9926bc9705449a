/// A way for packets to a controller on the network.
public protocol PacketSink: AnyObject {
    /// Sends the `index`th packet of a frame, having opened the socket if it isn't; closes it where that fails.
    func send(_ packet: [UInt8], index: Int) throws(HardwareError)
}
