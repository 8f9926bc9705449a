import Mesh
import Testing

@testable import Node

@Suite("What came from the broker is taken up in its turn")
struct IntakeTests {

    @Test func `what is of light goes before what waits, each in its order`() {
        var intake = Intake<String>()
        for element in ["zone 1", "zone 2"] { intake.add(element, .other) }
        for element in ["motion", "command"] { intake.add(element, .light) }
        intake.add("zone 3", .other)
        intake.begin(at: 0)
        #expect(intake.all(at: 1) == ["motion", "command", "zone 1", "zone 2", "zone 3"])
        #expect(intake.isEmpty && !intake.isBehind)
    }

    @Test func `nothing goes before a connection's beginning or end that came after`() {
        var intake = Intake<String>()
        intake.add("zone 1", .other)
        intake.add("lost", .turn)
        intake.add("back", .turn)
        intake.add("motion", .light)
        intake.begin(at: 0)
        #expect(intake.next(at: 0) == "zone 1")
        intake.add("motion 2", .light)
        #expect(intake.all(at: 0) == ["lost", "back", "motion", "motion 2"])
        intake.add("zone 2", .other)
        intake.add("motion 3", .light)
        #expect(intake.all(at: 0) == ["motion 3", "zone 2"])
    }

    @Test func `a slice has an end; motion that comes meanwhile is first in the next`() {
        var intake = Intake<String>()
        for index in 0..<10 { intake.add("zone \(index)", .other) }
        intake.begin(at: 1000)
        // Each takes 2 ms: the third ends the slice.
        var now: Int64 = 1000
        var taken: [String] = []
        while let element = intake.next(at: now) {
            taken.append(element)
            now += 2_000_000
        }
        #expect(taken == ["zone 0", "zone 1", "zone 2"])
        #expect(intake.isBehind && !intake.isEmpty)
        intake.add("motion", .light)
        intake.begin(at: now)
        #expect(intake.next(at: now) == "motion")
        #expect(intake.isBehind, "until all is done")
        #expect(intake.all(at: now).count == 7)
        #expect(!intake.isBehind)
    }

    @Test func `what waits has a limit in number and in bytes`() {
        var many = Intake<String>()
        for index in 0..<4096 {
            #expect(!many.isFull)
            many.add("\(index)", .other)
        }
        #expect(many.isFull)
        var large = Intake<String>()
        large.add("large", .light, bytes: 4 << 20)
        #expect(large.isFull)
        large.begin(at: 0)
        _ = large.next(at: 0)
        #expect(!large.isFull)
        many.begin(at: 0)
        #expect(many.all(at: 0) == (0..<4096).map { "\($0)" })
    }
}

extension Intake {
    /// All that is taken up at `now`.
    fileprivate mutating func all(at now: Int64) -> [Element] {
        var taken: [Element] = []
        while let element = next(at: now) { taken.append(element) }
        return taken
    }
}

@Suite("How urgently the loop works")
struct WorkPaceTests {
    @Test func `a backlog is worked off at ordinary priority, and real time comes back before the next rest`() {
        var pace = WorkPace(at: 0)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: 1) == .realTime)
        #expect(pace.next(isBehind: true, hasMore: { true }, at: 2) == .ordinary)
        #expect(pace.next(isBehind: true, hasMore: { false }, at: 3) == .ordinary)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: 4) == .ordinary)
        #expect(pace.next(isBehind: false, hasMore: { false }, at: 5) == .realTime)
    }

    @Test func `work without a rest is none for real time, however little of it comes at a time`() {
        var pace = WorkPace(at: 0)
        pace.waited(from: 10_000_000, to: 10_000_000 + WorkPace.leastRest - 1)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: WorkPace.longestBurst - 1) == .realTime)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: WorkPace.longestBurst) == .ordinary)
        #expect(pace.next(isBehind: false, hasMore: { false }, at: 60_000_000) == .realTime)
        pace.waited(from: 100_000_000, to: 101_000_000)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: 150_000_000) == .realTime)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: 151_000_000) == .ordinary)
    }

    @Test func `where the kernel has lost its patience, it is ordinary until it rests`() {
        var pace = WorkPace(at: 0)
        pace.exceeded()
        #expect(pace.priority == .ordinary)
        #expect(pace.next(isBehind: false, hasMore: { true }, at: 1) == .ordinary)
        #expect(pace.next(isBehind: false, hasMore: { false }, at: 2) == .realTime)
    }
}
