import Lighting
import Mesh
import Testing

@testable import Fleet

@Suite struct ScheduleTests {
    /// A clock that goes from `standard` to `summer` at one instant and back at another.
    private static func clock(standard: Int, summer: Int, from: Int64, to: Int64) -> CivilClock {
        CivilClock(transitions: [
            .init(from: .distantPast, secondsFromUTC: standard),
            .init(from: MeshInstant(nanoseconds: from * 1_000_000_000), secondsFromUTC: summer),
            .init(from: MeshInstant(nanoseconds: to * 1_000_000_000), secondsFromUTC: standard),
        ])
    }

    /// 2027: Berlin 28 March and 31 October at 01:00 UTC; New York 14 March 07:00 and 7 November 06:00 UTC; Lord Howe
    /// (half an hour, the other way round: 10:30 in winter, 11:00 in summer) 3 April 15:00 and 2 October 15:30 UTC.
    private static let berlin = clock(standard: 3600, summer: 7200, from: 1_806_195_600, to: 1_824_944_400)
    private static let newYork = clock(standard: -18_000, summer: -14_400, from: 1_805_007_600, to: 1_825_567_200)
    private static let lordHowe = clock(standard: 39_600, summer: 37_800, from: 1_806_764_400, to: 1_822_491_000)

    private func instant(_ seconds: Int64) -> MeshInstant { MeshInstant(nanoseconds: seconds * 1_000_000_000) }

    @Test func `a time that clocks skip is that of the skip, one that they show twice counts once`() throws {
        let skipped = try #require(CronExpression(text: "30 2 * * *"))
        let eve = instant(1_806_195_600 - 7200)
        let spring = try #require(skipped.first(after: eve, on: Self.berlin))
        #expect(spring == instant(1_806_195_600))
        #expect(skipped.first(after: spring, on: Self.berlin) == instant(1_806_195_600 + 86_400 - 1800))
        let autumn = try #require(skipped.first(after: instant(1_824_944_400 - 7200), on: Self.berlin))
        #expect(autumn == instant(1_824_944_400 - 1800))
        #expect(skipped.first(after: autumn, on: Self.berlin) == instant(1_824_944_400 - 1800 + 90_000))
        #expect(skipped.last(notAfter: autumn + .seconds(3600), on: Self.berlin) == autumn)
    }

    @Test(
        arguments: [
            ("0 22 * * *", 1_800_050_400), ("*/15 * * * *", 1_800_000_900), ("30 8-18/2 * * mon-fri", 1_800_001_800),
            ("0 0 29 2 *", 1_835_395_200), ("0 6 1 * sun", 1_800_165_600), ("0 12 * * 7", 1_800_187_200),
        ] as [(String, Int64)])
    func `fields are as cron has them`(text: String, expected: Int64) throws {
        // 1800000000 is Friday, 15 January 2027, 08:00 UTC.
        #expect(
            try #require(CronExpression(text: text)).first(after: instant(1_800_000_000), on: .utc) == instant(expected)
        )
    }

    @Test(arguments: [
        "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *",
        "*/0 * * * *", "1/2 * * * *", "a * * * *", "0 0 31 2 *", "0 0 * * * *", "-1 * * * *", "1,,2 * * * *",
    ])
    func `what is no cron expression is refused`(text: String) { #expect(CronExpression(text: text) == nil) }

    @Test(
        arguments: [
            (Self.berlin, Int64(1_806_195_600), 3600 * 8), (Self.newYork, 1_805_007_600, 3600 * 8),
            (Self.lordHowe, 1_822_491_000, 1800 * 17), (Self.berlin, 1_824_944_400, 3600 * 10),
        ] as [(CivilClock, Int64, Int)])
    func `a zone sleeps and wakes across a change of clocks, and its nodes know till when`(
        clock: CivilClock, change: Int64, expected: Int
    ) throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { policy in
            policy.health.interval = .seconds(20)
            policy.lease = .seconds(30)
            policy.scheduledActions = [
                ScheduledAction(
                    name: "night", kind: .sleep, recurrence: CronExpression(text: "0 22 * * *")!, timeZone: "There"),
                ScheduledAction(
                    name: "day", kind: .wake, recurrence: CronExpression(text: "0 7 * * *")!, timeZone: "There"),
            ]
        }
        // From noon before the change on.
        fleet.handle(.disconnected)
        fleet.now = instant(change - 86_400)
        fleet.handle(.connected)
        fleet.handle(.settled)
        fleet.handle(.civilClock(timeZone: "There", clock))
        fleet.run(seconds: 86_400 / 2)
        var slept: MeshInstant?
        fleet.run(seconds: 86_400) { $0.core.groups["stairs"]?.message.sleeping == true }
        slept = fleet.now
        #expect(fleet.group("stairs")?.desiredCapacity == 0)
        let until = try #require(fleet.nodes["stair-01"]?.configuration?.sleepUntil)
        for node in stairs(4) { fleet.nodes[node]?.answers = false }
        fleet.run(until: MeshInstant(nanoseconds: until) - .seconds(1))
        #expect(fleet.activities().isEmpty && fleet.group("stairs")?.unhealthy == [])
        for node in stairs(4) { fleet.nodes[node]?.answers = true }
        fleet.run(seconds: 120) { $0.core.groups["stairs"]?.message.sleeping == false }
        #expect(fleet.now - MeshInstant(nanoseconds: until) < .seconds(12))
        let night = Double(expected)
        #expect(abs((fleet.now - (slept ?? fleet.now)).seconds - night) < 12)
        fleet.run(seconds: 120)
        #expect(fleet.nodes["stair-01"]?.configuration?.sleepUntil == nil)
        #expect(fleet.lines.contains { $0.hasPrefix("stairs woke: 4 of 4 Healthy after") })
    }

    @Test func `an operator's word holds until the next scheduled action, and sleep wakes nobody's ladder`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        #expect(fleet.command(FleetCommand(.sleep, id: "1", zone: "stairs"))?.done == true)
        for node in stairs(4) { fleet.nodes[node]?.answers = false }
        fleet.run(seconds: 600)
        #expect(fleet.group("stairs")?.sleeping == true && fleet.activities().isEmpty)
        #expect(fleet.command(FleetCommand(.wake, id: "2", zone: "stairs"))?.done == true)
        fleet.run(seconds: 70)
        #expect(fleet.lines.contains { $0.hasPrefix("stairs woke: 0 of 4 Healthy") })
        #expect(fleet.group("stairs")?.unhealthy.count == 4 && fleet.activities().isEmpty)
    }

    @Test func `until a time zone is there, what the last leader knew of its actions holds`() throws {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { policy in
            policy.scheduledActions = [
                ScheduledAction(
                    name: "night", kind: .sleep, recurrence: CronExpression(text: "0 22 * * *")!, timeZone: "There")
            ]
        }
        #expect(fleet.group("stairs")?.scheduledActions?.map(\.next) == [nil])
        fleet.handle(.civilClock(timeZone: "There", Self.berlin))
        fleet.run(seconds: 10)
        let next = try #require(fleet.group("stairs")?.scheduledActions?.first?.next)
        // As one is that takes over.
        fleet.core.clocks = [:]
        fleet.core.scheduleDue = fleet.now
        fleet.core.reconsider(at: fleet.now)
        fleet.run(seconds: 10)
        #expect(fleet.group("stairs")?.scheduledActions?.map(\.next) == [next])
    }

    @Test(arguments: [true, false])
    func `a group that wakes is told of as awake as soon as its nodes are, whoever of the two is first`(
        isToldFirst: Bool
    ) {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        #expect(fleet.command(FleetCommand(.sleep, id: "1", zone: "stairs"))?.done == true)
        for node in stairs(4) { fleet.hear(.status(node: node), fleet.status(node, .sleeping)) }
        fleet.run(seconds: 60)
        #expect(fleet.group("stairs")?.inService == 0)
        // Nodes wake by what they are told, or by the time that they were told.
        func wake() { for node in stairs(4) { fleet.hear(.status(node: node), fleet.status(node)) } }
        if !isToldFirst { wake() }
        #expect(fleet.command(FleetCommand(.wake, id: "2", zone: "stairs"))?.done == true)
        if isToldFirst { wake() }
        fleet.run(seconds: 60)
        #expect(fleet.group("stairs")?.inService == 4 && fleet.group("stairs")?.healthy == 4)
    }

    @Test func `a node that sleeps by its own configuration is left out as long as it does, and counts again then`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        let until = fleet.now + .seconds(300)
        fleet.hear(
            .nodeConfiguration(node: "stair-02"),
            PlacesMessage(revision: fleet.now.nanoseconds, sleepUntil: until.nanoseconds))
        fleet.hear(.status(node: "stair-02"), fleet.status("stair-02", .sleeping))
        fleet.run(seconds: 20)
        #expect(fleet.group("stairs")?.inService == 3)
        // Its time is over; that it says so may be lost.
        fleet.run(seconds: 320)
        #expect(fleet.group("stairs")?.inService == 4)
    }

    @Test func `a node of two zones sleeps until the first of them wakes, by its own clock, and is told once`() throws {
        var fleet = TestFleet(zones: ["hall": ["stair-01", "hall-01"], "stairs": stairs(4)]) { policy in
            for (zone, hour) in [("hall", 7), ("stairs", 6)] {
                policy.scheduledActions += [
                    ScheduledAction(
                        name: "\(zone) sleeps", zone: zone, kind: .sleep, recurrence: CronExpression(text: "0 9 * * *")!
                    ),
                    ScheduledAction(
                        name: "\(zone) wakes", zone: zone, kind: .wake,
                        recurrence: CronExpression(text: "0 \(hour) * * *")!),
                ]
            }
        }
        // It is 08:01 UTC.
        fleet.nodes["stair-01"]?.clock = .seconds(20)
        fleet.run(seconds: 3600)
        let told = fleet.published.filter { $0.topic == "config/node/stair-01" }
        #expect(told.count == 1)
        let six = instant(1_800_000_000 + 22 * 3600)
        let until = try #require(fleet.nodes["stair-01"]?.configuration?.sleepUntil)
        #expect(MeshInstant(nanoseconds: until) == six + .seconds(20))
        #expect(fleet.nodes["stair-02"]?.configuration?.sleepUntil == six.nanoseconds)
        #expect(fleet.nodes["hall-01"]?.configuration?.sleepUntil == (six + .seconds(3600)).nanoseconds)
    }

    @Test func `a node that says it sleeps, as its configuration has it, is left alone until it should be awake`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        let until = fleet.now + .seconds(900)
        fleet.hear(
            .nodeConfiguration(node: "stair-02"),
            PlacesMessage(revision: fleet.now.nanoseconds, sleepUntil: until.nanoseconds))
        fleet.nodes["stair-02"]?.answers = false
        fleet.hear(.status(node: "stair-02"), fleet.status("stair-02", .sleeping))
        fleet.run(until: until)
        #expect(fleet.health(of: "stair-02") == .healthy && fleet.activities().isEmpty)
        // Nor does it sleep on unnoticed.
        fleet.run(seconds: 36)
        #expect(fleet.health(of: "stair-02") == .unhealthy && fleet.activities().isEmpty)
    }

    @Test func `with ScheduledActions suspended nobody is put to sleep until they are resumed`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)]) { policy in
            policy.scheduledActions = [
                ScheduledAction(name: "night", kind: .sleep, recurrence: CronExpression(text: "5 8 * * *")!),
                ScheduledAction(name: "day", kind: .wake, recurrence: CronExpression(text: "0 8 * * *")!),
            ]
        }
        var suspend = FleetCommand(.suspend, id: "1", zone: "stairs")
        suspend.processes = [.scheduledActions]
        #expect(fleet.command(suspend)?.done == true)
        fleet.run(seconds: 600)
        #expect(fleet.group("stairs")?.sleeping == false)
        #expect(fleet.command(FleetCommand(.resume, id: "2", zone: "stairs"))?.done == true)
        #expect(fleet.group("stairs")?.sleeping == true)
    }
}
