public import Lighting

/// Someone who listens to a whole site: what every zone, node, sensor and bar said last, and what bars show at any instant.
public struct MeshObserver: Sendable {
    /// A bar of a zone, as seen from outside.
    public struct Bar: Sendable {
        /// Its name in the zone.
        public var place: String
        /// What it shows if all goes as planned.
        public var light: Light
        /// Whether its node is online.
        public var isOnline: Bool
    }

    /// The site's name.
    public let site: String
    /// Who is there.
    public private(set) var presence = Presence()
    /// What bars reported, by `node/bar`.
    public private(set) var bars: [String: BarMessage] = [:]
    /// What sensors said, by `node/sensor`.
    public private(set) var sensors: [String: SensorMessage] = [:]
    /// What keepers say of their zones.
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

    /// What it listens to.
    public var filters: [String] {
        [
            "config/site", "node/+/status", "node/+/bar/+", "node/+/sensor/+", "config/node/+", "config/zone/+",
            "zone/+/override", "zone/+/state",
        ]
        .map { "footlight/\(site)/\($0)" }
    }

    /// The zones' names, in their order.
    public var zoneNames: [String] { zones.keys.sorted() }

    /// What is known of a zone.
    public func zone(_ name: String) -> ZoneState? { zones[name]?.state }

    /// Takes up a message; one that can't be is as if it had not come.
    public mutating func take(topic: String, payload: [UInt8], at now: MeshInstant) {
        guard let topic = Topic(name: topic, site: site) else { return }
        do throws(MessageError) {
            switch topic {
            case .status(let node):
                presence.update(payload.isEmpty ? nil : try JSON.decode(NodeStatus.self, from: payload), of: node)
            case .bar(let node, let bar):
                bars["\(node)/\(bar)"] = payload.isEmpty ? nil : try JSON.decode(BarMessage.self, from: payload)
                return
            case .sensor(let node, let sensor): try takeSensor("\(node)/\(sensor)", payload, at: now)
            case .state(let zone): reports[zone] = payload.isEmpty ? nil : payload
            case .siteConfiguration:
                guard !payload.isEmpty else { return }
                let place = try JSON.decode(SiteMessage.self, from: payload).read().site.location
                clock = clock.placed(at: place?.location, asOf: now)
                for name in zones.keys { zones[name]?.state.clock = clock }
            case .zoneConfiguration(let zone): try takeConfiguration(of: zone, payload, at: now)
            case .nodeConfiguration(let node):
                places.update(
                    payload.isEmpty ? nil : try JSON.decode(PlacesMessage.self, from: payload).checked(), of: node)
                for name in zones.keys { refill(name, at: now) }
            case .override(let zone):
                try zones[zone]?.take(
                    payload.isEmpty ? OverrideMessage() : JSON.decode(OverrideMessage.self, from: payload))
            default: return
            }
        } catch { return }
        for name in zones.keys { zones[name]?.merge(presence, own: nil) }
        follow(at: now)
    }

    /// What a zone's bars show at `now`, in their order.
    public mutating func lights(of name: String, at now: MeshInstant) -> [Bar] {
        guard let zone = zones[name]?.state.zone else { return [] }
        follow(at: now)
        return zone.bars.enumerated().map { index, place in
            Bar(
                place: place, light: faders[name]?[index].light(at: now) ?? .dark(.warmWhite),
                isOnline: Name.place(place).map { presence.isOnline($0.node) } ?? false)
        }
    }

    /// Whether any bar of a zone is on its way at `now`.
    public func isAnimating(_ name: String, at now: MeshInstant) -> Bool {
        faders[name]?.contains { $0.restsAt > now } ?? false
    }

    /// The report of a bar by its name in a zone: `node/bar`, or `node` for that node's only bar.
    public func report(of place: String) -> BarMessage? {
        if let report = bars[place] { return report }
        guard let bar = presence[place]?.bars.first else { return nil }
        return bars["\(place)/\(bar.name)"]
    }

    private mutating func takeSensor(_ name: String, _ payload: [UInt8], at now: MeshInstant) throws(MessageError) {
        let message = payload.isEmpty ? nil : try JSON.decode(SensorMessage.self, from: payload)
        let contract = Name.place(name).flatMap { presence[$0.node]?.contract }
        let registers = try message?.read(at: now, contract: contract).registers ?? [:]
        sensors[name] = message
        for zone in zones.keys where zones[zone]?.state.zone.sensors[name] != nil {
            zones[zone]?.registers[name] = registers[zone]
        }
    }

    private mutating func takeConfiguration(
        of name: String, _ payload: [UInt8], at now: MeshInstant
    ) throws(MessageError) {
        guard !payload.isEmpty else {
            zones[name] = nil
            faders[name] = nil
            return
        }
        let message = try JSON.decode(ZoneMessage.self, from: payload)
        let bars = zones[name]?.state.zone.bars
        if zones[name] == nil {
            zones[name] = try ZoneRecord(message, configuration: payload, clock: clock, places: places)
        } else {
            zones[name]?.take(
                try message.zone(), configuration: payload, revision: message.revision ?? 0, places: places, at: now)
        }
        readAgain(name)
        if bars != zones[name]?.state.zone.bars {
            faders[name] = Array(repeating: Fader(), count: message.bars.count)
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
