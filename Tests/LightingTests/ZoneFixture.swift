import Lighting

/// An instant `seconds` after a round one.
func at(_ seconds: Double) -> MeshInstant {
    MeshInstant(nanoseconds: 1_800_000_000_000_000_000 + Int64((seconds * 1e9).rounded()))
}

/// A staircase of ten bars with a sensor at each end, driven by hand.
struct Staircase {
    static let bottom = "stair-01/bottom"
    static let top = "landing/top"
    static let bars = (1...10).map { $0 < 10 ? "stair-0\($0)" : "stair-10" }

    var state: ZoneState
    private var registers: [String: SensorRegister] = [:]

    init(
        hold: Duration = .seconds(60), wave: Wave? = Wave(), look: Look = Look(), profile: Profile = Profile(),
        clock: CivilClock = .utc
    ) {
        state = ZoneState(
            zone: Zone(
                bars: Staircase.bars, sensors: [Staircase.bottom: .first, Staircase.top: .last], hold: hold, look: look,
                wave: wave, profile: profile),
            clock: clock)
    }

    /// The sensor begins to see motion.
    mutating func rise(_ sensor: String, at instant: MeshInstant, lead: Duration = .zero) {
        registers[sensor] = state.register(of: sensor, own: registers[sensor], motionAt: instant, lead: lead)
        state.setRegisters(registers)
    }

    /// The sensor goes on seeing motion, and says so.
    mutating func renew(_ sensor: String, at instant: MeshInstant) {
        registers[sensor]?.lastMotion = instant
        state.setRegisters(registers)
    }

    /// The sensor ceases to see motion.
    mutating func fall(_ sensor: String, at instant: MeshInstant) {
        registers[sensor]?.motion = false
        registers[sensor]?.lastMotion = instant
        state.setRegisters(registers)
    }

    /// The sensor sees motion for a moment.
    mutating func pulse(_ sensor: String, at instant: MeshInstant, lead: Duration = .zero) {
        rise(sensor, at: instant, lead: lead)
        fall(sensor, at: instant)
    }

    /// When each bar's cue in force at `instant` began, in bars' order.
    func cues(at instant: MeshInstant) -> [Cue] { Staircase.bars.map { state.plan(of: $0).cue(at: instant) } }

    /// Whether each bar is lit or coming at `instant`.
    func lit(at instant: MeshInstant) -> [Bool] { cues(at: instant).map { $0.target.lightness > .dark } }
}
