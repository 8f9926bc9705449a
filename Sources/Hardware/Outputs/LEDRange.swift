/// The LEDs of a strip that make a bar, counted from where the data come in, from 0.
public struct LEDRange: Sendable, Hashable {
    /// The largest number of LEDs that a strip may have.
    public static let longestStrip = 10_000

    /// The bar's first LED.
    public var first: Int
    /// The bar's last LED; below the first, where the bar begins at the strip's far end.
    public var last: Int
    /// The number of LEDs in a row that show the same.
    public var group: Int

    /// A range made in code.
    public init(first: Int, last: Int, group: Int = 1) {
        self.first = first
        self.last = last
        self.group = group
    }

    /// The LEDs, ascending.
    public var leds: ClosedRange<Int> { min(first, last)...max(first, last) }
    /// The number of the bar's pixels.
    public var pixels: Int { (leds.count + group - 1) / group }
}
