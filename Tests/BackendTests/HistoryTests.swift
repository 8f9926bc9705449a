import Backend
import Lighting
import Processes
import SQLite
import Telemetry
import Testing

@testable import Backend
@testable import Fleet

/// What queries and pages are told, on every kind of store.
@Suite struct HistoryTests {
    private static let start: Int64 = 1_795_000_500_000_000_000 / Quarter.nanoseconds * Quarter.nanoseconds
    private static let minute: Int64 = 60_000_000_000

    private static func all(of store: any RecordStore) async throws {
        while true {
            let progress = try await store.summarise()
            #expect(progress.faults == [])
            if progress.done == 0 { return }
        }
    }

    private static func light(
        _ zone: String, _ bar: String, _ activation: Int64, late: Int64, planned: Int64 = 0
    ) -> RecordBody {
        .light(
            FirstLight(
                zone: zone, bar: bar, activation: activation, planned: activation + planned,
                actual: activation + planned + late))
    }

    private static func asked(_ change: (inout HistoryQuery) -> Void = { _ in }) -> HistoryQuery {
        var asked = HistoryQuery(site: "home", from: start, to: start + 86_400_000_000_000)
        change(&asked)
        return asked
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `activations are told with their bars' spread, by page, and in sum`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let history = History(store: test.store)
        let ms: Int64 = 1_000_000
        // Every minute the stair lights, three bars 20 ms after one another as planned; the hall, of one bar, every third.
        var chains = ["a", "b", "c"].map { RecordChain(site: "home", node: "stair-\($0)", boot: "1f0c") }
        var records: [ReceivedRecord] = []
        for step in 0..<60 {
            let activation = Self.start + Int64(step) * Self.minute
            for bar in 0..<3 {
                let body = Self.light(
                    "stair", "main", activation, late: Int64(bar * (step % 4)) * ms, planned: Int64(bar) * 20 * ms)
                let line = chains[bar].append(body, at: MeshInstant(nanoseconds: activation + Int64(bar) * 25 * ms))
                records.append(try ReceivedRecord(line: line))
            }
            if step % 3 == 0 {
                let line = chains[0].append(
                    Self.light("hall", "lamp", activation, late: 7 * ms),
                    at: MeshInstant(nanoseconds: activation + 7 * ms))
                records.append(try ReceivedRecord(line: line))
            }
        }
        // Another site's aren't told.
        var other = RecordChain(site: "cabin", node: "stair-a", boot: "1f0c")
        let cabin = try ReceivedRecord(
            line: other.append(
                Self.light("stair", "main", Self.start, late: 900 * ms), at: MeshInstant(nanoseconds: Self.start)))
        records.shuffle()
        for part in stride(from: 0, to: records.count, by: 31) {
            _ = try await test.store.add(Array(records[part..<min(part + 31, records.count)]))
            if part % 2 == 0 { try await Self.all(of: test.store) }
        }
        _ = try await test.store.add([cabin])
        _ = try await test.store.add(records)
        try await Self.all(of: test.store)

        var asked = Self.asked { $0.limit = 7 }
        var rows: [ActivationRow] = []
        repeat {
            let page = try await history.activations(asked)
            rows += page.rows
            #expect(page.rows.count == 7 || page.next == nil)
            asked.after = page.next.flatMap { RowCursor($0.description, History.activationOrder.parts) }
        } while asked.after != nil
        #expect(rows.count == 80)
        #expect(rows[0] == ActivationRow(at: Self.start, zone: "hall", bars: 1, late: 7 * ms, spread: nil))
        #expect(rows[1] == ActivationRow(at: Self.start, zone: "stair", bars: 3, late: 0, spread: 0))
        #expect(
            rows[2]
                == ActivationRow(at: Self.start + Self.minute, zone: "stair", bars: 3, late: 2 * ms, spread: 2 * ms))
        let newest = try await history.activations(Self.asked { $0.isNewestFirst = true })
        #expect(newest.rows == rows.sorted { ($0.at, $0.zone) > ($1.at, $1.zone) })
        #expect(newest.next == nil)
        #expect(
            try await history.activations(Self.asked { $0.zone = "hall" }).rows == rows.filter { $0.zone == "hall" })
        #expect(try await history.activations(Self.asked { $0.site = "cabin" }).rows.count == 1)

        for step in History.Step.allCases where step != .day {
            let sync = try await history.sync(Self.asked(), by: step)
            // The first began a quarter past the hour.
            #expect(
                sync.filter { $0.zone == "stair" }.map(\.activations)
                    == (step == .quarter ? [15, 15, 15, 15] : [45, 15]))
            #expect(sync.first { $0.zone == "stair" }?.start == Self.start / step.nanoseconds * step.nanoseconds)
            #expect(sync.allSatisfy { $0.zone != "hall" || $0.measured == 0 && $0.bound(0.5) == nil })
        }
        let day = try await history.sync(
            Self.asked { $0.from = Self.start / History.Step.day.nanoseconds * History.Step.day.nanoseconds }, by: .day)
        let stair = try #require(day.first { $0.zone == "stair" })
        // Spreads of 0, 2, 4 and 6 ms, 15 of each.
        #expect(stair.activations == 60 && stair.measured == 60 && stair.spread == 6 * ms && stair.late == 6 * ms)
        #expect(stair.bound(0.5) == 5 * ms && stair.bound(0.99) == 6 * ms && stair.bound(0.25) == ms)
        #expect(day.first { $0.zone == "hall" }?.activations == 20)

        // Made anew they say the same.
        try await test.store.remakeSummaries()
        try await Self.all(of: test.store)
        #expect(try await history.activations(Self.asked()).rows == rows)
    }

    @Test func `an SQLite store reads a quarter of an hour, and not all that the site has`() async throws {
        let test = try await TestStore.new(.sqlite)
        let store = try #require(test.store as? SQLiteStore)
        let statements = QuarterStatements.reading(Quarter(site: "home", number: 1_994_445)).map(\.sql)
            .filter { $0.contains("main.record") }
        let plans = try await store.run(on: store.summariser) { database throws(SQLiteError) in
            var plans: [String] = []
            for statement in statements {
                plans += try database.rows("EXPLAIN QUERY PLAN \(statement.replacing("$", with: "?"))") { $0.text(3) }
            }
            return plans
        }
        #expect(plans.count == 3)
        for plan in plans { #expect(plan.hasSuffix("USING INDEX record_at (site=? AND at>? AND at<?)")) }
        await store.close()
    }

    /// Whether another process sums them up, too, before the first has written anything.
    @Test(arguments: [false, true])
    func `an SQLite store takes records while a quarter of an hour is read, and sums them up, too`(
        isSummedUpMeanwhile: Bool
    ) async throws {
        let test = try await TestStore.new(.sqlite)
        let store = try #require(test.store as? SQLiteStore)
        let other = try test.another()
        let start = MeshInstant(nanoseconds: Self.start)
        _ = try await store.add(try Records.chain(30, from: start))
        let more = try Records.chain(30, node: "stair-02", from: start)
        let taken = Monitor<Int?>(nil)
        let progress = try await store.summarise(meanwhile: {
            Task {
                let new = try await store.add(more)
                if isSummedUpMeanwhile { _ = try await other.summarise() }
                taken.change { $0 = new }
            }
            _ = taken.wait(within: .seconds(30)) { $0 }
        })
        #expect(taken.change { $0 } == 30)
        #expect(progress.faults == [] && progress.done == 1)
        let history = History(store: store)
        func lines() async throws -> Int { try await history.log(Self.asked { $0.limit = 100 }).rows.count }
        #expect(try await lines() == (isSummedUpMeanwhile ? 40 : 20))
        try await Self.all(of: store)
        #expect(try await lines() == 40)
        // Every other third line is one of motion that begins.
        #expect(try await history.motion(Self.asked(), clock: .utc).map(\.motions).reduce(0, +) == 10)
        await other.close()
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `nodes' health, what was done to them and their logs are told, now and over time`(
        kind: TestStore.Kind
    ) async throws {
        let test = try await TestStore.new(kind)
        let history = History(store: test.store)
        var fleet = RecordChain(site: "home", node: "fleet-1", boot: "b1")
        var stair = RecordChain(site: "home", node: "stair-01", boot: "1f0c")
        func instant(_ minute: Int64) -> MeshInstant { MeshInstant(nanoseconds: Self.start + minute * Self.minute) }
        func activity(_ status: Activity.Status, _ detail: String, ended: Int64? = nil) -> RecordBody {
            .activity(
                GroupActivity(
                    zone: "stair",
                    activity: Activity(
                        id: "restart-stair-01-7", kind: .replacement, node: "stair-01", cause: "<b>silent</b>",
                        began: instant(5).nanoseconds, ended: ended, status: status, step: .restart, detail: detail)))
        }
        let evil = "'); DROP TABLE record; -- <script>alert(1)</script> \"\u{1F4A1}\\"
        let lines = [
            fleet.append(.health(HealthTransition(node: "stair-01", status: .healthy, cause: "")), at: instant(1)),
            stair.append(
                .health(HealthTransition(node: "stair-01", status: .unhealthy, cause: "sensor/bottom")), at: instant(2)),
            fleet.append(.health(HealthTransition(node: "stair-01", status: .unhealthy, cause: evil)), at: instant(3)),
            fleet.append(
                .health(HealthTransition(node: "stair-02", status: .unobservable, cause: "no fleet")), at: instant(3)),
            fleet.append(activity(.inProgress, "waits"), at: instant(5)),
            fleet.append(activity(.successful, "is back", ended: instant(20).nanoseconds), at: instant(20)),
            fleet.append(
                .health(HealthTransition(node: "stair-01", status: .healthy, cause: "is back")), at: instant(21)),
            stair.append(.log(LogLine(level: .warning, text: evil)), at: instant(22)),
            stair.append(.log(LogLine(level: .error, text: "=1+1")), at: instant(23)),
        ]
        // What comes late changes nothing of what is later.
        for line in lines.reversed() {
            _ = try await test.store.add([try ReceivedRecord(line: line)])
            try await Self.all(of: test.store)
        }
        let nodes = try await history.nodes("home")
        #expect(nodes.map(\.node) == ["fleet-1", "stair-01", "stair-02"])
        #expect(nodes.map(\.verdict) == [nil, "Healthy", "unobservable"])
        #expect(nodes[1].verdictAt == instant(21).nanoseconds && nodes[1].verdictCause == "is back")
        #expect(nodes[1].report == "Unhealthy" && nodes[1].reportCause == "sensor/bottom")
        #expect(nodes[1].lastRecord == instant(23).nanoseconds && nodes[1].firstRecord == instant(2).nanoseconds)
        #expect(nodes[2].lastRecord == nil)
        #expect(try await history.nodes("home", node: "stair-02") == [nodes[2]])
        #expect(try await history.nodes("cabin") == [])

        let words = try await history.health(Self.asked { $0.node = "stair-01" })
        #expect(words.rows.map(\.status) == ["Healthy", "Unhealthy", "Unhealthy", "Healthy"])
        #expect(words.rows[2].cause == evil && words.rows[2].writer == "fleet-1")
        let verdicts = try await history.health(Self.asked { $0.limit = 2 }, own: false)
        #expect(verdicts.rows.map(\.at) == [instant(1).nanoseconds, instant(3).nanoseconds])
        let next = try #require(verdicts.next.flatMap { RowCursor($0.description, History.healthOrder.parts) })
        #expect(
            try await history.health(Self.asked { $0.after = next }, own: false).rows.map(\.node) == [
                "stair-02", "stair-01",
            ])
        #expect(try await history.verdicts("home", at: instant(3).nanoseconds) == ["stair-01": "Healthy"])
        #expect(
            try await history.verdicts("home", at: instant(30).nanoseconds) == [
                "stair-01": "Healthy", "stair-02": "unobservable",
            ])

        let activities = try await history.activities(Self.asked())
        #expect(activities.rows.map(\.status) == ["Successful"] && activities.next == nil)
        #expect(
            activities.rows.first?.ended == instant(20).nanoseconds && activities.rows.first?.cause == "<b>silent</b>")
        #expect(try await history.activities(Self.asked { $0.node = "stair-02" }).rows == [])
        let log = try await history.log(Self.asked { $0.limit = 1 })
        #expect(log.rows.map(\.text) == [evil])
        let rest = try #require(log.next.flatMap { RowCursor($0.description, History.logOrder.parts) })
        let second = try await history.log(Self.asked { $0.after = rest })
        #expect(second.rows.map(\.level) == ["error"])
        #expect(
            String(decoding: TableFormat.csv.bytes(second), as: UTF8.self)
                == "at,node,boot,sequence,level,text\r\n\(instant(23).nanoseconds),stair-01,1f0c,3,error,'=1+1\r\n")

        let sites = try await history.sites(only: nil, at: instant(60).nanoseconds)
        #expect(
            sites.rows == [
                SiteRow(
                    site: "home", nodes: 3, healthy: 1, unhealthy: 0, unobservable: 1,
                    lastRecord: instant(23).nanoseconds,
                    activations: 0)
            ])
        #expect(try await history.sites(only: "cabin", at: instant(60).nanoseconds).rows == [])
    }

    /// Over the night when clocks go back, in a zone whose hours begin at half past of UTC's too.
    @Test(arguments: TestStore.Kind.allCases)
    func `motion is told by the hours of the week, as clocks showed them`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let history = History(store: test.store)
        // Sunday, 25 October 2026, 00:00 UTC: in Berlin it is 02:00, and clocks go back at 01:00 UTC.
        let sunday: Int64 = 1_792_886_400_000_000_000
        var chain = RecordChain(site: "home", node: "stair-01", boot: "1f0c")
        var records: [ReceivedRecord] = []
        for quarter in 0..<12 {
            for motion in [true, false] {
                let at = MeshInstant(nanoseconds: sunday + Int64(quarter) * Quarter.nanoseconds + (motion ? 1 : 2))
                records.append(
                    try ReceivedRecord(line: chain.append(.motion(MotionEvent(sensor: "top", motion: motion)), at: at)))
            }
        }
        _ = try await test.store.add(records)
        try await Self.all(of: test.store)
        func hours(_ zone: String) async throws -> [Int64: Int64] {
            let (from, to) = (sunday - 86_400_000_000_000 * 40, sunday + 86_400_000_000_000 * 40)
            let rows = try await history.motion(
                HistoryQuery(site: "home", from: from, to: to), clock: ZoneClock.clock(zone, from: from, to: to))
            #expect(rows.count == 168)
            #expect(rows.allSatisfy { $0.motions == 0 || $0.weekday == 7 })
            return Dictionary(uniqueKeysWithValues: rows.filter { $0.motions > 0 }.map { ($0.hour, $0.motions) })
        }
        #expect(try await hours("Etc/UTC") == [0: 4, 1: 4, 2: 4])
        #expect(try await hours("Europe/Berlin") == [2: 8, 3: 4])
        #expect(try await hours("Asia/Kolkata") == [5: 2, 6: 4, 7: 4, 8: 2])
        let none = HistoryQuery(site: "home", node: "stair-02", from: 0, to: .max)
        #expect(try await history.motion(none, clock: .utc).allSatisfy { $0.motions == 0 })
    }

    @Test func `quarters of an hour fall into runs of one offset`() {
        let clock = ZoneClock.clock("Europe/Berlin", from: 1_767_225_600_000_000_000, to: 1_798_761_600_000_000_000)
        let runs = History.offsets(of: clock, from: 1_767_225_600_000_000_000, to: 1_798_761_600_000_000_000)
        // 2026: clocks go forward on 29 March and back on 25 October, at 01:00 UTC.
        #expect(runs.map(\.1) == [3600, 7200, 3600])
        #expect(runs.map(\.0.lowerBound) == [1_963_584, 1_971_940, 1_992_100])
        #expect(runs.last?.0.upperBound == 1_998_624)
        #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.0.upperBound == $1.0.lowerBound })
        #expect(History.offsets(of: .utc, from: 5, to: 5).isEmpty)
    }

    @Test func `a share's bound is the end of its step, and no more than the largest`() {
        var counts = [Int64](repeating: 0, count: SpreadSteps.columns.count)
        #expect(SpreadSteps.bound(0.5, of: counts, largest: 0) == nil)
        counts[0] = 50
        counts[4] = 49
        counts[10] = 1
        #expect(SpreadSteps.bound(0.5, of: counts, largest: 4_000_000_000) == 1_000_000)
        #expect(SpreadSteps.bound(0.51, of: counts, largest: 4_000_000_000) == 20_000_000)
        #expect(SpreadSteps.bound(0.99, of: counts, largest: 4_000_000_000) == 20_000_000)
        #expect(SpreadSteps.bound(1, of: counts, largest: 4_000_000_000) == 4_000_000_000)
    }

    @Test func `a table is written down as JSON, by lines, and for spreadsheets`() {
        let page = TablePage(
            rows: [
                ActivityRow(
                    began: 1, ended: nil, id: "x", node: "n", zone: "z", kind: "k", step: "s", status: "a,b",
                    cause: "say \"no\"\n\u{1}\u{2028}", detail: "@SUM(A1)")
            ], next: RowCursor([.integer(1), .text("x/y")]))
        func text(_ format: TableFormat) -> String { String(decoding: format.bytes(page), as: UTF8.self) }
        let object =
            #"{"began":1,"ended":null,"id":"x","node":"n","zone":"z","kind":"k","step":"s","status":"a,b","#
            + #""cause":"say \"no\"\n\u0001\u2028","detail":"@SUM(A1)"}"#
        #expect(text(.json) == #"{"next":"1/x/y","rows":["# + object + "]}")
        #expect(text(.ndjson) == object + "\n")
        #expect(
            text(.csv) == "began,ended,id,node,zone,kind,step,status,cause,detail\r\n"
                + "1,,x,n,z,k,s,\"a,b\",\"say \"\"no\"\"\n\u{1}\u{2028}\",'@SUM(A1)\r\n")
        let parts = History.activityOrder.parts
        #expect(RowCursor("1/x/y", parts) == page.next)
        #expect(RowCursor("x/1", parts) == nil && RowCursor("1", parts) == nil)
    }
}
