/// A GPIO line that switches a bar.
public struct GPIOOutputLine: Sendable, Hashable {
    /// The line.
    public var place: GPIOPlace
    /// True if low is on.
    public var isActiveLow: Bool
    /// True if the bar is dimmed by switching the line on and off, which flickers; false: it is on or off.
    public var isDimmed: Bool

    /// A line chosen in code.
    public init(_ place: GPIOPlace, isActiveLow: Bool = false, isDimmed: Bool = false) {
        self.place = place
        self.isActiveLow = isActiveLow
        self.isDimmed = isDimmed
    }
}
