public import Lighting

/// Runs a motion log through the zone core, in virtual time, as the sensors' nodes would.
///
/// What is lit and for how long is never computed here: motion goes in as registers, and ``ZoneState`` says whether the
/// zone is held and until when.
public struct ZoneReplay: Sendable {
    /// The result so far; complete after ``finish()``.
    public private(set) var result: ReplayResult
    /// The number of times that each sensor saw motion for longer than the limit and was left out, by its name in the
    /// zone.
    public private(set) var stuck: [String: Int] = [:]
    /// Each lit period that is over is told here. For tests.
    var periods: [ClosedRange<MeshInstant>]?

    private let stuckLimit: Duration
    private var state: ZoneState
    private var sensors: [VirtualSensor] = []
    /// What the sensors say, but for those whose word has lapsed.
    private var registers: [String: SensorRegister] = [:]
    /// No sensor is stuck before this instant.
    private var noneStuckBefore = MeshInstant.distantFuture
    private var litSince: MeshInstant?
    /// When the light goes off as things stand; nil while anybody moves.
    private var offAt: MeshInstant?

    /// A replay of a zone with a hold time of its own.
    /// - Parameter stuckLimit: a sensor that sees motion for longer is left out until it ceases to.
    public init(zone: Zone, hold: Duration, stuckLimit: Duration) {
        var zone = zone
        zone.hold = hold
        // A log tells when motion ends; nothing need be renewed.
        state = ZoneState(zone: zone, motionLease: .seconds(1_000_000_000))
        result = ReplayResult(hold: hold)
        self.stuckLimit = stuckLimit
    }

    /// The number of sensors that events may speak of.
    public var sensorCount: Int { sensors.count }

    /// Adds a sensor: the events' next. One that the zone doesn't have becomes the zone's.
    public mutating func add(sensor name: String) {
        sensors.append(VirtualSensor(name: name))
        guard state.zone.sensors[name] == nil else { return }
        var zone = state.zone
        zone.sensors[name] = .first
        state.reconfigure(zone, at: .distantPast)
    }

    /// Takes the next event; none may be earlier than the one before.
    public mutating func take(_ event: MotionEvent) {
        leaveOutStuck(before: event.time)
        goDark(before: event.time)
        let index = event.sensor
        if event.motion {
            guard !sensors[index].isLeftOut, !sensors[index].motion else { return }
            rise(index, at: event.time)
        } else {
            sensors[index].isLeftOut = false
            guard sensors[index].motion else { return }
            sensors[index].motion = false
            registers[sensors[index].name]?.motion = false
            registers[sensors[index].name]?.lastMotion = event.time
        }
        settle(at: event.time)
    }

    /// Plays on until the light is off.
    public mutating func finish() {
        leaveOutStuck(before: .distantFuture)
        goDark(before: .distantFuture)
    }

    private mutating func rise(_ index: Int, at now: MeshInstant) {
        let name = sensors[index].name
        sensors[index].motion = true
        sensors[index].lastEdge = now
        noneStuckBefore = min(noneStuckBefore, now + stuckLimit)
        let own = registers[name]
        // A register whose hold is over belongs to an activation that is, or adds nothing to the one that isn't.
        for (other, register) in registers where !register.motion && register.lastMotion + state.zone.hold < now {
            registers[other] = nil
        }
        registers[name] = state.register(of: name, own: own, motionAt: now, lead: state.zone.lead ?? .zero)
    }

    /// Has the core merge what the sensors say, and reads off it whether and until when the zone is lit.
    private mutating func settle(at now: MeshInstant) {
        state.setRegisters(registers)
        if state.isHeld(at: now) {
            if litSince == nil { litSince = now }
            offAt = state.activation?.end
        } else if litSince != nil {
            offAt = min(offAt ?? now, now)
        }
    }

    /// Ends the lit period whose hold was over before `now`. One that ends at `now` may be prolonged still.
    private mutating func goDark(before now: MeshInstant) {
        guard let since = litSince, let end = offAt, end < now else { return }
        result.add(since, end)
        periods?.append(since...end)
        litSince = nil
        offAt = nil
    }

    /// Leaves out the sensors that were stuck before `now`, one after the other.
    private mutating func leaveOutStuck(before now: MeshInstant) {
        while noneStuckBefore < now {
            let moving = sensors.indices.filter { sensors[$0].motion }
            let next = moving.min { sensors[$0].lastEdge < sensors[$1].lastEdge }
            guard let next, sensors[next].lastEdge + stuckLimit < now else {
                noneStuckBefore = next.map { sensors[$0].lastEdge + stuckLimit } ?? .distantFuture
                return
            }
            let instant = sensors[next].lastEdge + stuckLimit
            goDark(before: instant)
            sensors[next].motion = false
            sensors[next].isLeftOut = true
            stuck[sensors[next].name, default: 0] += 1
            registers[sensors[next].name] = nil
            settle(at: instant)
        }
    }
}
