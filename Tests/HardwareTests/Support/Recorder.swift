import Hardware

/// A bus or a network that remembers what was sent, and fails when it is told to.
final class Recorder: ByteSink, PacketSink {
    var sent: [[UInt8]] = []
    var failure: HardwareError?

    func send(_ bytes: [UInt8]) throws(HardwareError) {
        if let failure { throw failure }
        sent.append(bytes)
    }

    func send(_ packet: [UInt8], index: Int) throws(HardwareError) { try send(packet) }
}
