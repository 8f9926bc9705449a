/// When the sun rises and sets at a place, by a clock that may be off universal time.
///
/// Profiles are asked at every change of light, on small boards, by ten thousand bars: the next weeks are reckoned
/// beforehand. What lies beyond is reckoned when it is asked for.
struct SunTimes: Sendable, Hashable {
    /// For how many days it reckons beforehand.
    private static let days: Int64 = 32

    let sun: Sun
    /// What is to be added to the clock for universal time.
    private let correction: Duration
    private let first: Int64
    private let times: [Sun.Event: [MeshInstant]]

    /// The times of the days about an instant of the clock's.
    init(_ sun: Sun, at instant: MeshInstant, correction: Duration) {
        self.sun = sun
        self.correction = correction
        let first = sun.day(at: instant + correction) - 2
        self.first = first
        times = Dictionary(
            uniqueKeysWithValues: Sun.Event.allCases.map { event in
                (event, (first..<first + SunTimes.days).map { sun.time(of: event, day: $0).instant - correction })
            })
    }

    /// The day that it is at an instant of the clock's.
    func day(at instant: MeshInstant) -> Int64 { sun.day(at: instant + correction) }

    /// When an event of a day is, by the clock.
    func instant(of event: Sun.Event, day: Int64) -> MeshInstant {
        let index = day - first
        if let known = times[event], known.indices.contains(Int(index)) { return known[Int(index)] }
        return sun.time(of: event, day: day).instant - correction
    }

    /// Whether the days about an instant are reckoned.
    func covers(_ instant: MeshInstant) -> Bool { (2..<SunTimes.days - 2).contains(day(at: instant) - first) }
}
