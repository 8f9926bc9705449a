internal import Documents
internal import Lighting
internal import Mesh

/// A zone as it is.
struct ZoneRow: Encodable {
    let zone: String
    /// `on` or `off`; nil while nobody says.
    let state: String?
    /// 0…1
    let level: Double?
    let colour: String?
    /// `motion`, `manual` or `idle`.
    let reason: String?
    /// When a manual command ends, nanoseconds since 1970.
    let until: Int64?
    /// How it ends by itself: `visit` or `empty`.
    let ends: String?
    /// Whether somebody moves or did within the hold time.
    let motion: Bool?
    let holdSeconds: Double
    let bars: [String]
    /// The bars of nodes that are online.
    let barsOnline: Int
    /// The bars that commands of their own are in force for.
    let barsOverridden: [String]
    /// Where each sensor stands.
    let sensors: [String: String]
    /// How bright it is where the zone's light sensor stands, in lux; nil: the zone has none, or nobody knows.
    let lux: Double?
    /// Below this motion lights it, in lux; nil: always.
    let darkBelowLux: Double?
    /// The node that answers for the zone; nil where none of its nodes is online.
    let keeper: String?
    /// Whether its nodes sleep, none of them being awake.
    let sleeping: Bool

    static func all(in snapshot: SiteSnapshot) -> [ZoneRow] {
        snapshot.sortedZones.map { ZoneRow($0.name, $0.zone, snapshot) }
    }

    private init(_ name: String, _ zone: Zone, _ snapshot: SiteSnapshot) {
        let keeper = snapshot.presence.first(of: SiteSnapshot.nodes(of: zone))
        // What a keeper said that is gone may be long past.
        let report = keeper == nil ? nil : snapshot.reports[name]
        let overrides = try? snapshot.overrides[name]?.overrides()
        self.keeper = keeper
        sleeping = snapshot.presence.sleeps(SiteSnapshot.nodes(of: zone))
        darkBelowLux = zone.onlyWhenDark?.lux
        lux = (zone.onlyWhenDark?.sensor).flatMap { sensor in
            Name.place(sensor).flatMap { snapshot.presence.isOnline($0.node) ? snapshot.lights[sensor]?.lux : nil }
        }
        self.zone = name
        state = report?.state.lowercased()
        level = report?.level
        colour = report?.colour
        reason = report?.reason
        motion = report?.motion
        until = overrides?.zone.flatMap { $0.isInForce(at: snapshot.time) ? $0.until?.nanoseconds : nil }
        ends = overrides?.zone.flatMap { $0.isInForce(at: snapshot.time) ? $0.ends?.rawValue : nil }
        holdSeconds = zone.hold.seconds
        bars = zone.bars
        barsOnline = zone.bars.filter { Name.place($0).map { snapshot.presence.isOnline($0.node) } ?? false }.count
        barsOverridden = overrides?.bars.filter { $0.value.isInForce(at: snapshot.time) }.map(\.key).sorted() ?? []
        sensors = zone.sensors.mapValues(\.text)
    }

    static func table(_ rows: [ZoneRow], at now: MeshInstant) -> Table {
        var table = Table(["ZONE", "STATE", "BRIGHTNESS", "COLOUR", "WHY", "HOLD", "BARS", "SENSORS"])
        for row in rows {
            let state: Table.Cell =
                switch row.state {
                case nil where row.sleeping: .init("asleep")
                case nil: .init(row.keeper == nil ? "no node online" : "unknown", .red)
                case "on": .init("on", .green)
                default: .init("off")
                }
            let lit = row.state == "on"
            let bars = row.bars.count
            table.add([
                .init(row.zone), state, .init(lit ? row.level.map { Lightness($0).text } ?? "" : ""),
                lit ? .colour(row.colour) : "", .init(row.why(at: now)), .init(Duration.seconds(row.holdSeconds).text),
                row.barsOnline == bars || row.sleeping
                    ? .init("\(bars)") : .init("\(bars) (\(row.barsOnline) online)", .yellow),
                .init(row.sensors.keys.sorted().joined(separator: " ")),
            ])
        }
        return table
    }

    private func why(at now: MeshInstant) -> String {
        var words = reason ?? ""
        if let until { words += ", \(HumanTime.span((MeshInstant(nanoseconds: until) - now).seconds)) left" }
        if let darkBelowLux, state != "on" {
            words += words.isEmpty ? "" : ", "
            words += "\(lux.map(SensorRow.text) ?? "brightness unknown"), lit below \(SensorRow.text(darkBelowLux))"
        }
        if ends != nil { words += ", until nobody is there" }
        if !barsOverridden.isEmpty {
            words += words.isEmpty ? "" : ", "
            words += "\(Words.count(barsOverridden.count, "bar")) manual"
        }
        return words
    }
}
