public import Lighting

/// Someone who listens to a whole site: what every zone, node, sensor and bar said last, and what bars show at any instant.
public struct MeshObserver: Sendable {
    /// A bar of a zone, as seen from outside.
    public struct Bar: Sendable {
        /// Its name in the zone.
        public var place: String
        /// The light that it shows if all goes as planned.
        public var light: Light
        /// True if its node is online.
        public var isOnline: Bool
    }

    /// The site's name.
    public let site: String
    /// The nodes' last statuses: who is there.
    public private(set) var presence = Presence()
    /// The bars' last reports, by `node/bar`.
    public private(set) var bars: [String: BarMessage] = [:]
    /// The sensors' last messages, by `node/sensor`.
    public private(set) var sensors: [String: SensorMessage] = [:]
    /// The keepers' last reports on their zones, as they came, by the zones' names.
    public private(set) var reports: [String: [UInt8]] = [:]
    private var places = Places()
    private var zones: [String: ZoneRecord] = [:]
    private var faders: [String: [Fader]] = [:]

    private var clock: CivilClock

    /// An observer of a site who has heard nothing yet.
    /// - Parameter clock: what profiles go by.
    public init(site: String, clock: CivilClock) {
        self.site = site
        self.clock = clock
    }

    /// The filters of the topics that it listens to.
    public var filters: [String] {
        let topics: [Topic] = [
            .siteConfiguration, .status(node: "+"), .bar(node: "+", bar: "+"), .sensor(node: "+", sensor: "+"),
            .nodeConfiguration(node: "+"), .zoneConfiguration(zone: "+"), .override(zone: "+"), .state(zone: "+"),
        ]
        return topics.map { $0.name(site: site) }
    }

    /// The zones' names, in their order.
    public var zoneNames: [String] { zones.keys.sorted() }

    /// Returns the state of a zone, as far as it is known; nil: it has no configuration.
    public func zone(_ name: String) -> ZoneState? { zones[name]?.state }

    /// Takes up a message; one that can't be is as if it had not come.
    public mutating func take(topic: String, payload: [UInt8], at now: MeshInstant) {
        guard let topic = Topic(name: topic, site: site) else { return }
        do throws(MessageError) {
            switch try MeshMessage(topic, payload) {
            case .status(let node, let status): presence.update(status, of: node)
            case .bar(let node, let bar, let report):
                bars["\(node)/\(bar)"] = report
                return
            case .sensor(let node, let sensor, let message): try takeSensor("\(node)/\(sensor)", message, at: now)
            case .state(let zone, let report): reports[zone] = report.map { _ in payload }
            case .siteConfiguration(let site):
                guard let site else { return }
                clock = clock.placed(at: site.location?.location, asOf: now)
                for name in zones.keys { zones[name]?.state.clock = clock }
            case .zoneConfiguration(let zone, let message): try takeConfiguration(of: zone, message, payload, at: now)
            case .nodeConfiguration(let node, let message):
                places.update(message, of: node)
                for name in zones.keys { refill(name, at: now) }
            case .override(let zone, let message): try zones[zone]?.take(message ?? OverrideMessage())
            default: return
            }
        } catch { return }
        for name in zones.keys { zones[name]?.merge(presence, own: nil) }
        follow(at: now)
    }

    /// Returns what a zone's bars show at `now`, in their order.
    public mutating func lights(of name: String, at now: MeshInstant) -> [Bar] {
        guard let zone = zones[name]?.state.zone else { return [] }
        follow(at: now)
        return zone.bars.enumerated().map { index, place in
            Bar(
                place: place, light: faders[name]?[index].light(at: now) ?? .dark(.warmWhite),
                isOnline: Name.place(place).map { presence.isOnline($0.node) } ?? false)
        }
    }

    /// True if any bar of a zone is on its way at `now`.
    public func isAnimating(_ name: String, at now: MeshInstant) -> Bool {
        faders[name]?.contains { $0.restsAt > now } ?? false
    }

    /// The report of a bar by its name in a zone: `node/bar`, or `node` for that node's only bar.
    public func report(of place: String) -> BarMessage? {
        if let report = bars[place] { return report }
        guard let bar = presence[place]?.bars.first else { return nil }
        return bars["\(place)/\(bar.name)"]
    }

    private mutating func takeSensor(
        _ name: String, _ message: SensorMessage?, at now: MeshInstant
    ) throws(MessageError) {
        let contract = Name.place(name).flatMap { presence[$0.node]?.contract }
        let registers = try message?.read(at: now, contract: contract).registers ?? [:]
        sensors[name] = message
        for zone in zones.keys where zones[zone]?.state.zone.sensors[name] != nil {
            zones[zone]?.registers[name] = registers[zone]
        }
    }

    private mutating func takeConfiguration(
        of name: String, _ message: ZoneMessage?, _ payload: [UInt8], at now: MeshInstant
    ) throws(MessageError) {
        guard let message else {
            zones[name] = nil
            faders[name] = nil
            return
        }
        let bars = zones[name]?.state.zone.bars
        let (zone, revision) = (message.zone, message.revision ?? 0)
        if zones[name] == nil {
            zones[name] = ZoneRecord(zone, configuration: payload, revision: revision, clock: clock, places: places)
        } else {
            zones[name]?.take(zone, configuration: payload, revision: revision, places: places, at: now)
        }
        readAgain(name)
        if bars != zones[name]?.state.zone.bars {
            faders[name] = Array(repeating: Fader(), count: zone.bars.count)
        }
    }

    private mutating func refill(_ name: String, at now: MeshInstant) {
        zones[name]?.fill(places, at: now)
        readAgain(name)
    }

    /// Registers may have come before the configuration that gives them a place.
    private mutating func readAgain(_ name: String) {
        for (sensor, message) in sensors where zones[name]?.state.zone.sensors[sensor] != nil {
            guard let registers = try? message.registers(at: .distantFuture) else { continue }
            zones[name]?.registers[sensor] = registers[name]
        }
    }

    private mutating func follow(at now: MeshInstant) {
        for (name, record) in zones {
            for (index, place) in record.state.zone.bars.enumerated() {
                let cue = record.state.plan(of: place).cue(at: now)
                let isFirst = faders[name]?[index].cue == nil
                faders[name]?[index].follow(cue, at: now, fresh: isFirst)
            }
        }
    }
}
