import Processes
import TestSupport
import Testing

@Suite("footlight replay")
struct ReplayCommandTests {
    /// Home Assistant's history of ten days: two minutes of motion at 18:30 UTC.
    private static var history: String {
        var text = "entity_id,state,last_changed\n"
        for day in 10..<20 {
            text += "binary_sensor.hall_motion,off,2026-01-\(day)T18:32:00.000Z\n"
            text += "binary_sensor.hall_motion,on,2026-01-\(day)T18:30:00.000Z\n"
        }
        return text
    }

    @Test
    func `reads Home Assistant's history, packed by gzip and unsorted, by the household's clock, and draws`()
        async throws
    {
        let folder = try TemporaryFolder("replay")
        let plain = try folder.write(Self.history, to: "history.csv")
        let gzip = try ChildProcess("gzip", ["-k", plain])
        #expect(try await gzip.end() == .exit(0), "\(gzip.output)")
        let result = try await CommandResult.footlight([
            "replay", plain + ".gz", "--time-zone", "Europe/Berlin", "--by", "hour", "--picture",
            "\(folder.path)/holds.svg",
        ])
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output.contains("20 motion events of binary_sensor.hall_motion"), "\(result.output)")
        #expect(result.output.contains("2026-01-10 19:30 to 2026-01-19 19:32"))
        let lit = result.output.split(separator: "\n").filter { $0.hasPrefix("19 ") && $0.contains("█") }
        #expect(!lit.isEmpty, "lit in the hour from 19:00: \(result.output)")
        let picture = String(decoding: try folder.contents(of: "holds.svg"), as: UTF8.self)
        #expect(picture.hasPrefix("<svg ") && picture.contains("15s is the shortest of these"), "\(picture)")
    }

    @Test
    func `a packed log that was cut off, and a zone that nobody knows, are refused with the reason`() async throws {
        let folder = try TemporaryFolder("replay")
        let plain = try folder.write(Self.history, to: "history.csv")
        let gzip = try ChildProcess("/bin/sh", ["-c", "gzip -c \"$1\" | head -c 60 > \"$1.gz\"", "sh", plain])
        #expect(try await gzip.end() == .exit(0), "\(gzip.output)")
        let cut = try await CommandResult.footlight(["replay", plain + ".gz"])
        #expect(cut.code == 65)
        #expect(cut.error.contains("history.csv.gz is packed by gzip, and damaged or cut off"), "\(cut.error)")
        let zone = try await CommandResult.footlight(["replay", plain, "--time-zone", "Europe/Bonn"])
        #expect(zone.code == 64)
        #expect(zone.error.contains("--time-zone Europe/Bonn is none that this machine knows"), "\(zone.error)")
    }
}
