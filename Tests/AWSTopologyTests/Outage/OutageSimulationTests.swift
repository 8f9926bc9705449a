import Testing

@testable import AWSTopology

@Suite("The loss of a zone, simulated")
struct OutageSimulationTests {
    let topology: Topology
    let model: OutageModel

    init() throws {
        topology = try Topology(reading: DefaultTopology.text, file: "default")
        model = OutageModel(topology)
    }

    private func request(_ trials: Int = 4000, seed: UInt64 = 1) -> OutageSimulation.Request {
        var request = OutageSimulation.Request(zone: "eu-central-1b")
        (request.trials, request.seed, request.groups) = (trials, seed, 2)
        return request
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func `the same seed gives the same report to the letter, another seed another`(_ seed: UInt64) throws {
        let first = try OutageReport(of: topology, request(200, seed: seed))
        let second = try OutageReport(of: topology, request(200, seed: seed))
        #expect(first.text == second.text && first.json == second.json && first.svg == second.svg)
        #expect(try OutageReport(of: topology, request(200, seed: seed + 100)).json != first.json)
    }

    @Test
    func `detection takes (threshold - 1) to threshold intervals and a timeout, on average half an interval more`()
        throws
    {
        // 10 s × 2…3 + 5 s; one instance of three is lost.
        let group = OutageSimulation.run(model, request()).groups[0]
        let unsent = try #require(group.unsent)
        // The slower of the check c (25…35 s) and of the name's expiry (0…60 s): E = 30 + E[c²]/120.
        let square = (35.0 * 35 * 35 - 25.0 * 25 * 25) / 30
        #expect(abs(unsent.mean - (30 + square / 120)) <= 4 * unsent.standardError)
        #expect(try #require(unsent.percentile(0.05)) >= 25)
        #expect(try #require(unsent.percentile(1)) <= 60)
        let noticed = try #require(group.noticed)
        #expect(abs(noticed.mean - 60) <= 4 * noticed.standardError)
        #expect(try #require(noticed.percentile(1)) <= 95)
    }

    @Test
    func `a lost instance's way back is the sum of its parts' means`() throws {
        var timings = OutageTimings()
        timings.headroom = 1
        var request = request(20_000)
        request.timings = timings
        let replaced = try #require(OutageSimulation.run(model, request).groups[0].replaced)
        // Detection 30, poll 30, launch 80/3, boot 45, half an interval; a boot of 30 s or longer fails three checks, and
        // must then pass a second one: 10 s more with the chance that the boot takes so long, 1 − 15²/(75·15) = 0.8.
        let mean = 30 + 30 + 80.0 / 3 + 45 + 5 + 10 * 0.8
        #expect(abs(replaced.mean - mean) <= 4 * replaced.standardError)
    }

    @Test
    func `with no grace period replacements are taken down before they are ready; with two minutes none is`() {
        var short = model
        short.groups[0].gracePeriod = .zero
        #expect(OutageSimulation.run(model, request()).groups[0].restarts == 0)
        #expect(OutageSimulation.run(short, request()).groups[0].restarts > 0.05)
    }

    @Test
    func `a group in one zone isn't whole before the zone is back`() throws {
        let group = OutageSimulation.run(
            model.spread(overZones: 1),
            {
                var request = request(10)
                request.zone = "eu-central-1a"
                return request
            }()
        ).groups[0]
        let replaced = try #require(group.replaced)
        #expect(replaced.never == 10 && replaced.percentile(0.5) == nil)
        #expect(group.curve.allSatisfy { $0 == 0 })
    }

    @Test(arguments: [(2, 1, 0.5, 0.5), (3, 1, 0.5, 1), (2, 2, 0.5, 0.75), (3, 2, 0.2, 0.64), (2, 1, 2, 1)])
    func `a launch finds capacity by headroom and zones, and each more instance type adds a chance`(
        _ zones: Int, _ types: Int, _ headroom: Double, _ chance: Double
    ) {
        var request = request()
        request.timings.headroom = headroom
        let simulation = OutageSimulation(model: model, request: request, generator: SeededGenerator(seed: 1))
        #expect(abs(simulation.launchChance(zones: zones, types: types) - chance) < 1e-12)
    }

    @Test
    func `with two zones no standby for 6 to 8 hours; with three, in two of three, until one is made`() throws {
        let two = OutageSimulation.run(
            model.spread(overZones: 2),
            {
                var request = request()
                request.zone = "eu-central-1a"
                return request
            }()
        ).databases[0]
        #expect(two.protected[..<37].allSatisfy { $0 == 0 })
        #expect(two.protected[48...].allSatisfy { $0 == 1 })
        #expect(try #require(two.window.percentile(0.05)) >= 6 * 3600)
        let three = OutageSimulation.run(model, request()).databases[0]
        #expect(abs(1 - three.protected[0] - 2.0 / 3) < 4 * (2.0 / 9 / 4000).squareRoot())
        #expect(three.protected[13...].allSatisfy { $0 == 1 })
        #expect(abs(three.down[0] - 1.0 / 3) < 4 * (2.0 / 9 / 4000).squareRoot())
        #expect(three.down[1...].allSatisfy { $0 < 1e-12 })
    }

    @Test
    func `a second zone, three hours later: two zones are both gone, of three one still answers`() throws {
        var two = request(1000)
        two.zone = "eu-central-1a"
        let both = SecondLoss.run(
            model.spread(overZones: 2), two, second: "eu-central-1b", after: .seconds(3 * 3600))
        #expect(both.databases[0].down == 1 && both.firstStillAway == 1)
        let three = SecondLoss.run(model, request(1000), second: "eu-central-1a", after: .seconds(3 * 3600))
        #expect(three.databases[0].down == 0)
        #expect(three.databases[0].failsOver > 0.4 && three.databases[0].answers > 0.4)
        // Five minutes after, no new standby is made yet: the only copy is in the second zone in a third of the trials.
        let soon = SecondLoss.run(model, request(4000), second: "eu-central-1a", after: .seconds(300))
        #expect(abs(soon.databases[0].down - 1.0 / 3) < 4 * (2.0 / 9 / 4000).squareRoot())
    }

    @Test(arguments: 2...4)
    func `the chance of a second failure: formula and trials agree within four standard errors`(_ zones: Int) {
        var timings = OutageTimings()
        timings.zoneFailuresPerYear = 300
        let second = SecondFailure(zones: zones, timings: timings)
        let exact = second.chanceOfAny
        let trials = 20_000
        let error = (exact * (1 - exact) / Double(trials)).squareRoot()
        #expect(abs(second.simulatedChance(trials: trials, seed: 7) - exact) <= 4 * error)
        #expect(SecondFailure(zones: 2).shareTaken == 1 && SecondFailure(zones: 3).shareTaken == 0.5)
        #expect(SecondFailure(zones: 2).chanceOfDatabase > 5 * SecondFailure(zones: 3).chanceOfDatabase)
    }

    @Test(arguments: [
        TimeSpread(.seconds(10), .seconds(20)), TimeSpread(.seconds(5), likeliest: .seconds(15), .seconds(60)),
        TimeSpread(.seconds(3), .seconds(3)), TimeSpread(.zero, likeliest: .zero, .seconds(9)),
    ])
    func `a spread's inverse has its ends, its middle and its mean`(_ spread: TimeSpread) {
        #expect(abs(spread.seconds(at: 0) - spread.shortest.inSeconds) < 1e-9)
        #expect(abs(spread.seconds(at: 1) - spread.longest.inSeconds) < 1e-9)
        let mean = (0..<10_000).reduce(0.0) { $0 + spread.seconds(at: (Double($1) + 0.5) / 10_000) } / 10_000
        #expect(abs(mean - spread.mean.inSeconds) < 0.01)
    }

    @Test
    func `a zone that isn't there, or is named twice, is refused`() {
        #expect(throws: TopologyError.self) { try OutageReport(of: topology, .init(zone: "eu-central-1x")) }
        #expect(throws: TopologyError.self) {
            try OutageReport(of: topology, request(1), second: (zone: "eu-central-1b", after: .zero))
        }
    }
}
