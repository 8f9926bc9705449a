/// A frequency in hertz.
public struct Hertz: Sendable, Hashable, Comparable {
    /// Times a second.
    public var value: Int

    /// `value` times a second.
    public init(_ value: Int) { self.value = value }

    /// The order of frequency.
    public static func < (a: Hertz, b: Hertz) -> Bool { a.value < b.value }
}
