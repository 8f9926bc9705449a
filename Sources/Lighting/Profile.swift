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
    func entry(at instant: MeshInstant, clock: CivilClock) -> (entry: Entry, since: MeshInstant)? {
        entries
            .map { (entry: $0, since: clock.last($0.from, notAfter: instant)) }
            .max { $0.since < $1.since }
    }

    /// The next instant after `instant` at which another entry comes into force; nil for fewer than two entries.
    func nextChange(after instant: MeshInstant, clock: CivilClock) -> MeshInstant? {
        guard entries.count > 1 else { return nil }
        return entries.map { clock.first($0.from, after: instant) }.min()
    }
}
