import Fleet
import Lighting
import Mesh
import Testing

@testable import Telemetry

@Suite("Records of a node on their way to the collector") struct NodeUplinkTests {
    private static let second: Int64 = 1_000_000_000
    private static let collector = CollectorMessage(agent: "fleet-a", bootId: "77", since: 1)

    private static func uplink(isCollected: Bool = true) -> NodeUplink {
        var uplink = NodeUplink(site: "home", node: "stair-01", bootId: "1f0c", started: Examples.start, seed: 1)
        _ = uplink.handle(.clock(isTrusted: true), at: 0)
        if isCollected { tell(&uplink, of: collector) }
        _ = uplink.handle(.connected, at: 0)
        return uplink
    }

    private static func tell(_ uplink: inout NodeUplink, of collector: CollectorMessage?, at now: Int64 = 0) {
        let payload = collector.map { JSON.encode($0) } ?? []
        _ = uplink.handle(.message(topic: "footlight/home/fleet/collector", payload: payload), at: now)
    }

    private static func acknowledge(_ uplink: inout NodeUplink, _ sequence: Int64, boot: String = "1f0c", at now: Int64)
    {
        let payload = JSON.encode(RecordedMessage(bootId: boot, sequence: sequence))
        _ = uplink.handle(.message(topic: "footlight/home/node/stair-01/recorded", payload: payload), at: now)
    }

    /// The sensor says something, `milliseconds` after the start.
    private static func say(
        _ uplink: inout NodeUplink, motion: Bool, edge: Int64, last: Int64, at now: Int64 = 0
    ) {
        let message = SensorMessage(
            motion: motion, lastEdge: Examples.start + .milliseconds(edge),
            lastMotion: Examples.start + .milliseconds(last), failed: nil, registers: [:])
        let topic = "footlight/home/node/stair-01/sensor/bottom"
        _ = uplink.handle(.said(topic: topic, payload: JSON.encode(message)), at: now)
    }

    private static func log(
        _ uplink: inout NodeUplink, _ texts: [String], level: LogLine.Level = .warning, andMore more: Int = 0,
        at now: Int64 = 0
    ) {
        let lines = texts.map { LogLine(level: level, text: $0) }
        _ = uplink.handle(.logged(lines, andMore: more, at: Examples.start), at: now)
    }

    /// The node reports a check.
    private static func report(_ uplink: inout NodeUplink, memory: Double, at now: Int64) {
        let report = HealthMessage(
            at: Examples.start.nanoseconds + now, uptimeSeconds: 1,
            checks: [.init(.memory, healthy: true, value: memory)])
        _ = uplink.handle(
            .said(topic: "footlight/home/node/stair-01/health", payload: JSON.encode(report)), at: now)
    }

    /// Works until a message is due, at most for a minute.
    private static func next(_ uplink: inout NodeUplink, after now: Int64 = 0) -> (
        records: [ReceivedRecord], at: Int64
    )? {
        var now = now
        for _ in 0..<1000 where uplink.due <= now + 60 * second {
            now = max(now, uplink.due)
            guard let message = uplink.work(at: now) else { continue }
            let lines = message.payload.split(separator: 0x0a).map(Array.init)
            return (lines.compactMap { try? ReceivedRecord(line: $0) }, now)
        }
        return nil
    }

    @Test func `a site without a collector pays nothing`() {
        var uplink = Self.uplink(isCollected: false)
        Self.say(&uplink, motion: true, edge: 10, last: 10)
        Self.log(&uplink, ["hot"])
        #expect(uplink.due == .max && uplink.checks().isEmpty)
        #expect(Self.next(&uplink) == nil)
    }

    @Test func `motion becomes records with their instants, chained, in one message`() throws {
        var uplink = Self.uplink()
        Self.say(&uplink, motion: true, edge: 10, last: 10)
        Self.say(&uplink, motion: true, edge: 10, last: 5010)
        Self.say(&uplink, motion: false, edge: 10, last: 7000)
        // A moment's motion is said once.
        Self.say(&uplink, motion: false, edge: 9000, last: 9000)
        let (records, at) = try #require(Self.next(&uplink))
        #expect(at == 200_000_000, "gathered for a moment: light goes first")
        #expect(records.map(\.key.sequence) == [1, 2, 3, 4])
        #expect(records.map(\.at) == [10, 7000, 9000, 9000].map { Examples.start + .milliseconds($0) })
        let motions = records.map { $0.body == .motion(MotionEvent(sensor: "bottom", motion: true)) }
        #expect(motions == [true, false, true, false])
        var check = ChainCheck()
        for record in records {
            #expect(check.take(key: record.key, previous: record.previous, digest: record.digest).isEmpty)
        }
    }

    @Test func `what was before the agent's start is no news`() {
        var uplink = Self.uplink()
        Self.say(&uplink, motion: false, edge: -5000, last: -1000)
        #expect(Self.next(&uplink) == nil)
    }

    @Test func `a first light, a fault and its end, and a warning become records`() throws {
        var uplink = Self.uplink()
        let bar = """
            {"colour":"2700K","firstLight":{"activation":1790000000000000000,"actual":1790000000040200000,\
            "planned":1790000000040000000,"zone":"stairs"},"level":0.6,"on":true}
            """
        for _ in 0..<2 {
            let topic = "footlight/home/node/stair-01/bar/bar"
            _ = uplink.handle(.said(topic: topic, payload: Array(bar.utf8)), at: 0)
        }
        for fault in ["open circuit", "open circuit", nil] {
            let report = HealthMessage(
                at: Examples.start.nanoseconds, uptimeSeconds: 1,
                checks: [.init(.bar, of: "bar", healthy: fault == nil, value: 0, detail: fault)])
            let topic = "footlight/home/node/stair-01/health"
            _ = uplink.handle(.said(topic: topic, payload: JSON.encode(report)), at: 0)
        }
        Self.log(&uplink, ["hot"])
        let (records, _) = try #require(Self.next(&uplink))
        let light = FirstLight(
            zone: "stairs", bar: "bar", activation: 1_790_000_000_000_000_000, planned: 1_790_000_000_040_000_000,
            actual: 1_790_000_000_040_200_000)
        let expected: [RecordBody] = [
            .log(LogLine(level: .warning, text: "hot")), .light(light),
            .health(HealthTransition(node: "stair-01", status: .unhealthy, cause: "bar/bar: open circuit")),
            .health(HealthTransition(node: "stair-01", status: .healthy, cause: "")),
            .sample(MetricSample(name: "bar/bar", value: 0, unit: "lightness")),
        ]
        #expect(Set(records.compactMap(\.body)) == Set(expected) && records.count == expected.count)
    }

    @Test func `lines of the log become records, sixty a minute, and how many more there were is told`()
        throws
    {
        var uplink = Self.uplink()
        Self.log(&uplink, (1...70).map { "line \($0)" }, level: .info, andMore: 5)
        Self.log(&uplink, ["one more"], at: 59 * Self.second)
        Self.log(&uplink, ["the next"], level: .error, at: 60 * Self.second)
        let (records, _) = try #require(Self.next(&uplink, after: 60 * Self.second))
        let lines = records.compactMap { record in
            if case .log(let line) = record.body { line } else { nil }
        }
        #expect(lines.prefix(60) == (1...60).map { LogLine(level: .info, text: "line \($0)") }[...])
        let told = LogLine(
            level: .warning, text: "the log has 16 more lines before this one; 60 a minute are kept")
        #expect(lines.dropFirst(60) == [told, LogLine(level: .error, text: "the next")])
    }

    @Test func `every five minutes the report's figures become samples`() throws {
        var uplink = Self.uplink()
        for tens in 0...60 { Self.report(&uplink, memory: Double(tens), at: Int64(tens) * 10 * Self.second) }
        let (records, _) = try #require(Self.next(&uplink, after: 600 * Self.second))
        #expect(
            records.map(\.body)
                == [0, 30, 60].map { .sample(MetricSample(name: "memory", value: $0, unit: "MB")) })
        #expect(records.map(\.at) == [0, 300, 600].map { Examples.start + .seconds($0) })
    }

    @Test func `without an acknowledgement it hands the same over again, less and less often`() throws {
        var uplink = Self.uplink()
        Self.say(&uplink, motion: false, edge: 10, last: 10)
        let first = try #require(Self.next(&uplink))
        var (last, pauses) = (first.at, [Int64]())
        for number in 0..<9 {
            // What is new goes with what waits.
            Self.say(&uplink, motion: false, edge: 20 + Int64(number), last: 20 + Int64(number), at: last)
            let again = try #require(Self.next(&uplink, after: last))
            #expect(again.records.prefix(first.records.count) == first.records[...])
            pauses.append(again.at - last)
            last = again.at
        }
        #expect(zip(pauses, pauses.dropFirst()).prefix(3).allSatisfy(<), "\(pauses)")
        #expect(pauses.allSatisfy { (2 * Self.second...62 * Self.second).contains($0) }, "\(pauses)")
    }

    @Test func `what is acknowledged goes, and what came meanwhile follows at once`() throws {
        var uplink = Self.uplink()
        Self.say(&uplink, motion: false, edge: 10, last: 10)
        let first = try #require(Self.next(&uplink))
        Self.say(&uplink, motion: false, edge: 20, last: 20, at: first.at)
        #expect(uplink.work(at: first.at) == nil, "one message at a time")
        Self.acknowledge(&uplink, 2, boot: "other", at: first.at)
        Self.acknowledge(&uplink, 99, at: first.at)
        Self.acknowledge(&uplink, 2, at: first.at)
        let second = try #require(Self.next(&uplink, after: first.at))
        #expect(second.at == first.at && second.records.map(\.key.sequence) == [3, 4])
        Self.acknowledge(&uplink, 4, at: second.at)
        #expect(uplink.due == .max && uplink.checks().first?.value == 0)
    }

    @Test func `another collector has all that waits within a second`() throws {
        var uplink = Self.uplink()
        Self.say(&uplink, motion: false, edge: 10, last: 10)
        let first = try #require(Self.next(&uplink))
        _ = uplink.handle(.disconnected, at: first.at)
        #expect(uplink.due == .max)
        _ = uplink.handle(.connected, at: first.at)
        Self.tell(&uplink, of: CollectorMessage(agent: "fleet-b", bootId: "9", since: 2), at: first.at)
        let second = try #require(Self.next(&uplink, after: first.at))
        #expect(second.records == first.records && second.at <= first.at + Self.second)
    }

    @Test func `until the clock is the mesh's nothing is dated, and a step moves it along`() throws {
        var uplink = NodeUplink(site: "home", node: "stair-01", bootId: "1f0c", started: Examples.start, seed: 1)
        Self.tell(&uplink, of: Self.collector)
        _ = uplink.handle(.connected, at: 0)
        Self.say(&uplink, motion: true, edge: 10, last: 10)
        #expect(Self.next(&uplink) == nil)
        _ = uplink.handle(.clock(isTrusted: true), at: 0)
        _ = uplink.handle(.clockStepped(.seconds(3600)), at: 0)
        // The core says again what it said, in the new time.
        Self.say(&uplink, motion: true, edge: 3_600_010, last: 3_600_010)
        let (records, _) = try #require(Self.next(&uplink))
        #expect(records.map(\.at) == [Examples.start + .milliseconds(3_600_010)])
    }

    @Test func `when nobody takes records for long, the oldest go and are counted`() throws {
        var uplink = Self.uplink()
        for number in 0..<Int64(RecordQueue.recordLimit + 10) {
            Self.say(&uplink, motion: number % 2 == 0, edge: number / 2 * 2000 + 10, last: number * 1000 + 10)
            _ = uplink.work(at: 0)
        }
        let check = try #require(uplink.checks().first)
        #expect(check.check == "records" && !check.healthy && check.value == Double(RecordQueue.recordLimit))
        #expect(check.detail?.hasPrefix("10 records") == true)
        // Told once; the count stays.
        #expect(uplink.checks().first?.healthy == true && uplink.checks().first?.detail == check.detail)
        #expect(try #require(Self.next(&uplink)).records.first?.key.sequence == 11)
    }

    @Test func `samples make way before anything else`() throws {
        var queue = RecordQueue(site: "home", node: "stair-01", boot: "1")
        for number in 0..<RecordQueue.recordLimit {
            let isSample = number % 100 == 50
            queue.append(
                isSample
                    ? .sample(MetricSample(name: "memory", value: 1, unit: "MB"))
                    : .motion(MotionEvent(sensor: "bottom", motion: true)), at: Examples.start)
        }
        for _ in 0..<11 { queue.append(.motion(MotionEvent(sensor: "bottom", motion: true)), at: Examples.start) }
        #expect(queue.lost == 11 && queue.count == RecordQueue.recordLimit)
        let (payload, _) = try #require(queue.batch(records: 2000, bytes: 1 << 20))
        let sequences = payload.split(separator: 0x0a).compactMap { try? ReceivedRecord(line: Array($0)).key.sequence }
        // Ten samples, and then the very oldest.
        #expect(sequences.first == 2 && !sequences.contains { ($0 - 1) % 100 == 50 && $0 <= 1000 })
        #expect(queue.acknowledge(boot: "1", through: 1011) && queue.count == 0 && queue.bytes == 0)
    }

    @Test func `pauses grow from half of the first to the longest, and respect what was asked for`() {
        var backOff = BackOff(first: .seconds(2), longest: .seconds(60), seed: 7)
        for wait in [2, 4, 8, 16, 32, 60, 60] {
            let pause = backOff.next().seconds
            #expect((Double(wait) / 2...Double(wait)).contains(pause), "\(pause) of \(wait)")
        }
        #expect((Double(120)...122).contains(backOff.next(atLeast: .seconds(120)).seconds))
        backOff.reset()
        #expect(backOff.next() <= .seconds(2))
        var other = BackOff(first: .seconds(2), longest: .seconds(60), seed: 8)
        #expect(
            other.next()
                != {
                    var same = BackOff(first: .seconds(2), longest: .seconds(60), seed: 7)
                    return same.next()
                }())
    }
}
