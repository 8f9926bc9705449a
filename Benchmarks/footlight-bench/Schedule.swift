/// When which staircase is activated: they take turns, one activation at a time, so that each has gone dark and rested
/// before its next turn although its hold is over 5 s.
struct Schedule: Sendable {
    /// Between one activation and the next, of another staircase.
    static let usualPeriod: Int64 = 220_000_000

    /// The first activation, nanoseconds of the monotonic clock.
    let first: Int64
    let sets: Int
    let rounds: Int
    var period = Schedule.usualPeriod

    var count: Int { sets * rounds }
    /// When the last one is over, and all has come to rest.
    var end: Int64 { instant(count) + 7_000_000_000 }

    /// When the activation of this index comes: set `index % sets`.
    func instant(_ index: Int) -> Int64 { first + Int64(index) * period }
}
