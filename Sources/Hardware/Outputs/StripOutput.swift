/// A strip of addressable LEDs on a bus, with all bars that share it: one transfer a frame.
public final class StripOutput<Encoder: StripEncoder>: LightOutput {
    private var strip: Strip
    private var encoder: Encoder
    private let bus: any ByteSink

    /// A strip whose bytes `encoder` makes and `bus` sends.
    public init(_ strip: Strip, encoder: Encoder, bus: any ByteSink) {
        self.strip = strip
        self.encoder = encoder
        self.bus = bus
    }

    /// The number of bytes that a transfer has.
    public var bytesPerFrame: Int { encoder.bytes.count }

    /// Twice as long as a transfer takes, in which the loop waits: at least half its time is for all else.
    public var minimumInterval: Duration { encoder.duration * 2 }

    /// Takes what a bar is to show.
    public func set(_ frame: Frame, of part: Int) { strip.set(frame, of: part) }

    /// Sends the strip's light.
    public func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        let wantsMore = encoder.encode(strip, isAtRest: isAtRest)
        try bus.send(encoder.bytes)
        return wantsMore ? max(ditheringInterval, minimumInterval) : renewal
    }
}
