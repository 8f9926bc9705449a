/// Looks by time of day: from each entry's time on, what it says replaces what the zone's look says.
public struct Profile: Sendable, Hashable {
    /// What holds from a time of day on.
    public struct Entry: Sendable, Hashable {
        /// From when.
        public var from: TimeOfDay
        /// How bright, or as the zone's look.
        public var brightness: Lightness?
        /// In which colour, or as the zone's look.
        public var colour: Colour?

        /// An entry.
        public init(from: TimeOfDay, brightness: Lightness? = nil, colour: Colour? = nil) {
            self.from = from
            self.brightness = brightness
            self.colour = colour
        }
    }

    /// The entries in the order of the day.
    public let entries: [Entry]

    /// A profile of entries at different times.
    public init(_ entries: [Entry] = []) {
        self.entries = entries.sorted { $0.from < $1.from }
    }

    /// The entry in force at `instant`, and since when; nil without entries.
    ///
    /// Of several whose times clocks skip or reach at once, the last of them.
    func entry(at instant: MeshInstant, clock: CivilClock) -> (entry: Entry, since: MeshInstant)? {
        guard let last = entries.last else { return nil }
        let (day, minutes) = Profile.day(clock.reached(at: instant))
        if let entry = entries.last(where: { $0.from.minutes <= minutes }) {
            return (entry, clock.instant(of: entry.from, day: day))
        }
        return (last, clock.instant(of: last.from, day: day - 1))
    }

    /// The next instant after `instant` at which another entry comes into force; nil for fewer than two entries.
    func nextChange(after instant: MeshInstant, clock: CivilClock) -> MeshInstant? {
        guard entries.count > 1, let first = entries.first else { return nil }
        let (day, minutes) = Profile.day(clock.reached(at: instant))
        if let next = entries.first(where: { $0.from.minutes > minutes }) {
            return clock.instant(of: next.from, day: day)
        }
        return clock.instant(of: first.from, day: day + 1)
    }

    /// The day since 1970 and the minute of it, of nanoseconds by a clock's own reckoning.
    private static func day(_ nanoseconds: Int64) -> (day: Int64, minutes: Int) {
        let minute: Int64 = 60_000_000_000
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: minute * 1440)
        return rest < 0 ? (whole - 1, Int(rest / minute + 1439)) : (whole, Int(rest / minute))
    }
}
