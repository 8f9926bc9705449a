/// The meaning of a pulse on the trigger wire, by how long the wire is low.
///
/// While two pull at once the longer pulse is read, and who meant another repeats its own: so a start that has a direction
/// goes before one that has none.
public enum WireSignal: Int, Sendable, Hashable, CaseIterable {
    /// Motion began: all bars at once.
    case together = 1
    /// Motion began at the first bar.
    case first
    /// Motion began at the last bar.
    case last
    /// Motion goes on, or has just ended: what is lit stays lit for the hold; where it is dark, all bars at once.
    case retrigger

    /// Pulses are multiples of this long: widths are well apart for a timer that is late by milliseconds on a board without
    /// real-time priority.
    static let unit = 12 * WireTiming.millisecond
    /// A pulse counts as the one it is meant to be from this much shorter…
    static let early = 5 * WireTiming.millisecond
    /// …to this much longer. It may come out longer: timers are late, and a long cable rises slowly.
    static let late = 6 * WireTiming.millisecond

    /// The time for which the wire is pulled low, in nanoseconds.
    public var width: Int64 { Int64(rawValue) * WireSignal.unit }

    /// The signal that a pulse of this width is meant to be; nil between and beyond all of them.
    public init?(width: Int64) {
        guard
            let signal = WireSignal.allCases.first(where: {
                (-WireSignal.early...WireSignal.late).contains(width - $0.width)
            })
        else { return nil }
        self = signal
    }
}
