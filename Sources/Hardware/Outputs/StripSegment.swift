/// The LEDs of a strip that make a bar.
public struct StripSegment: Sendable, Hashable {
    /// The first, counted from where the data come in, from 0.
    public var first: Int
    /// The number of LEDs, at least 1.
    public var count: Int
    /// True if the bar begins at the last of them.
    public var isReversed: Bool
    /// The number of LEDs in a row that show the same pixel.
    public var group: Int

    /// A bar on a strip.
    public init(first: Int = 0, count: Int, isReversed: Bool = false, group: Int = 1) {
        self.first = first
        self.count = count
        self.isReversed = isReversed
        self.group = group
    }

    /// The number of the bar's pixels.
    public var pixels: Int { (count + group - 1) / group }
    /// The index after its last LED's.
    public var end: Int { first + count }

    /// The pixel that the LED at `index` of the strip shows.
    func pixel(at index: Int) -> Int { (isReversed ? end - 1 - index : index - first) / group }
}
