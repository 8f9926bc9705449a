internal import Documents
internal import Lighting
internal import Mesh

/// A bar as it is.
struct BarRow: Encodable {
    /// The last activation that lit a bar.
    struct FirstLight: Encodable {
        let zone: String
        /// The activation's start, nanoseconds of mesh time.
        let activation: Int64
        /// When it was to light, nanoseconds of mesh time.
        let planned: Int64
        /// When its first frame was written, nanoseconds of mesh time.
        let actual: Int64
        /// How late that was.
        let deviationMilliseconds: Double
    }

    /// `node/bar`
    let bar: String
    /// Whether its node is.
    let online: Bool
    let channels: String?
    let on: Bool?
    /// 0…1
    let level: Double?
    let colour: String?
    let firstLight: FirstLight?
    /// Why it doesn't work.
    let failed: String?
    let zones: [String]

    static func all(in snapshot: SiteSnapshot) -> [BarRow] {
        var zones: [String: [String]] = [:]
        for (name, zone) in snapshot.sortedZones {
            for bar in zone.bars { zones[snapshot.fullName(ofBar: bar), default: []].append(name) }
        }
        var channels: [String: String] = [:]
        for (node, status) in snapshot.presence.all {
            for bar in status.bars { channels["\(node)/\(bar.name)"] = bar.channels }
        }
        return Set(channels.keys).union(snapshot.bars.keys).sorted().map { name in
            let node = Name.place(name)?.node ?? name
            let message = snapshot.bars[name]
            return BarRow(
                bar: name, online: snapshot.presence.isOnline(node), channels: channels[name], on: message?.on,
                level: message?.level, colour: message?.colour, firstLight: message?.firstLight.map(FirstLight.init),
                failed: message?.failed, zones: zones[name] ?? [])
        }
    }

    static func table(_ rows: [BarRow], at now: MeshInstant) -> Table {
        var table = Table(["BAR", "ON", "LEVEL", "COLOUR", "FIRST LIGHT", "PLANNED", "DEVIATION", "ZONES", "FAILED"])
        for row in rows {
            let state: Table.Cell
            if !row.online {
                state = .init("offline", .red)
            } else if let on = row.on {
                state = on ? .init("on", .green) : .init("off")
            } else {
                state = .init("unknown", .red)
            }
            let lit = row.online && row.on == true
            let planned = row.firstLight.map { MeshInstant(nanoseconds: $0.planned) }
            table.add([
                .init(row.bar), state, .init(lit ? row.level.map { Lightness($0).text } ?? "" : ""),
                lit ? .colour(row.colour) : "", .init(planned.map { HumanTime.ago($0, now: now) } ?? ""),
                .init(planned.map { HumanTime.clock($0, milliseconds: true) } ?? ""),
                .init(row.firstLight.map { BarRow.deviation($0.deviationMilliseconds) } ?? ""),
                row.zones.isEmpty ? .init("none", .yellow) : .init(row.zones.joined(separator: " ")),
                .init(row.failed ?? "", .red),
            ])
        }
        return table
    }

    /// `+1.2 ms`
    private static func deviation(_ milliseconds: Double) -> String {
        guard abs(milliseconds) < 1e12 else { return "?" }
        let tenths = Int((abs(milliseconds) * 10).rounded())
        return "\(milliseconds < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10) ms"
    }
}

extension BarRow.FirstLight {
    fileprivate init(_ message: BarMessage.FirstLight) {
        zone = message.zone
        activation = message.activation
        planned = message.planned
        actual = message.actual
        deviationMilliseconds = (Double(message.actual) - Double(message.planned)) / 1e6
    }
}
