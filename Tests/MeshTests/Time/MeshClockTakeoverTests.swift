import Lighting
import Testing

@testable import Mesh

/// A node `b` and whoever it talks to, without a network: the others' clocks are as many nanoseconds ahead of `b`'s
/// monotonic one as told.
private struct Bench {
    static let second: Int64 = 1_000_000_000
    static let ahead: Int64 = 1_760_000_000_000_000_000

    var clock = MeshClockCore(node: "b", site: "s", systemOffset: 5, synchronised: false, at: 0)
    var now: Int64 = 0
    var actions: [MeshClockAction] = []
    /// Who answers, and how.
    var answers: [String: (reference: String, acting: Bool, ahead: Int64)?] = [:]
    /// Since when their clocks have been the same.
    var since: Int64 = 1
    /// How long an answer takes, nanoseconds.
    var delay: Int64 = 200_000
    var civil: Int64?
    /// What it showed after its last step.
    var stepped: MeshInstant?

    init(_ order: String...) {
        tell(.connected)
        tell(.presence(order))
    }

    mutating func tell(_ event: MeshClockEvent) {
        let new = clock.handle(event, at: now)
        actions += new
        if new.contains(where: { if case .stepped = $0 { true } else { false } }) { stepped = clock.mesh(at: now) }
        for case .publish(let topic, let payload) in new {
            guard case .request(_, let to) = ClockTopic(name: topic, site: "s"), let answer = answers[to],
                let request = try? JSON.decode(ClockRequest.self, from: payload)
            else { continue }
            let time = answer.map {
                let stamp = now + delay / 2 + $0.ahead
                return ClockReply.Time(
                    t2: stamp, t3: stamp, reference: $0.reference, since: since, acting: $0.acting, errorBound: 0,
                    civil: civil)
            }
            let reply = ClockReply(sequence: request.sequence, t1: request.t1, time: time)
            now += delay
            tell(
                .message(topic: ClockTopic.reply(from: to, to: "b").name(site: "s"), payload: JSON.encode(reply)))
        }
    }

    /// Lets time pass, with a tick whenever one is due.
    mutating func run(until end: Int64) {
        while let due = clock.nextDue, due <= end {
            now = max(now + 1, due)
            tell(.tick)
        }
        now = max(now, end)
    }

    var steps: [Duration] { actions.compactMap { if case .stepped(let step) = $0 { step } else { nil } } }
}

@Suite("Who has the time when others fall silent, die or are wrong")
struct MeshClockTakeoverTests {
    @Test
    func `the reference dies while the next in order has heard it only once: that one goes on from there, at once`() {
        var bench = Bench("a", "b", "c")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 150_000_000)
        #expect(bench.clock.state == .synchronising)
        let before = bench.clock.mesh(at: bench.now)
        bench.tell(.presence(["b", "c"]))
        #expect(bench.clock.state == .reference)
        #expect(bench.clock.mesh(at: bench.now) == before)
        #expect(bench.clock.errorBound(at: bench.now) ?? .zero > .zero, "it may be off the one before")
    }

    @Test
    func `it dies before the next in order has heard it: that one asks others, and is the reference in two seconds`() {
        var bench = Bench("a", "b", "c")
        bench.run(until: 100_000_000)
        bench.tell(.presence(["b", "c"]))
        bench.answers = ["c": ("a", false, Bench.ahead)]
        bench.run(until: 2 * Bench.second)
        #expect(bench.clock.state == .reference)
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead) < 200_000)
    }

    @Test
    func `a reference that restarts before anybody took over has its time from those who went by it, and acts at once`()
    {
        var bench = Bench("b", "c")
        bench.answers = ["c": ("b", false, Bench.ahead)]
        bench.run(until: 2 * Bench.second)
        #expect(bench.clock.state == .reference)
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead) < 200_000)
    }

    @Test
    func `who follows the second still does when the first is back and knows nothing`() {
        var bench = Bench("a", "aa", "b", "c")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 20 * Bench.second)
        #expect(bench.clock.reference == "a")
        bench.answers = ["a": nil, "aa": ("aa", true, Bench.ahead)]
        bench.tell(.presence(["aa", "b", "c"]))
        bench.tell(.presence(["a", "aa", "b", "c"]))
        bench.run(until: bench.now + 2 * Bench.second)
        #expect(bench.clock.reference == "aa")
        // The first has heard enough, and takes over.
        bench.answers["a"] = ("a", true, Bench.ahead)
        bench.run(until: bench.now + 10 * Bench.second)
        #expect(bench.clock.reference == "a")
    }

    @Test func `what the one who died told was too vague to go on from: others are asked`() {
        var bench = Bench("a", "b", "c")
        bench.delay = 900_000_000
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 150_000_000)
        #expect(bench.clock.state == .synchronising)
        bench.delay = 1_000_000
        bench.answers = ["c": ("a", false, Bench.ahead)]
        bench.tell(.presence(["b", "c"]))
        bench.run(until: bench.now + 3 * Bench.second)
        #expect(bench.clock.state == .reference)
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead) < 1_000_000)
    }

    @Test func `a node that is online and never answers counts as absent after 20 s, and is told of`() {
        var bench = Bench("a", "b", "c")
        bench.answers = ["c": nil]
        bench.run(until: 4 * Bench.second)
        #expect(bench.clock.state == .unsynchronised, "it might be slow")
        bench.run(until: 30 * Bench.second)
        #expect(bench.clock.state == .reference)
        #expect(
            bench.actions.contains(.log(.warning, "a is online but doesn't answer for its clock")), "nobody was told")
        // It comes to itself: what it asks is a sign of life.
        let request = JSON.encode(ClockRequest(sequence: 1, t1: 1))
        bench.tell(.message(topic: ClockTopic.request(from: "a", to: "b").name(site: "s"), payload: request))
        #expect(bench.clock.first == "a")
    }

    @Test
    func `a reference that falls silent while all is well: its time goes on for 20 s, then from the next in order`() {
        var bench = Bench("a", "b")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 30 * Bench.second)
        #expect(bench.clock.state == .synchronised)
        let steps = bench.steps.count
        bench.answers = [:]
        bench.run(until: 200 * Bench.second)
        #expect(bench.clock.state == .reference)
        #expect(bench.steps.count == steps)
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead) < 1_000_000)
    }

    @Test(arguments: [true, false])
    func `an error of 30 ms is stepped over in the dark, and slewed while lit`(isLit: Bool) {
        var bench = Bench("a", "b")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 10 * Bench.second)
        bench.tell(.lit(isLit))
        let steps = bench.steps.count
        bench.answers = ["a": ("a", true, Bench.ahead + 30_000_000)]
        bench.run(until: 60 * Bench.second)
        let off = bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead
        if isLit {
            #expect(bench.steps.count == steps)
            #expect((1_000_000..<29_000_000).contains(off), "\(off) ns: under way at 500 ppm")
        } else {
            #expect(bench.steps.count == steps + 1)
            #expect(abs(off - 30_000_000) < 200_000, "\(off)")
        }
    }

    @Test func `a step back waits until the lights have been out for longer than it goes back`() {
        var bench = Bench("a", "b")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 20 * Bench.second)
        bench.answers = ["a": ("a", true, Bench.ahead - 900_000_000)]
        bench.run(until: 59 * Bench.second)
        let steps = bench.steps.count
        bench.tell(.lit(false))
        let dark = bench.clock.mesh(at: bench.now)
        // Not first at the next question, which may be a minute away.
        bench.answers = [:]
        bench.run(until: 70 * Bench.second)
        #expect(bench.steps.count == steps + 1)
        #expect(bench.stepped ?? .distantPast > dark, "what was over isn't lived through again")
    }

    @Test
    func `what a newcomer is told through a jam, by two in turn, is a guess until it is over, and jumped from`() {
        var bench = Bench("a", "c", "b")
        bench.tell(.lit(true))
        bench.delay = 390_000_000
        let jammed = Bench.ahead + 190_000_000
        bench.answers = ["a": nil, "c": ("a", false, jammed)]
        bench.run(until: 2 * Bench.second)
        #expect(bench.clock.state == .synchronising)
        bench.answers = ["a": ("a", true, jammed)]
        while bench.clock.reference != "a" || bench.clock.source?.name != "a", bench.now < 20 * Bench.second {
            bench.run(until: bench.now + 100_000_000)
        }
        #expect(bench.clock.state == .synchronising, "its bound is 200 ms")
        bench.delay = 200_000
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: bench.now + 2 * Bench.second)
        #expect(bench.clock.state == .synchronised)
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead) < 200_000)
    }

    @Test
    func `the one that told a newcomer first gets another clock: it begins anew with that, rather than wait for ever`()
    {
        // It is the first itself, so nobody else is asked.
        var bench = Bench("b", "a", "c")
        bench.delay = 100_000_000
        bench.answers = ["a": ("c", false, Bench.ahead)]
        bench.run(until: 900_000_000)
        #expect(bench.clock.state == .synchronising)
        bench.since = 2
        bench.answers = ["a": ("c", false, Bench.ahead + Bench.second)]
        bench.run(until: 60 * Bench.second)
        #expect(bench.clock.state == .reference)
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead - Bench.second) < 60_000_000)
    }

    @Test(arguments: [0, 2 * Bench.second, -1000 * Bench.second])
    func `a reference that comes back goes by one whose time is its own, and by none begun meanwhile`(rival: Int64) {
        var bench = Bench("b", "c")
        bench.answers = ["c": nil]
        bench.run(until: 10 * Bench.second)
        #expect(bench.clock.state == .reference)
        bench.tell(.disconnected)
        bench.run(until: 60 * Bench.second)
        bench.tell(.connected)
        bench.answers = ["c": ("c", true, 5 + rival)]
        bench.tell(.presence(["b", "c"]))
        bench.run(until: 100 * Bench.second)
        #expect(bench.clock.state == .reference && bench.steps.isEmpty)
        #expect(bench.actions.contains(.log(.info, "mesh time comes from c now")) == (rival == 0))
    }

    /// What a slow answer leaves open mustn't keep it from acting.
    @Test func `a reference that comes back acts again once one begun meanwhile turns out not to be near`() {
        var bench = Bench("b", "c")
        bench.answers = ["c": nil]
        bench.run(until: 10 * Bench.second)
        bench.tell(.disconnected)
        bench.run(until: 60 * Bench.second)
        bench.tell(.connected)
        bench.answers = ["c": ("c", true, 5 + 3 * Bench.second)]
        bench.delay = 2_500_000_000
        bench.tell(.presence(["b", "c"]))
        #expect(bench.clock.candidate?.name == "c", "it may be near")
        bench.delay = 200_000
        bench.run(until: bench.now + 10 * Bench.second)
        #expect(bench.clock.candidate == nil)
        let asked = ClockRequest(sequence: 1, t1: 1).bytes
        let before = bench.actions.count
        bench.tell(.message(topic: ClockTopic.request(from: "c", to: "b").name(site: "s"), payload: asked))
        let told = bench.actions.dropFirst(before).compactMap { action -> ClockReply? in
            guard case .publish(_, let payload) = action else { return nil }
            return try? ClockReply(bytes: payload)
        }
        #expect(told.first?.time?.acting == true)
    }

    @Test(arguments: ["connects anew", "tells of the time of day"])
    func `one that left questions unanswered is asked again once it`(sign: String) {
        var bench = Bench("a", "b")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 30 * Bench.second)
        bench.answers = [:]
        while bench.clock.state != .reference, bench.now < 200 * Bench.second {
            bench.run(until: bench.now + Bench.second)
        }
        #expect(bench.clock.silent["a"] != nil)
        bench.answers = ["a": ("a", true, Bench.ahead)]
        if sign == "connects anew" {
            bench.tell(.returned("a"))
        } else {
            let word = ClockCivil(since: 1, civil: 0, civilFrom: 1, civilBy: "a")
            bench.tell(.message(topic: ClockTopic.civil(from: "a").name(site: "s"), payload: JSON.encode(word)))
        }
        bench.run(until: bench.now + 5 * Bench.second)
        #expect(bench.clock.reference == "a")
    }

    @Test
    func `a reference says what it learned of the time of day while the broker was away as soon as it is back`() throws
    {
        var bench = Bench("b", "c")
        bench.answers = ["c": nil]
        bench.run(until: 10 * Bench.second)
        #expect(bench.clock.state == .reference)
        bench.tell(.disconnected)
        bench.tell(.system(offset: Bench.ahead, synchronised: true))
        bench.run(until: 20 * Bench.second)
        bench.tell(.connected)
        let before = bench.actions.count
        bench.tell(.presence(["b", "c"]))
        let said = bench.actions.dropFirst(before).compactMap { action -> ClockCivil? in
            guard case .publish(let topic, let payload) = action,
                case .civil(from: "b") = ClockTopic(name: topic, site: "s")
            else { return nil }
            return try? JSON.decode(ClockCivil.self, from: payload)
        }
        #expect(said.map(\.civil) == [Bench.ahead - 5])
    }

    @Test
    func `a reference hears what the one it took over from says of the time of day to those who still go by that one`()
    {
        var bench = Bench("b", "a")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.run(until: 30 * Bench.second)
        #expect(bench.clock.state == .reference)
        let mesh = bench.clock.mesh(at: bench.now).nanoseconds
        let word = ClockCivil(since: 1, civil: 7200 * Bench.second, civilFrom: mesh + 5 * Bench.second, civilBy: "c")
        bench.tell(.message(topic: ClockTopic.civil(from: "a").name(site: "s"), payload: JSON.encode(word)))
        bench.run(until: 35 * Bench.second - 10_000_000)
        #expect(bench.clock.civilCorrection == .zero)
        bench.run(until: 35 * Bench.second + 10_000_000)
        #expect(bench.clock.civilCorrection == .seconds(7200) && bench.clock.civilSource == "c")
    }

    @Test
    func `mesh time that is begun anew goes on from what was said before, by boards that don't know the time`() {
        func found(said: MeshInstant, synchronised: Bool = false) -> Int64 {
            var bench = Bench("b")
            bench.tell(.system(offset: 5, synchronised: synchronised))
            bench.now = Bench.second / 2
            bench.tell(.said(said))
            bench.run(until: 3 * Bench.second)
            #expect(bench.clock.state == .reference)
            return bench.clock.mesh(at: bench.now).nanoseconds - bench.now
        }
        let said = MeshInstant(nanoseconds: Bench.ahead)
        #expect(found(said: said) == Bench.ahead - Bench.second / 2)
        #expect(found(said: said, synchronised: true) == 5, "it knows better")
        #expect(found(said: MeshInstant(nanoseconds: 1)) == 5)
        #expect(found(said: .distantFuture) == 5, "nor to the end of time")
    }

    @Test func `the time of day comes from whoever's system clock NTP keeps; mesh time isn't moved for it`() {
        var bench = Bench("a", "b")
        bench.answers = ["a": ("a", true, Bench.ahead)]
        bench.civil = 7_200 * Bench.second
        bench.run(until: 5 * Bench.second)
        #expect(bench.clock.civilCorrection == .seconds(7200))
        #expect(abs(bench.clock.mesh(at: bench.now).nanoseconds - bench.now - Bench.ahead) < 200_000)
        // All of a zone go by the reference's word, also who has another of their own.
        bench.tell(.system(offset: Bench.ahead + 60 * Bench.second, synchronised: true))
        bench.run(until: 10 * Bench.second)
        #expect(bench.clock.civilCorrection == .seconds(7200))
    }
}
