import Testing

@testable import AWSTopology

@Suite("A fleet spread over zones, by formula")
struct InstanceSpreadTests {
    @Test
    func `T8: with two zones half of the instances are lost, and every group of two is touched`() {
        let spread = InstanceSpread(groups: 40, perGroup: 2, zones: 2)
        #expect(spread.shareLost() == 0.5)
        #expect(spread.meanLost == 40)
        #expect(spread.deviationLost == 0)
        #expect(spread.chanceUntouched() == 0)
        #expect(spread.extraLoad == 1)
    }

    @Test
    func `T8: with three, a third of the groups have nothing there, and a third of the instances are lost`() {
        let spread = InstanceSpread(groups: 40, perGroup: 2, zones: 3)
        #expect(spread.chanceUntouched() == 1.0 / 3)
        #expect(spread.shareLost() == 1.0 / 3)
        #expect(abs(spread.meanUntouched - 40.0 / 3) < 1e-12)
        #expect(abs(spread.meanLost - 80.0 / 3) < 1e-12)
        #expect(spread.extraLoad == 0.5)
        #expect(spread.chanceWhollyLost() == 0)
        #expect(spread.chanceWhollyLost(lost: 2) == 1.0 / 3)
        #expect(abs(spread.chanceUntouchedIfIndependent - 4.0 / 9) < 1e-12)
        #expect(abs(spread.chanceWhollyLostIfIndependent - 1.0 / 9) < 1e-12)
    }

    static let fleets = [2, 3, 4, 6].flatMap { zones in [1, 2, 3, 4, 5, 7].map { (zones, $0) } }

    @Test(arguments: fleets)
    func `shuffled placements agree within four standard errors`(_ zones: Int, _ perGroup: Int) {
        let trials = 400
        let spread = InstanceSpread(groups: 30, perGroup: perGroup, zones: zones)
        var generator = SeededGenerator(seed: UInt64(zones * 100 + perGroup))
        var (untouched, lost, both) = (0, 0, 0)
        for _ in 0..<(trials * spread.groups) {
            let order = (0..<zones).shuffled(using: &generator)
            let placed = (0..<perGroup).map { order[$0 % zones] }
            untouched += placed.contains(0) ? 0 : 1
            lost += placed.filter { $0 == 0 }.count
            both += placed.allSatisfy { $0 < 2 } ? 1 : 0
        }
        let root = Double(trials).squareRoot()
        let count = Double(trials)
        #expect(abs(Double(untouched) / count - spread.meanUntouched) <= 4 * spread.deviationUntouched / root)
        #expect(abs(Double(lost) / count - spread.meanLost) <= 4 * spread.deviationLost / root + 1e-9)
        let p = spread.chanceWhollyLost(lost: 2)
        let error = (p * (1 - p) / Double(trials * spread.groups)).squareRoot()
        #expect(abs(Double(both) / Double(trials * spread.groups) - p) <= 4 * error + 1e-9)
    }

    @Test(arguments: fleets)
    func `the simulation agrees within four of its standard errors`(_ zones: Int, _ perGroup: Int) throws {
        var model = OutageModel(try Topology(reading: DefaultTopology.text, file: "default"))
        model = model.spread(overZones: zones)
        model.groups = []
        var request = OutageSimulation.Request(zone: model.zones[0])
        (request.groups, request.perGroup, request.trials) = (20, perGroup, 1000)
        request.timings.headroom = 10
        let fleet = OutageSimulation.run(model, request).fleet
        let spread = fleet.spread
        #expect(abs(fleet.untouched.mean - spread.meanUntouched) <= 4 * fleet.untouched.standardError + 1e-9)
        #expect(abs(fleet.lost.mean - spread.meanLost) <= 4 * fleet.lost.standardError + 1e-9)
    }
}
