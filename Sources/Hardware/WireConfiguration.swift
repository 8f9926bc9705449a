/// The trigger wire that joins an agent to others: a GPIO line that each of them may pull low.
public struct WireConfiguration: Sendable, Hashable {
    /// The line.
    public var place: GPIOPlace
    /// The pull that holds the line high while nobody pulls it low: the chip's, or (`as-is`) that of a resistor alone.
    public var bias: GPIOBias

    /// A wire made in code.
    public init(_ place: GPIOPlace, bias: GPIOBias = .pullUp) {
        self.place = place
        self.bias = bias
    }
}
