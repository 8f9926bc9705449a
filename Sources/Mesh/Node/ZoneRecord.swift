internal import Lighting

/// What a node knows of a zone that it has a part in.
struct ZoneRecord: Sendable {
    var state: ZoneState { didSet { isToTell = true } }
    let triggers: NodeDescription.Triggers
    /// The zone as configured: places in the stead of the hardware that fills them.
    private(set) var configured: Zone
    /// The configuration as it came, to restore it to a broker that lost its memory.
    var configuration: [UInt8]
    var revision: Int64
    /// The nodes that have a part in the zone, in the order of their names.
    private(set) var nodes: [String] = []
    private var nodeSet: Set<String> = []
    /// The nodes that the configuration names.
    private var configuredNodes: Set<String> = []
    /// The node of each bar of the zone.
    private(set) var barNodes: [String] = []
    /// Which of the nodes keeps the zone: the first of those that are online.
    private(set) var keeper: String? { didSet { if keeper != oldValue { isToTell = true } } }
    /// The registers of all its sensors as last heard, by `node/sensor`; whose node is gone, still.
    var registers: [String: SensorRegister] = [:]
    /// The last motion of those that have moved along with this node's clock: they go by it until they are said anew.
    private var moved: [String: MeshInstant] = [:]
    var override = OverrideMessage()
    /// The commands as they came, with what only later contracts know; nil: they are this node's own.
    var overrideOriginal: [UInt8]?
    private var barOverrides: [String: Override] = [:]
    private var flash: (bar: String?, light: Override)?
    /// Whether it is dark enough for motion to light it.
    var isDark = true
    /// Whether that was by a reading.
    private var isMeasured = false
    /// The node whose light sensor says whether it is dark enough.
    private(set) var lightNode: String?
    /// Motion here found it dark, and began what is to light it first at that instant: until then no reading holds any of
    /// its own light.
    var awaited: (start: MeshInstant, firstLight: MeshInstant)?
    /// What came since the last connect.
    var configurationSeen = false
    var overrideSeen = false
    /// What light its bars can show.
    private(set) var modes = LightModes.all { didSet { if modes != oldValue { isToTell = true } } }
    /// What the node last published of the zone as its keeper, and whether that may be another now, or will be when.
    private(set) var reported: ZoneReport?
    private var isToTell = true
    private var nextTelling: MeshInstant?
    /// Commands that another is to make overrides of, since the first of them came, and the override that there was.
    private(set) var unanswered: (payloads: [[UInt8]], since: MeshInstant, issued: Int64)?
    /// How many of them are kept, the last: who draws a slider sends many.
    private static let maximumUnanswered = 8
    /// The filters that it needs.
    var filters: [String] = []

    init(
        _ zone: Zone, configuration: [UInt8], revision: Int64, clock: CivilClock, places: Places,
        triggers: NodeDescription.Triggers = .network
    ) {
        configured = zone
        configuredNodes = Set(ZoneRecord.nodes(of: configured))
        state = ZoneState(zone: triggers.heeded(places.filled(zone)), clock: clock)
        self.triggers = triggers
        self.configuration = configuration
        self.revision = revision
        findNodes()
    }

    private mutating func findNodes() {
        barNodes = state.zone.bars.map { Name.place($0)?.node ?? "" }
        nodes = ZoneRecord.nodes(of: state.zone)
        nodeSet = Set(nodes)
        lightNode = state.zone.onlyWhenDark.flatMap { Name.place($0.sensor)?.node }
    }

    /// Takes note of a command that the keeper is to take up. Who says it again and again waits no longer for that.
    mutating func await(_ command: [UInt8], at now: MeshInstant) {
        var waiting = unanswered ?? (payloads: [], since: now, issued: override.issued)
        waiting.payloads.removeAll { $0 == command }
        waiting.payloads = waiting.payloads.suffix(ZoneRecord.maximumUnanswered - 1) + [command]
        unanswered = waiting
    }

    /// Nothing is awaited any more.
    mutating func awaitNothing() { unanswered = nil }

    /// Whether `node` has a part in the zone.
    func has(_ node: String) -> Bool { nodeSet.contains(node) }

    /// Finds the keeper.
    mutating func elect(_ presence: Presence) { keeper = presence.first(of: nodes) }

    /// The same when nothing has changed but the status of `node`: of a thousand nodes, not all are asked.
    mutating func elect(_ presence: Presence, after node: String) {
        guard has(node) else { return }
        if node == keeper || keeper == nil {
            elect(presence)
        } else if let keeper, presence.isOnline(node), presence.isPreferred(node, to: keeper) {
            self.keeper = node
        }
    }

    /// Takes up another configuration; what is known of its sensors stays.
    mutating func take(
        _ zone: Zone, configuration: [UInt8], revision: Int64, places: Places, at now: MeshInstant
    ) {
        self.configuration = configuration
        self.revision = revision
        configured = zone
        configuredNodes = Set(ZoneRecord.nodes(of: zone))
        fill(places, at: now)
    }

    /// Whether the configuration names any of these nodes.
    func names(anyOf nodes: Set<String>) -> Bool { !configuredNodes.isDisjoint(with: nodes) }

    /// Takes up who fills which place.
    ///
    /// - Returns: whether that changes anything.
    @discardableResult
    mutating func fill(_ places: Places, at now: MeshInstant) -> Bool {
        let zone = triggers.heeded(places.filled(configured))
        guard zone != state.zone else { return false }
        registers = registers.filter { zone.sensors[$0.key] != nil }
        if zone.onlyWhenDark != state.zone.onlyWhenDark { isMeasured = false }
        state.reconfigure(zone, at: now)
        findNodes()
        placeOverrides()
        return true
    }

    /// Takes up the commands in force.
    ///
    /// - Throws: ``MessageError`` where they can't be; then what held before holds on.
    @discardableResult
    mutating func take(_ message: OverrideMessage) throws(MessageError) -> Tolerance {
        var tolerance = Tolerance(message.contract)
        let commands = try message.read(&tolerance)
        if let waiting = unanswered, message.issued > waiting.issued { unanswered = nil }
        override = message
        state.override = commands.zone
        barOverrides = commands.bars
        flash = commands.flash
        placeOverrides()
        return tolerance
    }

    /// The place of this name, or that this hardware fills, as the configuration has it.
    func place(of bar: String) -> String? {
        if configured.bars.contains(bar) { return bar }
        return state.zone.bars.firstIndex(of: bar).map { configured.bars[$0] }
    }

    /// The hardware that fills a place of the zone.
    private func hardware(at place: String) -> String? {
        configured.bars.firstIndex(of: place).map { state.zone.bars[$0] }
    }

    /// The commands in force once this one is, too.
    func taking(_ command: ZoneCommand, at now: MeshInstant, lead: Duration) -> OverrideMessage {
        var message = override
        message.take(command, at: now, lead: lead, in: state, bar: command.bar.flatMap { hardware(at: $0) })
        return message
    }

    /// The commands, once it is said of those that have ended by themselves by `now` when they did; nil: none has.
    func settled(at now: MeshInstant) -> OverrideMessage? {
        guard override.hasSelfEnding else { return nil }
        var message = override
        if let end = state.override.flatMap({ state.end(of: $0) }), end <= now { message.end(nil, at: end) }
        for (place, command) in barOverrides {
            if let end = state.end(of: command), end <= now { message.end(place, at: end) }
        }
        guard message != override else { return nil }
        message.issued = max(now.nanoseconds, message.issued + 1)
        return message
    }

    /// A command over a bar is one over its place, whoever fills that.
    private mutating func placeOverrides() {
        state.flash = flash.map { ($0.bar.flatMap { hardware(at: $0) }, $0.light) }
        state.barOverrides = [:]
        for (place, bar) in zip(configured.bars, state.zone.bars) {
            state.barOverrides[bar] = barOverrides[place]
        }
    }

    /// Brings the zone in line with its registers and with who is online: a node that is gone sees nothing any more.
    mutating func merge(_ presence: Presence, own: String?) {
        var registers = registers
        if triggers == .wire { registers = registers.filter { WireSensor(rawValue: $0.key) != nil } }
        for (sensor, register) in registers where register.motion {
            guard let node = Name.place(sensor)?.node, node != own, !presence.isOnline(node) else { continue }
            registers[sensor]?.motion = false
        }
        var blind: Set<String> = []
        if state.zone.follow != nil {
            let away = state.zone.sensors.keys.filter { sensor in
                guard let node = Name.place(sensor)?.node, node != own else { return false }
                return !presence.isOnline(node)
            }
            blind = Set(away)
        }
        state.setRegisters(registers, blind: blind)
    }

    /// Looks whether it is dark enough, by what light sensors say.
    ///
    /// - Returns: whether that could be told; false: its own light is, or may be, in what they say.
    mutating func judge(
        by lights: [String: Double], _ presence: Presence, own: String, afterglow: Duration, at now: MeshInstant
    ) -> Bool {
        guard let limit = state.zone.onlyWhenDark else {
            isDark = true
            return true
        }
        let isAwaited = awaited.map { now < $0.firstLight } ?? false
        guard isAwaited || !state.isLit(at: now, orWithin: afterglow) else { return false }
        let node = lightNode ?? ""
        // What a node said that is gone since is of another time of day.
        let reading = node == own || presence.isOnline(node) ? lights[limit.sensor] : nil
        isDark = limit.isDark(reading, before: isDark && isMeasured)
        isMeasured = reading != nil
        return true
    }

    /// Whether motion may light it. Mutating so that it is asked where it lies, and not a copy of it.
    mutating func mayLight(afterglow: Duration, at now: MeshInstant) -> Bool {
        isDark || state.isLit(at: now, orWithin: afterglow)
    }

    /// Those of the `affected` sensors were said by a clock that was set by `step` since.
    /// What has moved along once goes by this node's clock, and does so each time.
    mutating func shiftRegisters(by step: Duration, of affected: (String, SensorRegister) -> Bool) {
        awaited = nil
        let before = moved
        moved = [:]
        for (sensor, register) in registers
        where before[sensor] == register.lastMotion || affected(sensor, register) {
            let shifted = register.shifted(by: step)
            registers[sensor] = shifted
            moved[sensor] = shifted.lastMotion
        }
    }

    /// Whether a sensor of `node` has said anything.
    func knowsSensors(of node: String) -> Bool { registers.keys.contains { Name.place($0)?.node == node } }

    /// Takes note of what light its bars can show.
    mutating func learnModes(_ presence: Presence) { modes = presence.lightModes(of: state.zone.bars) }

    /// Forgets what it last published: somebody else may have had the last word.
    mutating func tellAnew() {
        reported = nil
        isToTell = true
    }

    /// What its keeper is to publish at `now`, if that is another than before.
    mutating func news(at now: MeshInstant) -> ZoneReport? {
        guard isToTell || nextTelling.map({ $0 <= now }) ?? false else { return nil }
        let report = ZoneReport(state, modes: modes, at: now)
        nextTelling = state.nextChange(after: now)
        isToTell = false
        guard report != reported else { return nil }
        reported = report
        return report
    }

    /// When there may be news next, as far as was known with the last.
    var newsDue: MeshInstant? { isToTell ? .distantPast : nextTelling }

    /// Whether any bar or sensor of the zone is `node`'s.
    static func has(_ node: String, in zone: Zone) -> Bool {
        let (prefix, names) = (node + "/", [zone.bars, Array(zone.sensors.keys)])
        return names.contains { $0.contains { $0 == node || $0.hasPrefix(prefix) && Name.place($0) != nil } }
    }

    static func nodes(of zone: Zone) -> [String] {
        Set((zone.bars + zone.sensors.keys).compactMap { Name.place($0)?.node }).sorted()
    }
}
