import Lighting
import Testing

@testable import Mesh

@Suite("The time of day comes from whoever has it, to all of a mesh at one instant")
struct CivilTimeTests {
    private static let years = CivilBench.years / CivilBench.second

    @Test
    func `from one who asks, by way of the reference, to all: at one instant of mesh time, five seconds later`() throws
    {
        var bench = CivilBench("a", "b", "c")
        #expect(bench.nodes["a"]?.clock.state == .reference)
        bench.run(for: 200)
        bench.set("c", knowing: CivilBench.years)
        #expect(bench.taken.isEmpty, "nobody goes ahead, who knows neither")
        bench.run(for: 4)
        #expect(bench.taken.isEmpty)
        bench.run(for: 2)
        #expect(bench.taken.map(\.node).sorted() == ["a", "b", "c"])
        let first = try #require(bench.taken.first)
        for one in bench.taken {
            #expect(one.correction == first.correction)
            #expect((one.at - first.at).magnitude < .milliseconds(1))
        }
        for name in ["a", "b", "c"] {
            #expect(bench.correction(name) == Self.years)
            #expect(bench.nodes[name]?.clock.civilSource == "c")
        }
        bench.run(for: 600)
        #expect(bench.taken.count == 3 && bench.said == 1, "what is said holds, and isn't said again")
    }

    @Test
    func `one who knows joins others who don't: it goes by what they do until all take up what it knows`() {
        var bench = CivilBench("a", "b")
        bench.start("c", knowing: CivilBench.years)
        bench.run(for: 4)
        #expect(bench.nodes["c"]?.clock.state == .synchronised)
        #expect(bench.taken.isEmpty)
        bench.run(for: 10)
        #expect(bench.taken.map(\.node).sorted() == ["a", "b", "c"])
    }

    @Test func `a reference that knows has told whoever joins with its first answer`() {
        var bench = CivilBench()
        bench.start("a", knowing: CivilBench.years)
        bench.run(for: 3)
        bench.start("b")
        bench.run(for: 2)
        #expect(bench.correction("b") == 0 && bench.nodes["b"]?.clock.civilSource == "a")
        #expect(bench.said == 0 && bench.taken.isEmpty, "mesh time is the time of day")
        bench.set("a", knowing: CivilBench.years + 3600 * CivilBench.second)
        bench.run(for: 4)
        #expect(bench.correction("a") == 0 && bench.correction("b") == 0)
        bench.run(for: 2)
        #expect(bench.correction("a") == 3600 && bench.correction("b") == 3600)
    }

    @Test(arguments: [2, 9])
    func `a successor goes on with what was said, also with what is to hold only after the other's death`(
        after seconds: Int64
    ) {
        var bench = CivilBench("a", "b", "c")
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: seconds)
        bench.kill("a")
        bench.kill("c")
        bench.run(for: 20)
        #expect(bench.nodes["b"]?.clock.state == .reference)
        #expect(bench.correction("b") == Self.years)
        bench.start("d")
        bench.run(for: 20)
        #expect(bench.correction("d") == Self.years)
        #expect(bench.nodes["d"]?.clock.civilSource == "c")
        #expect(bench.taken.filter { $0.node == "b" }.count == 1)
    }

    @Test
    func `who takes over says nothing that holds before all have come over; who joins hears what does`() {
        let hour = 3600 * CivilBench.second
        var bench = CivilBench("a", "b", "c")
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: 10)
        bench.kill("a")
        bench.set("b", knowing: CivilBench.years + hour)
        bench.run(for: 10)
        #expect(bench.nodes["b"]?.clock.state == .reference && bench.said == 2)
        bench.start("d")
        bench.run(for: 15)
        for name in ["b", "c", "d"] { #expect(bench.correction(name) == Self.years, "\(name)") }
        bench.run(for: 10)
        for name in ["b", "c", "d"] { #expect(bench.correction(name) == Self.years + 3600, "\(name)") }
    }

    @Test
    func `what holds in over five seconds is revised, by another too; else both hold in turn`() {
        var civil = CivilTime()
        let (second, hour) = (CivilBench.second, 3600 * CivilBench.second)
        var isNews = civil.say(hour, by: "a", at: 0, lead: 30 * second)
        isNews = civil.say(2 * hour, by: "b", at: 10 * second, lead: 30 * second) && isNews
        #expect(civil.due == 30 * second && civil.newest?.by == "b")
        isNews = civil.say(hour, by: "b", at: 26 * second) && isNews
        #expect(isNews)
        civil.advance(to: 30 * second)
        #expect(civil.inForce?.correction == 2 * hour && civil.due == 31 * second)
        civil.advance(to: 31 * second)
        #expect(civil.inForce?.correction == hour)
    }

    @Test func `who comes over to a reference goes by what holds there, until what that says does`() {
        func word(_ correction: Int64, from: Int64 = 0) -> CivilTime.Word {
            .init(correction: correction, from: from, by: "b")
        }
        var civil = CivilTime()
        civil.begin(with: [word(1)])
        civil.advance(to: 100)
        civil.change(to: [word(2, from: 200)], former: word(3), at: 110)
        #expect(civil.inForce == word(3) && civil.due == 200)
        civil.advance(to: 200)
        civil.change(to: [word(2, from: 300)], former: nil, at: 250)
        #expect(civil.inForce == nil, "what comes isn't known to the others yet")
        civil.change(to: [word(4, from: 310), word(5, from: 320)], former: word(3), at: 300)
        civil.advance(to: 310)
        #expect(civil.inForce == word(4, from: 310) && civil.due == 320, "what comes into force in between, too")
    }

    @Test
    func `who comes over to another time hears what is said by that one, which may be behind`() {
        var civil = CivilTime()
        civil.begin(with: [.init(correction: 0, from: 5000, by: "a")])
        civil.advance(to: 5001)
        civil.change(to: [.init(correction: 0, from: 1000, by: "b")], former: nil, at: 1100)
        #expect(civil.inForce == .init(correction: 0, from: 1000, by: "b"))
        civil.hear(.init(correction: 7, from: 1105, by: "b"))
        civil.advance(to: 1105)
        #expect(civil.inForce?.correction == 7)
    }

    @Test
    func `of two who disagree the first in order is heard, and the other once that one can't be`() {
        let hour = 3600 * CivilBench.second
        for ending in ["killed", "unsynchronised"] {
            var bench = CivilBench("a", "b", "c")
            bench.set("c", knowing: CivilBench.years + hour)
            bench.run(for: 10)
            #expect(bench.correction("a") == Self.years + 3600)
            bench.set("b", knowing: CivilBench.years)
            bench.run(for: 10)
            #expect(bench.correction("a") == Self.years)
            bench.run(for: 600)
            #expect(bench.correction("a") == Self.years && bench.said == 2)
            if ending == "killed" { bench.kill("b") } else { bench.set("b", knowing: nil) }
            bench.run(for: 140)
            #expect(
                bench.correction("a") == Self.years + 3600 && bench.correction("c") == Self.years + 3600, "\(ending)")
        }
    }

    @Test func `what was said holds at its instant, for all, also where it was taken back meanwhile`() {
        let hour = 3600 * CivilBench.second
        var bench = CivilBench("a", "b", "c")
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: 10)
        let before = bench.taken.count
        bench.set("c", knowing: CivilBench.years + hour)
        bench.run(for: 4)
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: 10)
        let taken = bench.taken.dropFirst(before)
        #expect(taken.count == 6)
        for name in ["a", "b", "c"] {
            let own = taken.filter { $0.node == name }
            #expect(own.map(\.correction) == [.seconds(Self.years + 3600), .seconds(Self.years)], "\(name)")
            #expect(own.map(\.at) == taken.filter { $0.node == "a" }.map(\.at), "at one instant")
        }
    }

    @Test func `once its own clock is kept a reference goes by that, and by nobody else's`() {
        var bench = CivilBench("a", "b", "c")
        bench.set("c", knowing: CivilBench.years + 60 * CivilBench.second)
        bench.run(for: 10)
        bench.set("a", knowing: CivilBench.years)
        bench.run(for: 300)
        for name in ["a", "b", "c"] {
            #expect(bench.correction(name) == Self.years)
            #expect(bench.nodes[name]?.clock.civilSource == "a")
        }
        // What it said goes on when nothing keeps its clock any more, until another says otherwise.
        bench.set("a", knowing: nil)
        bench.run(for: 3)
        #expect(bench.correction("b") == Self.years)
        bench.run(for: 140)
        #expect(bench.correction("b") == Self.years + 60)
    }

    @Test func `clocks a second apart show the same time of day: nothing is said`() {
        var bench = CivilBench("a", "b")
        bench.set("b", knowing: CivilBench.years)
        bench.run(for: 10)
        #expect(bench.said == 1)
        bench.set("b", knowing: CivilBench.years + 900_000_000)
        bench.run(for: 200)
        #expect(bench.said == 1 && bench.correction("a") == Self.years)
    }

    @Test func `who was cut off when the word was said has it from the first answer`() {
        var bench = CivilBench("a", "b", "c")
        bench.connect("b", false)
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: 30)
        #expect(bench.correction("b") == 0)
        bench.connect("b", true)
        bench.run(for: 1)
        #expect(bench.correction("b") == Self.years)
    }

    @Test
    func `where a reference of the last release hears nobody, each goes by its own, or by that one's`() {
        var bench = CivilBench("a", "b", "c", older: ["a"])
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: 10)
        #expect(bench.correction("c") == Self.years)
        #expect(bench.correction("b") == 0)
        bench.set("a", knowing: CivilBench.years)
        bench.run(for: 100)
        #expect(bench.correction("b") == Self.years)
        #expect(bench.nodes["b"]?.clock.civilSource == "a", "it says whose time it is, not whose clock")
    }

    @Test
    func `among nodes of the last release those of this one agree, and tell the others in their answers`() {
        var bench = CivilBench("a", "b", "c", older: ["b"])
        bench.set("c", knowing: CivilBench.years)
        bench.run(for: 100)
        #expect(bench.correction("a") == Self.years && bench.correction("c") == Self.years)
        #expect(bench.correction("b") == Self.years)
    }

    @Test(arguments: [Int64.min, -4_102_444_800_000_000_001, -3600_000_000_000, 4_102_444_800_000_000_000, .max])
    func `an asker's word that can't be is refused, and answered`(civil: Int64) throws {
        var bench = CivilBench("a", "b")
        let before = bench.nodes["a"]?.clock.figures(at: bench.now).refused ?? 0
        let request = ClockRequest(sequence: 1, t1: 1, civil: civil)
        bench.send(.request(from: "b", to: "a"), JSON.encode(request), to: "a")
        #expect(bench.nodes["a"]?.clock.figures(at: bench.now).refused == before + 1)
        bench.run(for: 10)
        #expect(bench.said == 0 && bench.correction("a") == 0)
    }

    @Test
    func `what a reference can't mean, others say in its name, or it said of another clock is not taken up`() throws {
        var bench = CivilBench("a", "b")
        let since = try #require(bench.nodes["a"]?.clock.since)
        let mesh = try #require(bench.nodes["b"]?.clock.mesh(at: bench.now).nanoseconds)
        let good = ClockCivil(since: since, civil: CivilBench.years, civilFrom: mesh, civilBy: "a")
        let changes: [(inout ClockCivil) -> Void] = [
            { $0.since += 1 }, { $0.civil = .max }, { $0.civil = .min }, { $0.civil = -mesh - 1_000_000_000 },
            { $0.civilFrom = mesh + 61 * CivilBench.second }, { $0.civilFrom = -1 }, { $0.civilFrom = .max },
            { $0.civilBy = "A b" }, { $0.civilBy = "" }, { $0.civilBy = String(repeating: "a", count: 65) },
        ]
        for change in changes {
            var bad = good
            change(&bad)
            bench.send(.civil(from: "a"), JSON.encode(bad), to: "b")
        }
        for text in ["", "{", "null", #"{"civil":1}"#] { bench.send(.civil(from: "a"), Array(text.utf8), to: "b") }
        bench.send(.civil(from: "mallory"), JSON.encode(good), to: "b")
        bench.send(.civil(from: "b"), JSON.encode(good), to: "a")
        bench.send(.civil(from: "b"), JSON.encode(good), to: "b")
        bench.run(for: 70)
        #expect(bench.correction("a") == 0 && bench.correction("b") == 0)
        bench.send(.civil(from: "a"), JSON.encode(good), to: "b")
        #expect(bench.correction("b") == Self.years, "the good one would have been")
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
