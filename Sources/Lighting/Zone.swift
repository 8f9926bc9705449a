/// A zone: bars in order, the sensors that light them, and how.
public struct Zone: Sendable, Hashable {
    /// The hold times that may be asked for: 5 s … 1 h (L2).
    public static let holdRange = Duration.seconds(5)...Duration.seconds(3600)
    /// The leads that may be asked for: 0…1 s. (Measured ones stay within 5…150 ms.)
    public static let leadRange = Duration.zero...Duration.seconds(1)
    /// The number of bars that a zone may have.
    public static let maximumBars = 10_000

    /// The bars in order, each `node` or `node/bar`.
    public var bars: [String]
    /// The position of each sensor (`node/sensor`).
    public var sensors: [String: SensorPosition]
    /// The time for which the light stays after the last motion.
    public var hold: Duration
    /// The light that lit bars show.
    public var look: Look
    /// The wave in which light runs through the bars; nil: all together.
    public var wave: Wave?
    /// The way light walks along with people; nil: all bars are lit for anybody. Its waves begin at the sensors.
    public var follow: Follow?
    /// The settings that change with the time of day.
    public var profile: Profile
    /// The time after the motion at which the first bar lights; nil: the sensor's node decides.
    public var lead: Duration?
    /// The limit of darkness below which motion lights it; nil: motion always does.
    public var onlyWhenDark: DarkLimit?
    /// The endings of commands that don't say how they end.
    public var manual: ManualEndings
    /// The guide light that bars show while nobody is there and it is dark by ``onlyWhenDark``; nil: nothing.
    public var standby: Standby?

    /// True if its bars are dark while it is put out by a command, also where they are in other zones that are lit: a
    /// whole floor. A later command of another zone's lights them.
    public var isMaster: Bool

    /// A zone; the defaults are those of a file that says nothing.
    public init(
        bars: [String], sensors: [String: SensorPosition], hold: Duration = .seconds(60), look: Look = Look(),
        wave: Wave? = nil, profile: Profile = Profile(), lead: Duration? = nil,
        onlyWhenDark: DarkLimit? = nil, manual: ManualEndings = ManualEndings(), standby: Standby? = nil,
        follow: Follow? = nil, isMaster: Bool = false
    ) {
        self.bars = bars
        self.sensors = sensors
        self.hold = hold
        self.look = look
        self.wave = wave
        self.profile = profile
        self.lead = lead
        self.onlyWhenDark = onlyWhenDark
        self.manual = manual
        self.standby = standby
        self.follow = follow
        self.isMaster = isMaster
    }

    /// What lit bars show at `instant`, and since when that has been so (nil: always).
    func look(at instant: MeshInstant, clock: CivilClock) -> (look: Look, since: MeshInstant?) {
        guard let (entry, since) = profile.entry(at: instant, clock: clock) else { return (look, nil) }
        var look = look
        look.brightness = entry.brightness ?? look.brightness
        look.easeIn = entry.easeIn ?? look.easeIn
        look.easeOut = entry.easeOut ?? look.easeOut
        if let colour = entry.colour {
            look.colour = colour
            look.gradient = nil
        }
        return (look, since)
    }

    /// How long the light stays after motion at `instant`.
    func hold(at instant: MeshInstant, clock: CivilClock) -> Duration {
        guard profile.hasHolds else { return hold }
        return profile.entry(at: instant, clock: clock)?.entry.hold ?? hold
    }

    /// The waves that it has at any time of day.
    public var waves: [Wave] { [wave].compactMap { $0 } + profile.entries.compactMap(\.wave) }

    /// The shortest time that its light stays, at any time of day.
    public var shortestHold: Duration { min(hold, profile.entries.compactMap(\.hold).min() ?? hold) }
}
