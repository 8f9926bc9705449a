/// What the error bound rests on, and nothing else. Where a clock breaks one of these, the bound may be wrong.
///
/// Rates are fractions (1e-6 is a part per million, ppm) of nanoseconds per nanosecond.
enum ClockAssumptions {
    /// The most by which a node's monotonic clock runs off true time: 200 ppm. Crystals of boards are within 100 ppm
    /// over their range of temperature, and NTP's own frequency tolerance is 15 ppm.
    ///
    /// - Source: RFC 5905, section 7.2 (`PHI`, frequency tolerance), widened for boards without discipline.
    static let oscillatorRate = 200e-6
    /// The most by which a reference's mesh time runs off its own monotonic clock: what it took over from the
    /// reference before it. Enforced by ``MeshClockCore``.
    static let referenceRate = 200e-6
    /// The most by which mesh time may run off a node's monotonic clock: two oscillators, and the reference's part.
    static let relativeRate = 2 * oscillatorRate + referenceRate
    /// The most by which the time of a node that follows, and slews, may run off another's monotonic clock: what mesh time
    /// may for it, its slewing, and the other's oscillator.
    static let unsteadyRate = relativeRate + 2 * oscillatorRate + 500e-6
    /// How quickly the rate of a reference may change, per nanosecond: 0.25 ppm per second, made of 0.1 for each of the two
    /// oscillators (a crystal of 1 ppm per kelvin warming by six kelvins a minute) and 0.05 for the reference's own
    /// steering.
    static let wander = 0.25e-6 / 1e9
    /// By how much more it may change at once: the steering goes in stairs.
    static let rateStair = 1e-6
    /// What stamps and roundings lose, in nanoseconds.
    static let resolution = 100.0
}
