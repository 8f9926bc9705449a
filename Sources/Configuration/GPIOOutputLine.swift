/// A GPIO line that switches a bar.
public struct GPIOOutputLine: Sendable, Hashable {
    /// Which one.
    public var place: GPIOPlace
    /// Whether low is on.
    public var isActiveLow: Bool
    /// Whether it is dimmed by switching it on and off, which flickers; else it is on or off.
    public var isDimmed: Bool

    /// A line chosen in code.
    public init(_ place: GPIOPlace, isActiveLow: Bool = false, isDimmed: Bool = false) {
        self.place = place
        self.isActiveLow = isActiveLow
        self.isDimmed = isDimmed
    }
}
