/// Looks by time of day: from each entry's time on, what it says replaces what the zone's look says.
public struct Profile: Sendable, Hashable {
    /// The settings that hold from a time of day on.
    public struct Entry: Sendable, Hashable {
        /// The time from which they hold.
        public var from: ProfileTime
        /// The brightness; nil: as the zone's look.
        public var brightness: Lightness?
        /// The colour; nil: as the zone's look.
        public var colour: Colour?
        /// The time for which the light stays after the last motion; nil: as the zone has it.
        public var hold: Duration?
        /// The time that the light takes to come; nil: as the zone's look.
        public var easeIn: Duration?
        /// The time that the light takes to go; nil: as the zone's look.
        public var easeOut: Duration?
        /// The brightness of the guide light; nil: as the zone has it.
        public var standby: Lightness?
        /// The wave of what begins meanwhile; nil: as the zone has it; ``Wave/together``: none.
        public var wave: Wave?

        /// An entry.
        public init(
            from: ProfileTime, brightness: Lightness? = nil, colour: Colour? = nil, hold: Duration? = nil,
            easeIn: Duration? = nil, easeOut: Duration? = nil, standby: Lightness? = nil, wave: Wave? = nil
        ) {
            self.from = from
            self.brightness = brightness
            self.colour = colour
            self.hold = hold
            self.easeIn = easeIn
            self.easeOut = easeOut
            self.standby = standby
            self.wave = wave
        }

        /// An entry that begins at a time of day.
        public init(from: TimeOfDay, brightness: Lightness? = nil, colour: Colour? = nil) {
            self.init(from: .clock(from), brightness: brightness, colour: colour)
        }
    }

    /// The entries in the order of the day.
    public let entries: [Entry]
    /// True if any goes by the sun.
    public let needsSun: Bool
    /// Whether any has a hold of its own.
    let hasHolds: Bool
    /// Whether any has a guide light.
    let hasStandby: Bool
    /// Whether any has a wave of its own.
    let hasWaves: Bool

    /// A profile of entries at different times.
    public init(_ entries: [Entry] = []) {
        self.entries = entries.sorted { $0.from.minutes < $1.from.minutes }
        needsSun = entries.contains { $0.from.timeOfDay == nil }
        hasHolds = entries.contains { $0.hold != nil }
        hasStandby = entries.contains { $0.standby ?? .dark > .dark }
        hasWaves = entries.contains { $0.wave != nil }
    }

    /// The entry in force at `instant`, and since when; nil without entries.
    ///
    /// Of several whose times clocks skip or reach at once, the last of them.
    func entry(at instant: MeshInstant, clock: CivilClock) -> (entry: Entry, since: MeshInstant)? {
        guard let last = entries.last else { return nil }
        guard !needsSun else { return begun(by: instant, clock: clock).max { $0.since < $1.since } }
        let (day, minutes) = Profile.day(clock.reached(at: instant))
        if let entry = entries.last(where: { $0.from.minutes <= minutes }), let time = entry.from.timeOfDay {
            return (entry, clock.instant(of: time, day: day))
        }
        return last.from.timeOfDay.map { (last, clock.instant(of: $0, day: day - 1)) }
    }

    /// The next instant after `instant` at which another entry comes into force; nil for fewer than two entries.
    func nextChange(after instant: MeshInstant, clock: CivilClock) -> MeshInstant? {
        guard entries.count > 1, let first = entries.first else { return nil }
        guard !needsSun else {
            return entries.lazy.flatMap { Profile.instants(of: $0.from, about: instant, clock) }
                .filter { $0 > instant }.min()
        }
        let (day, minutes) = Profile.day(clock.reached(at: instant))
        if let next = entries.first(where: { $0.from.minutes > minutes })?.from.timeOfDay {
            return clock.instant(of: next, day: day)
        }
        return first.from.timeOfDay.map { clock.instant(of: $0, day: day + 1) }
    }

    /// The entries that have begun by an instant, each with when it last did; of equals the later of a day is the last.
    private func begun(by instant: MeshInstant, clock: CivilClock) -> [(entry: Entry, since: MeshInstant)] {
        entries.compactMap { entry in
            Profile.instants(of: entry.from, about: instant, clock).last { $0 <= instant }.map { (entry, $0) }
        }
    }

    /// When an entry begins on the days about an instant, in order: none where it goes by a sun that nobody knows.
    private static func instants(
        of time: ProfileTime, about instant: MeshInstant, _ clock: CivilClock
    ) -> [MeshInstant] {
        switch time {
        case .clock(let time):
            let day = clock.localDay(at: instant)
            return (day - 1...day + 1).map { clock.instant(of: time, day: $0) }
        case .sun(let event, let offset):
            guard let sun = clock.sun else { return [] }
            let day = sun.day(at: instant)
            return (day - 1...day + 1).map { sun.instant(of: event, day: $0) + offset }
        }
    }

    /// The day since 1970 and the minute of it, of nanoseconds by a clock's own reckoning.
    private static func day(_ nanoseconds: Int64) -> (day: Int64, minutes: Int) {
        let minute: Int64 = 60_000_000_000
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: minute * 1440)
        return rest < 0 ? (whole - 1, Int(rest / minute + 1439)) : (whole, Int(rest / minute))
    }
}
