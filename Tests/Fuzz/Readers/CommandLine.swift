import Configuration
import Lighting
import MQTT

@testable import Mesh
@testable import footlight

extension Reader {
    /// Below the site.
    private static let topics = [
        "config/site", "config/zone/stairs", "config/node/stair-01", "node/stair-01/status", "node/landing/status",
        "node/landing/sensor/top", "node/landing/light/sky", "node/stair-01/delivery", "node/stair-01/health",
        "node/stair-01/bar/bar", "zone/stairs/set", "zone/stairs/override", "zone/stairs/state", "node/stair-01/action",
        "fleet/agent/fleet-a", "fleet/node/stair-01", "fleet/group/stairs",
    ]

    /// Whatever a broker may have kept, to the commands that show it: an upper-case letter chooses the topic.
    static func read(commandLine bytes: [UInt8]) throws {
        let now = start
        let messages = Line.all(bytes).map {
            ReceivedMessage(
                topic: "footlight/home/" + Line.item($0.kind, of: topics), payload: $0.text, retained: $0.mark & 1 == 0)
        }
        let snapshot = SiteSnapshot(messages, site: "home")
        let tables = [
            ZoneRow.table(ZoneRow.all(in: snapshot), at: now), NodeRow.table(NodeRow.all(in: snapshot), at: now),
            BarRow.table(BarRow.all(in: snapshot), at: now), SensorRow.table(SensorRow.all(in: snapshot), at: now),
        ]
        for table in tables {
            for line in table.lines(columns: 80, colourful: false) { try requirePlain(line.written) }
        }
        _ = Overview(snapshot, brokers: [])
        if let plan = try? ForgetPlan("stair-01", on: snapshot, force: true) {
            for line in ForgetReport.table(ForgetReport(plan, after: snapshot).rows).lines(
                columns: 80, colourful: false)
            {
                try requirePlain(line.written)
            }
        }
        _ = try? RenamePlan(from: "stair-01", to: "landing", on: snapshot, force: true)

        var fleet = FleetState(site: "home")
        var observer = MeshObserver(site: "home", clock: .utc)
        var index = SiteIndex(site: "home")
        var health: [String: HealthMessage] = [:]
        _ = index.begin()
        for message in messages {
            fleet.take(message, at: now)
            observer.take(topic: message.topic, payload: message.payload, at: now)
            _ = index.take(topic: message.topic, payload: message.payload)
            if let report = try? JSON.decode(HealthMessage.self, from: message.payload) { health["stair-01"] = report }
        }
        for zone in [nil, "stairs"] {
            for line in HealthReport(fleet, zone: zone, asked: now, at: now).lines(columns: 80, colourful: false) {
                try requirePlain(line.written)
            }
            _ = SyncReport(snapshot, health: health, zone: zone)
        }
        for name in observer.zoneNames {
            let picture = ZonePicture(
                name: name, observer: observer, bars: observer.lights(of: name, at: now), now: now, columns: 80,
                rows: 24, colourful: false)
            for line in picture.lines { try requirePlain(line.written) }
        }
        if let file = try? SiteFile(
            text: "site: home\nzones: {stairs: {bars: [stair-01], hold: 30s}, hall: {bars: [landing]}}\n",
            file: "site.yaml")
        {
            _ = SitePlan(file, on: snapshot, force: false)
        }
    }
}
