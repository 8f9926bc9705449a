import Lighting
import Testing

@testable import Mesh

@Suite("A node's clock, event by event")
struct MeshClockCoreTests {
    private static let reply = ClockTopic.reply(from: "a", to: "b").name(site: "s")

    private func clock() -> MeshClockCore {
        var clock = MeshClockCore(node: "b", site: "s", systemOffset: 1_000_000, synchronised: false, at: 0)
        _ = clock.handle(.connected, at: 0)
        return clock
    }

    private func requests(_ actions: [MeshClockAction]) throws -> [ClockRequest] {
        try actions.compactMap { action in
            guard case .publish(_, let payload) = action else { return nil }
            return try JSON.decode(ClockRequest.self, from: payload)
        }
    }

    private func time(_ t2: Int64, _ t3: Int64, reference: String = "a") -> ClockReply.Time {
        ClockReply.Time(t2: t2, t3: t3, reference: reference, since: 1, acting: true, errorBound: 0, civil: nil)
    }

    @Test func `topics have five slashes, one writer each, and come back as they went`() throws {
        let topic = ClockTopic.request(from: "a", to: "b")
        #expect(topic.name(site: "s") == "footlight/s/clock/a/request/b")
        #expect(ClockTopic(name: topic.name(site: "s"), site: "s") == topic)
        #expect(ClockTopic(name: topic.name(site: "s"), site: "t") == nil)
        #expect(ClockTopic(name: "footlight/s/clock/a/civil", site: "s") == .civil(from: "a"))
        for bad in ["a", "a/civil/b", "a/request", "a/request/b/c", "A/request/b", "a/answer/b", "/request/b"] {
            #expect(ClockTopic(name: "footlight/s/clock/" + bad, site: "s") == nil)
        }
    }

    @Test
    func `alone it is the reference, once no other can still be unheard of, and its time is its system's`() {
        var clock = clock()
        #expect(clock.handle(.presence(["b"]), at: 10) == [], "a broker sends what it has kept after its confirmation")
        let due: Int64 = 1_000_000_010
        #expect(clock.nextDue == due)
        let actions = clock.handle(.tick, at: due)
        #expect(actions.contains(.changed(.reference)))
        #expect(clock.mesh(at: due + 10) == MeshInstant(nanoseconds: due + 1_000_010))
        _ = clock.handle(.system(offset: 3_600_000_000_000, synchronised: false), at: due + 20)
        #expect(clock.mesh(at: due + 20) == MeshInstant(nanoseconds: due + 1_000_020))
        #expect(clock.errorBound(at: due + 20) == .zero)
    }

    @Test
    func `one that has just told another that it doesn't know the time waits to hear where that one stands`() throws {
        var clock = clock()
        _ = clock.handle(.presence(["b", "c"]), at: 10)
        let question = ClockTopic.request(from: "a", to: "b").name(site: "s")
        _ = clock.handle(
            .message(topic: question, payload: JSON.encode(ClockRequest(sequence: 1, t1: 1))), at: 20)
        let ignorance = JSON.encode(ClockReply(sequence: 1, t1: 10, time: nil))
        _ = clock.handle(
            .message(topic: ClockTopic.reply(from: "c", to: "b").name(site: "s"), payload: ignorance), at: 30)
        let later: Int64 = 2_000_000_000
        _ = clock.handle(.tick, at: later)
        #expect(clock.state == .unsynchronised, "a may stand before b")
        let asked = try #require(try requests(clock.handle(.presence(["b", "c", "a"]), at: later + 10)).last)
        #expect(clock.state == .unsynchronised, "a wasn't asked yet")
        _ = clock.handle(
            .message(
                topic: ClockTopic.reply(from: "a", to: "b").name(site: "s"),
                payload: JSON.encode(ClockReply(sequence: asked.sequence, t1: asked.t1, time: nil))), at: later + 60)
        #expect(clock.state == .reference)
    }

    @Test func `a step is told before what follows from it`() throws {
        var clock = clock()
        _ = clock.handle(.presence(["a", "b"]), at: 1000)
        let payload = JSON.encode(ClockReply(sequence: 1, t1: 1000, time: time(9_000_000, 9_000_100)))
        let actions = clock.handle(.message(topic: MeshClockCoreTests.reply, payload: payload), at: 2100)
        guard case .stepped = actions.first else {
            Issue.record("\(actions) doesn't begin with the step")
            return
        }
        #expect(actions.contains(.changed(.synchronising)))
    }

    @Test func `one that waits to hear whether others act doesn't spin before it knows who is there`() {
        var clock = clock()
        _ = clock.handle(.presence(["b"]), at: 0)
        _ = clock.handle(.tick, at: 1_000_000_000)
        _ = clock.handle(.disconnected, at: 2_000_000_000)
        _ = clock.handle(.connected, at: 3_000_000_000)
        #expect(clock.nextDue.map { $0 > 7_000_000_000 } ?? true)
        _ = clock.handle(.presence(["b"]), at: 8_000_000_000)
        #expect(clock.nextDue == 11_000_000_000)
        _ = clock.handle(.tick, at: 11_000_000_000)
        #expect(clock.state == .reference && clock.nextDue.map { $0 > 11_000_000_000 } ?? true)
    }

    @Test func `of two that act, one is gone by: the first, however their answers alternate`() throws {
        var clock = MeshClockCore(node: "c", site: "s", systemOffset: 0, synchronised: false, at: 0)
        _ = clock.handle(.connected, at: 0)
        _ = clock.handle(.presence(["c"]), at: 0)
        _ = clock.handle(.tick, at: 1_000_000_000)
        #expect(clock.state == .reference)
        _ = clock.handle(.disconnected, at: 1_100_000_000)
        _ = clock.handle(.connected, at: 1_200_000_000)
        var asked = clock.handle(.presence(["c", "a", "b"]), at: 1_300_000_000)
        var now: Int64 = 1_300_000_000
        while clock.state == .reference, now < 4_000_000_000 {
            var next: [MeshClockAction] = []
            for case .publish(let topic, let payload) in asked {
                guard case .request("c", let to) = ClockTopic(name: topic, site: "s") else { continue }
                let request = try JSON.decode(ClockRequest.self, from: payload)
                let answer = ClockReply.Time(
                    t2: request.t1 + 5, t3: request.t1 + 6, reference: to, since: 1, acting: true, errorBound: 0,
                    civil: nil)
                next += clock.handle(
                    .message(
                        topic: ClockTopic.reply(from: to, to: "c").name(site: "s"),
                        payload: JSON.encode(ClockReply(sequence: request.sequence, t1: request.t1, time: answer))),
                    at: request.t1 + 10)
            }
            now += 50_000_000
            asked = next + clock.handle(.tick, at: now)
        }
        #expect(clock.state == .synchronised && clock.reference == "a")
    }

    @Test func `with others it asks them first, and goes by the one that has the time`() throws {
        var clock = clock()
        let asked = try requests(clock.handle(.presence(["a", "b"]), at: 1000))
        #expect(asked == [ClockRequest(sequence: 1, t1: 1000)])
        #expect(clock.errorBound(at: 1000) == nil)
        let payload = JSON.encode(ClockReply(sequence: 1, t1: 1000, time: time(9_000_000, 9_000_100)))
        let actions = clock.handle(.message(topic: MeshClockCoreTests.reply, payload: payload), at: 2100)
        #expect(actions.contains(.changed(.synchronising)))
        #expect(clock.reference == "a")
        // t2 at 1500 at the middle: 9_000_050 is 1550's.
        #expect(abs(clock.mesh(at: 1550).nanoseconds - 9_000_050) <= 1)
        let bound = try #require(clock.errorBound(at: 2100))
        #expect(bound >= .nanoseconds(500) && bound < .microseconds(2))
    }

    @Test func `replies that nobody asked for, come twice, or can't be true change nothing`() throws {
        var clock = clock()
        _ = clock.handle(.presence(["a", "b"]), at: 1000)
        let good = ClockReply(sequence: 1, t1: 1000, time: time(9_000_000, 9_000_100))
        var wrong = good
        wrong.sequence = 2
        var early = good
        early.t1 = 999
        for (topic, payload) in [
            (MeshClockCoreTests.reply, JSON.encode(wrong)), (MeshClockCoreTests.reply, JSON.encode(early)),
            (ClockTopic.reply(from: "mallory", to: "b").name(site: "s"), JSON.encode(good)),
            (MeshClockCoreTests.reply, Array("{".utf8)), (MeshClockCoreTests.reply, []),
            (MeshClockCoreTests.reply, [UInt8](repeating: 0x20, count: 100_000)),
        ] {
            _ = clock.handle(.message(topic: topic, payload: payload), at: 2100)
            #expect(clock.state == .unsynchronised)
        }
        let absurd = JSON.encode(ClockReply(sequence: 1, t1: 1000, time: time(.min, .max)))
        _ = clock.handle(.message(topic: MeshClockCoreTests.reply, payload: absurd), at: 2100)
        #expect(clock.state == .unsynchronised)
        // That used the question up.
        _ = clock.handle(.message(topic: MeshClockCoreTests.reply, payload: JSON.encode(good)), at: 2100)
        #expect(clock.state == .unsynchronised)
        #expect(clock.figures(at: 2100).refused == 7)
    }

    @Test(arguments: [Int64.min, .min + 1, -1, .max, .max - 1, 4_102_444_800_000_000_001, 3_600_000_000_001])
    func `a synchronised clock goes on whatever a reply says, and can be asked for its time and figures`(absurd: Int64)
        throws
    {
        for field in [
            \ClockReply.Time.t2, \.t3, \.since, \.errorBound,
        ] as [WritableKeyPath<ClockReply.Time, Int64>] {
            try expectSound { $0[keyPath: field] = absurd }
        }
        try expectSound { $0.civil = absurd }
    }

    /// Six exchanges with a source of which each says something absurd, and then others ask the node itself.
    func expectSound(_ spoil: (inout ClockReply.Time) -> Void) throws {
        var clock = clock()
        var actions = clock.handle(.presence(["a", "b"]), at: 1000)
        var now: Int64 = 1000
        for round in 0..<8 {
            for request in try requests(actions) {
                var reply = ClockReply(sequence: request.sequence, t1: request.t1, time: time(now + 1, now + 2))
                if round > 0, let good = reply.time {
                    var bad = good
                    spoil(&bad)
                    reply.time = bad
                }
                actions = clock.handle(
                    .message(topic: MeshClockCoreTests.reply, payload: JSON.encode(reply)), at: now + 1000)
            }
            now = max(now + 2000, clock.nextDue ?? 0)
            actions = clock.handle(.tick, at: now)
            _ = (clock.figures(at: now), clock.civilCorrection, clock.mesh(at: now), clock.errorBound(at: now))
            let asked = clock.handle(
                .message(
                    topic: ClockTopic.request(from: "c", to: "b").name(site: "s"),
                    payload: JSON.encode(ClockRequest(sequence: round, t1: 77))), at: now)
            #expect(!asked.isEmpty)
        }
        // Its source falls silent: it takes over, with what it knows.
        _ = clock.handle(.presence(["b"]), at: now)
        for _ in 0..<8 {
            now = max(now + 1_000_000_000, clock.nextDue ?? 0)
            _ = clock.handle(.tick, at: now)
        }
        #expect(clock.state == .reference)
    }

    @Test func `it answers with its time when it has it, and says so when it hasn't`() throws {
        var clock = clock()
        _ = clock.handle(.presence(["a", "b"]), at: 1000)
        let topic = ClockTopic.request(from: "c", to: "b").name(site: "s")
        let request = MeshClockEvent.message(
            topic: topic, payload: JSON.encode(ClockRequest(sequence: 9, t1: 77)))
        #expect(
            clock.handle(request, at: 1100) == [
                .publish(
                    topic: "footlight/s/clock/b/reply/c",
                    payload: JSON.encode(ClockReply(sequence: 9, t1: 77, time: nil)))
            ])
        _ = clock.handle(.presence(["b", "c"]), at: 1200)
        _ = clock.handle(.presence(["b"]), at: 1300)
        let founded: Int64 = 6_000_000_000
        _ = clock.handle(.tick, at: founded)
        guard case .publish(_, let payload) = clock.handle(request, at: founded + 400).first else {
            Issue.record("no answer")
            return
        }
        let time = try #require(try JSON.decode(ClockReply.self, from: payload).time)
        #expect(time.t2 == founded + 1_000_400 && time.t3 == time.t2 && time.reference == "b" && time.acting)
    }

    @Test func `at rest it wants to be woken once in many seconds`() throws {
        var clock = clock()
        _ = clock.handle(.presence(["b"]), at: 0)
        _ = clock.handle(.tick, at: 1_000_000_000)
        #expect(clock.state == .reference)
        let due = clock.nextDue
        #expect(due == nil || due ?? 0 >= 16_000_000_000)
    }
}
