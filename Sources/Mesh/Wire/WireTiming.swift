/// The wire's timing that isn't a pulse's own width; nanoseconds where it doesn't say otherwise.
public enum WireTiming {
    static let millisecond: Int64 = 1_000_000

    /// The least time from the pulse's falling edge to the first bar's light: the longest start has then been read, on a
    /// busy board too. A zone may ask for a longer lead.
    public static let lead = Duration.milliseconds(50)
    /// A pulse shorter than this is a disturbance: what a relay or a lamp's ballast couples into a cable lasts
    /// microseconds.
    static let glitch = 4 * millisecond
    /// The wire has risen once it has been high for this long: a shorter rise is a disturbance within a pulse.
    static let settle = 2 * millisecond
    /// For this long at least the wire is left alone after a pulse.
    static let gap = 8 * millisecond
    /// Who has to wait for the wire waits a random number of these more, so that two who wait don't go at once. Longer than
    /// it takes to see that somebody else has begun.
    static let slot = 4 * millisecond
    /// A pulse that is still low after this may have ended unseen.
    static let look = 60 * millisecond
    /// A wire that is low for this long is held by a short circuit or by a node that hangs.
    static let stuck = 250 * millisecond
    /// How often a signal is tried that others talk over.
    static let attempts = 8
}
