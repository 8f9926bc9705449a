internal import Lighting
internal import Mesh

/// A sensor as it is, of motion or of light.
struct SensorRow: Encodable {
    /// `node/sensor`
    let sensor: String
    /// Whether its node is.
    let online: Bool
    /// What reads it; nil of a light sensor.
    let driver: String?
    /// Nil of a light sensor.
    let motion: Bool?
    /// When it last saw motion, nanoseconds since 1970; nil: never.
    let lastMotion: Int64?
    /// How bright a light sensor finds it, in lux.
    let lux: Double?
    /// What came last on its topic, as it came; nil of one without a topic.
    let input: String?
    /// Why it is left out.
    let failed: String?
    let zones: [String]

    /// `inputs`: what is known of topics, by `node/sensor`.
    static func all(in snapshot: SiteSnapshot, inputs: [String: String] = [:]) -> [SensorRow] {
        var drivers: [String: String] = [:]
        var lights = Set(snapshot.lights.keys)
        for (node, status) in snapshot.presence.all {
            for sensor in status.sensors { drivers["\(node)/\(sensor.name)"] = sensor.driver }
            for light in status.lights ?? [] { lights.insert("\(node)/\(light)") }
        }
        func isOnline(_ name: String) -> Bool { snapshot.presence.isOnline(Name.place(name)?.node ?? name) }
        let motion = Set(drivers.keys).union(snapshot.sensors.keys).sorted().map { name in
            let message = snapshot.sensors[name]
            return SensorRow(
                sensor: name, online: isOnline(name), driver: drivers[name], motion: message?.motion,
                lastMotion: message.flatMap { $0.lastMotion > 0 ? $0.lastMotion : nil }, lux: nil,
                input: inputs[name], failed: message?.failed,
                zones: snapshot.sortedZones.filter { $0.zone.sensors[name] != nil }.map(\.name))
        }
        return motion
            + lights.sorted().map { name in
                SensorRow(
                    sensor: name, online: isOnline(name), driver: nil, motion: nil, lastMotion: nil,
                    lux: snapshot.lights[name]?.lux, input: nil, failed: snapshot.lights[name]?.failed,
                    zones: snapshot.sortedZones.filter { $0.zone.onlyWhenDark?.sensor == name }.map(\.name))
            }
    }

    static func table(_ rows: [SensorRow], at now: MeshInstant) -> Table {
        let hasInputs = rows.contains { $0.input != nil }
        var table = Table(
            ["SENSOR", "SEES", "LAST MOTION", "DRIVER", "ZONES", "FAILED"] + (hasInputs ? ["LAST MESSAGE"] : []))
        for row in rows {
            let last = row.lastMotion.map { HumanTime.ago(MeshInstant(nanoseconds: $0), now: now) }
            let isLight = row.driver == nil && row.motion == nil
            table.add(
                [
                    .init(row.sensor), row.sees, .init(isLight ? "" : last ?? "never"),
                    .init(row.driver ?? (isLight ? "light" : "")),
                    row.zones.isEmpty ? .init("none", .yellow) : .init(row.zones.joined(separator: " ")),
                    .init(row.failed ?? "", .red),
                ] + (hasInputs ? [.init(row.input ?? "")] : []))
        }
        return table
    }

    private var sees: Table.Cell {
        if !online { return .init("offline", .red) }
        if let lux { return .init(SensorRow.text(lux)) }
        return switch motion {
        case true?: .init("motion", .green)
        case false?: .init("none")
        case nil: .init(driver == nil ? "unknown" : "none")
        }
    }

    /// An illuminance, to a tenth of a lux: `12.4 lx`.
    static func text(_ lux: Double) -> String {
        let tenths = Int((min(max(lux, 0), 1e6) * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) lx" : "\(tenths / 10).\(tenths % 10) lx"
    }
}
