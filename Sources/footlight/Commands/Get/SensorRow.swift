internal import Lighting
internal import Mesh

/// A sensor as it is.
struct SensorRow: Encodable {
    /// `node/sensor`
    let sensor: String
    /// Whether its node is.
    let online: Bool
    /// What reads it.
    let driver: String?
    let motion: Bool?
    /// When it last saw motion, nanoseconds since 1970; nil: never.
    let lastMotion: Int64?
    /// Why it is left out.
    let failed: String?
    let zones: [String]

    static func all(in snapshot: SiteSnapshot) -> [SensorRow] {
        var drivers: [String: String] = [:]
        for (node, status) in snapshot.presence.all {
            for sensor in status.sensors { drivers["\(node)/\(sensor.name)"] = sensor.driver }
        }
        return Set(drivers.keys).union(snapshot.sensors.keys).sorted().map { name in
            let message = snapshot.sensors[name]
            return SensorRow(
                sensor: name, online: snapshot.presence.isOnline(Name.place(name)?.node ?? name),
                driver: drivers[name], motion: message?.motion,
                lastMotion: message.flatMap { $0.lastMotion > 0 ? $0.lastMotion : nil }, failed: message?.failed,
                zones: snapshot.sortedZones.filter { $0.zone.sensors[name] != nil }.map(\.name))
        }
    }

    static func table(_ rows: [SensorRow], at now: MeshInstant) -> Table {
        var table = Table(["SENSOR", "MOTION", "LAST MOTION", "DRIVER", "ZONES", "FAILED"])
        for row in rows {
            let motion: Table.Cell =
                row.online
                ? row.motion == true ? .init("yes", .green) : .init("no")
                : .init("offline", .red)
            let last = row.lastMotion.map { HumanTime.ago(MeshInstant(nanoseconds: $0), now: now) }
            table.add([
                .init(row.sensor), motion, .init(last ?? "never"), .init(row.driver ?? ""),
                row.zones.isEmpty ? .init("none", .yellow) : .init(row.zones.joined(separator: " ")),
                .init(row.failed ?? "", .red),
            ])
        }
        return table
    }
}
