/// A controller on the network with all bars that share it: its packets once a frame.
public final class NetworkOutput<Encoder: PacketEncoder>: LightOutput {
    /// How often receivers are told what they know, so that they don't take the sender for dead.
    ///
    /// - Source: ANSI E1.31-2018, 6.6.2: keep-alive every 800…1000 ms; WLED gives up after 2.5 s.
    private static var keepAlive: Duration { .milliseconds(900) }

    /// How often the end is said: any packet may be lost.
    ///
    /// - Source: ANSI E1.31-2018, 6.2.6: three packets with Stream_Terminated.
    private static var farewells: Int { 3 }

    private var saidFarewells = 0
    private var strip: Strip
    private var encoder: Encoder
    private let sink: any PacketSink

    /// A controller that gets the packets of `encoder` by `sink`.
    public init(_ strip: Strip, encoder: Encoder, sink: any PacketSink) {
        self.strip = strip
        self.encoder = encoder
        self.sink = sink
    }

    /// 44 frames a second.
    ///
    /// - Source: ANSI E1.31-2018, 6.6.1: no more than DMX512 allows.
    public var minimumInterval: Duration { .microseconds(22_728) }

    /// Takes what a bar is to show.
    public func set(_ frame: Frame, of part: Int) { strip.set(frame, of: part) }

    /// Sends the packets.
    public func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        encoder.encode(strip)
        try send()
        return Self.keepAlive
    }

    /// Sends the last packets once more, as the stream's end, one of several times.
    public func end() throws(HardwareError) -> Duration? {
        encoder.encodeEnd()
        try send()
        saidFarewells += 1
        return saidFarewells < Self.farewells ? minimumInterval : nil
    }

    private func send() throws(HardwareError) {
        for index in encoder.packets.indices { try sink.send(encoder.packets[index], index: index) }
    }
}
