import Documents
import Lighting
import Mesh
import NodeFile

@testable import Configuration

extension Reader {
    /// The site's file: what it says is the same once it has gone through messages.
    static func read(site bytes: [UInt8]) throws {
        do {
            for (name, zone) in try SiteFile(bytes: bytes, file: "site.yaml").zones {
                let message = try JSON.decode(ZoneMessage.self, from: JSON.encode(ZoneMessage(zone, revision: 1)))
                try require(message.zone == zone, "zone \(name) became another")
            }
        } catch let errors as ConfigurationErrors { try requirePlain(errors.description, lines: true) }
    }

    /// A compiled zone of the time zone database.
    static func read(zoneFile bytes: [UInt8]) throws {
        guard let zone = TimeZoneFile(bytes) else { return }
        for seconds: Int64 in [.min / 4, -1, 0, 1_800_000_000, 4_117_000_000, .max / 4] {
            let offset = zone.secondsFromUTC(at: seconds)
            try require(abs(offset) <= 604_800, "an offset of \(offset) s")
        }
    }

    /// The files of agents and fleet agents; the letter that begins the input chooses.
    static func read(agentFiles bytes: [UInt8]) throws {
        let text = Array(bytes.dropFirst())
        do {
            if bytes.first == UInt8(ascii: "F") {
                _ = try FleetFile(bytes: text, file: "fleet.yaml")
            } else {
                _ = try AgentFile(bytes: text, file: "agent.yaml")
            }
        } catch { try requirePlain(error.description, lines: true) }
    }
}
