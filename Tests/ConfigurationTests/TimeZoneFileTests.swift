import Foundation
import Lighting
import Platform
import Testing

@testable import Configuration

@Suite struct TimeZoneFileTests {
    private static func zone(_ name: String) throws -> TimeZoneFile {
        let path = try #require(TimeZoneDatabase.system.path(of: name))
        let bytes = try #require(WholeFile.read(path))
        return try #require(TimeZoneFile(bytes))
    }

    /// What date(1) says of the same instants.
    private static func offsets(_ name: String, at instants: [Int64]) throws -> [Int] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zone-\(UInt64.random(in: .min ... .max))")
        try instants.map { "@\($0)\n" }.joined().write(to: folder, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: folder) }
        let date = Process()
        date.executableURL = URL(filePath: "/usr/bin/env")
        date.arguments = ["TZ=\(name)", "date", "-f", folder.path, "+%::z"]
        let output = Pipe()
        date.standardOutput = output
        try date.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        date.waitUntilExit()
        return text.split(separator: "\n").map { line in
            let parts = line.dropFirst().split(separator: ":").map { Int($0) ?? .min }
            return (line.hasPrefix("-") ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60 + parts[2])
        }
    }

    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin",
        "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "Asia/Gaza", "UTC", "Etc/GMT+5", "Antarctica/Troll",
        "America/Nuuk", "Pacific/Chatham", "Africa/Cairo", "EST5EDT",
    ])
    func `offsets are the C library's, long ago and long from now`(name: String) throws {
        let zone = try Self.zone(name)
        // From 1900 to 2150, at all times of day.
        let instants = (0..<4000).map { -2_208_988_800 + Int64($0) * 1_973_449 }
        let known = try Self.offsets(name, at: instants)
        let read = instants.map { zone.secondsFromUTC(at: $0) }
        #expect(read == known)
    }

    @Test
    func `every zone of the database can be read`() throws {
        let names = TimeZoneDatabase.system.names()
        #expect(names.count > 300)
        for name in names { _ = try Self.zone(name) }
    }

    @Test
    func `what is no zone is none, cut off anywhere or overwritten`() throws {
        let path = try #require(TimeZoneDatabase.system.path(of: "Europe/Berlin"))
        let bytes = try #require(WholeFile.read(path))
        for count in 0..<bytes.count { _ = TimeZoneFile(Array(bytes.prefix(count)))?.secondsFromUTC(at: .max / 2) }
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0xff
            _ = TimeZoneFile(other)?.secondsFromUTC(at: 4_000_000_000)
        }
        #expect(TimeZoneFile([]) == nil && TimeZoneFile(Array("TZif2".utf8)) == nil)
        #expect(TimeZoneFile(Array(bytes.prefix(bytes.count - 2)))?.secondsFromUTC(at: 4_117_000_000) != nil)
    }

    @Test(arguments: [
        "", "CET", "CE-1", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J366", "CET-200", "<+01", "CET-1CEST,M3.5.0,M10.5.0/3x",
    ])
    func `a rule that is none`(text: String) { #expect(TimeZoneRule(Substring(text)) == nil) }

    @Test
    func `the site's zone is nobody else's: the process's own stays as it is`() throws {
        let now = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
        let variable = ProcessInfo.processInfo.environment["TZ"]
        let own = try #require(CivilClock.system(timeZone: nil, from: now))
        let tokyo = try #require(CivilClock.system(timeZone: "Asia/Tokyo", from: now))
        #expect(tokyo.secondsFromUTC(at: now) == 9 * 3600)
        let kathmandu = try #require(CivilClock.system(timeZone: "Asia/Kathmandu", from: now))
        #expect(kathmandu.secondsFromUTC(at: now) == 20_700)
        #expect(CivilClock.system(timeZone: nil, from: now) == own)
        #expect(getenv("TZ").map { String(cString: $0) } == variable)
        #expect(CivilClock.system(timeZone: "Mars/Phobos", from: now) == nil)
        // Summer in Berlin begins and ends as everybody knows.
        let berlin = try #require(CivilClock.system(timeZone: "Europe/Berlin", from: now))
        let summer = MeshInstant(nanoseconds: 1_800_000_000_000_000_000 + 180 * 86_400_000_000_000)
        #expect(berlin.secondsFromUTC(at: now) == 3600 && berlin.secondsFromUTC(at: summer) == 7200)
    }
}
