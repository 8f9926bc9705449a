internal import Lighting

/// The trigger wire's line: an input with edges while it listens, an open-drain output while it pulls.
///
/// It belongs to the agent's one thread, and never blocks it.
public final class WireLine {
    private let wire: WireConfiguration
    private let consumer: String
    private var line: GPIOLine?
    private var isPulling = false

    /// A wire that isn't open yet, as others see it had by `consumer`.
    public init(_ wire: WireConfiguration, consumer: GPIOConsumer) {
        self.wire = wire
        self.consumer = consumer.description
    }

    /// The line of the wire: `line 27 of gpiochip0`.
    public var place: String { wire.place.description }

    /// A descriptor that is readable when an edge waits; -1 while there is none to wait for.
    public var descriptor: Int32 { isPulling ? -1 : line?.descriptor ?? -1 }

    /// Listens.
    ///
    /// - Returns: whether the wire is low.
    /// - Throws: ``HardwareError``, `unavailable`, with what to do.
    public func listen() throws(HardwareError) -> Bool {
        // One line, one holder: what was held is let go of before.
        line = nil
        isPulling = false
        let line = try GPIOLine.input(wire.place, bias: wire.bias, consumer: consumer)
        self.line = line
        return try !line.isActive()
    }

    /// Pulls the wire low. Edges that wait are to be read before.
    ///
    /// - Throws: ``HardwareError``, `unavailable`.
    public func pull() throws(HardwareError) {
        line = nil
        isPulling = true
        line = try GPIOLine.output(wire.place, isOpenDrain: true, bias: wire.bias, consumer: consumer)
    }

    /// Returns whether the wire is low now.
    ///
    /// - Throws: ``HardwareError``, `unavailable`: the chip is gone.
    public func isLow() throws(HardwareError) -> Bool { try !(line?.isActive() ?? true) }

    /// The oldest edge that waits; nil if none does.
    ///
    /// - Throws: ``HardwareError``, `unavailable`: the chip is gone.
    public func nextEdge() throws(HardwareError) -> GPIOLine.Edge? { isPulling ? nil : try line?.nextEdge() }

    /// Lets go of everything.
    public func close() {
        line = nil
        isPulling = false
    }
}
