import Lighting
import Testing

@Suite("Light runs through the bars in the order asked for")
struct WaveTests {
    @Test
    func `from the bottom sensor: bar k lights k delays after the start and the lead`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0), lead: .milliseconds(5))
        #expect(stairs.cues(at: at(1)).map(\.at) == (0..<10).map { at(0.005 + 0.05 * Double($0)) })
    }

    @Test
    func `from the top sensor: the other way round`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.top, at: at(0))
        #expect(stairs.cues(at: at(1)).map(\.at) == (0..<10).reversed().map { at(0.05 * Double($0)) })
    }

    @Test
    func `from both ends: two waves that meet`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs.pulse(Staircase.top, at: at(0.1))
        let expected = (0..<10).map { (bar: Int) -> MeshInstant in
            at(min(0.05 * Double(bar), 0.1 + 0.05 * Double(9 - bar)))
        }
        #expect(stairs.cues(at: at(1)).map(\.at) == expected)
    }

    @Test
    func `without a wave all bars light at one instant`() {
        var stairs = Staircase(wave: nil)
        stairs.pulse(Staircase.top, at: at(0), lead: .milliseconds(20))
        #expect(stairs.cues(at: at(1)).allSatisfy { $0.at == at(0.02) })
    }

    @Test(arguments: [
        (Wave.Order.forward, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (.backward, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        (.centreOut, [4, 3, 2, 1, 0, 0, 1, 2, 3, 4]),
        (.edgesIn, [0, 1, 2, 3, 4, 4, 3, 2, 1, 0]),
        (.positions([3, 3, 3, 0, 0, 0, 1, 1, 2, 9]), [3, 3, 3, 0, 0, 0, 1, 1, 2, 9]),
    ])
    func `every order gives every bar its turn`(_ order: Wave.Order, _ turns: [Int]) {
        var stairs = Staircase(wave: Wave(order: order))
        stairs.pulse(Staircase.top, at: at(0))
        #expect(stairs.cues(at: at(2)).map(\.at) == turns.map { at(0.05 * Double($0)) })
    }

    @Test
    func `a random order is a permutation, the same for all who know the activation, and another the next time`() {
        func order(start: Double) -> [MeshInstant] {
            var stairs = Staircase(wave: Wave(order: .random))
            stairs.pulse(Staircase.bottom, at: at(start))
            return stairs.cues(at: at(start + 2)).map(\.at)
        }
        #expect(Set(order(start: 0)) == Set((0..<10).map { at(0.05 * Double($0)) }))
        #expect(order(start: 0) == order(start: 0))
        let offsets = (0..<20).map { start in
            order(start: Double(start)).map { $0 - at(Double(start)) }
        }
        #expect(Set(offsets).count > 15)
    }

    @Test(arguments: [
        (Wave.Off.follow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (.reverse, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        (.together, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ])
    func `going off follows, reverses or goes together`(_ off: Wave.Off, _ turns: [Double]) {
        var stairs = Staircase(wave: Wave(off: off))
        stairs.pulse(Staircase.bottom, at: at(0))
        #expect(stairs.cues(at: at(70)).map(\.at) == turns.map { at(60 + 0.05 * $0) })
        #expect(!stairs.lit(at: at(70)).contains(true))
    }

    @Test
    func `darkness follows the last person, not the first of an hour ago, nor the sensor they left by`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs.pulse(Staircase.top, at: at(8))
        #expect(stairs.cues(at: at(100)).map(\.at) == (0..<10).map { at(68 + Double($0) * 0.05) }, "up")
        stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs.pulse(Staircase.top, at: at(8))
        stairs.pulse(Staircase.top, at: at(50))
        stairs.pulse(Staircase.bottom, at: at(59))
        #expect(stairs.cues(at: at(130)).map(\.at) == (0..<10).reversed().map { at(119 + Double($0) * 0.05) }, "down")
    }

    @Test(arguments: Wave.Off.allCases)
    func `a wave slower than the hold reaches every bar before it goes off`(_ off: Wave.Off) {
        var stairs = Staircase(hold: .seconds(5), wave: Wave(delay: .seconds(5), off: off))
        stairs.pulse(Staircase.bottom, at: at(0))
        for (index, bar) in Staircase.bars.enumerated() {
            #expect(stairs.state.plan(of: bar).cue(at: at(Double(index) * 5 + 0.001)).target.lightness > .dark)
        }
    }

    @Test
    func `other delays up than down: the way that light runs decides, with every order`() {
        var stairs = Staircase(wave: Wave(delayBackward: .milliseconds(80)))
        stairs.pulse(Staircase.bottom, at: at(0))
        #expect(stairs.cues(at: at(1)).map(\.at) == (0..<10).map { at(0.05 * Double($0)) }, "up")
        stairs = Staircase(wave: Wave(delayBackward: .milliseconds(80)))
        stairs.pulse(Staircase.top, at: at(0))
        #expect(stairs.cues(at: at(1)).map(\.at) == (0..<10).reversed().map { at(0.08 * Double($0)) }, "down")
        #expect(stairs.cues(at: at(70)).map(\.at) == (0..<10).reversed().map { at(60 + 0.08 * Double($0)) }, "off")
        stairs = Staircase(wave: Wave(delayBackward: .milliseconds(80), order: .centreOut, off: .reverse))
        stairs.pulse(Staircase.top, at: at(0))
        let turns = [0.32, 0.24, 0.16, 0.08, 0, 0, 0.05, 0.1, 0.15, 0.2]
        #expect(stairs.cues(at: at(1)).map(\.at) == turns.map { at($0) })
        #expect(stairs.cues(at: at(70)).map(\.at) == turns.map { at(60 + 0.32 - $0) }, "the last bar first")
        #expect(stairs.state.asOneLight(at: at(60.31)).light.lightness > .dark)
        #expect(stairs.state.asOneLight(at: at(60.32)).light.lightness == .dark)
    }

    @Test
    func `a time of day has a wave of its own, or none; what began before it goes on as it began`() {
        let profile = Profile([
            Profile.Entry(from: .clock(TimeOfDay(text: "07:00")!), wave: .together),
            // 1_800_000_000 is 08:00 of a day.
            Profile.Entry(
                from: .clock(TimeOfDay(text: "09:00")!), wave: Wave(delay: .milliseconds(200), off: .together)),
        ])
        var stairs = Staircase(profile: profile)
        stairs.pulse(Staircase.top, at: at(0))
        #expect(stairs.cues(at: at(1)).allSatisfy { $0.at == at(0) })
        #expect(stairs.cues(at: at(70)).allSatisfy { $0.at == at(60) })
        stairs.pulse(Staircase.top, at: at(3599))
        #expect(stairs.cues(at: at(3660)).allSatisfy { $0.at == at(3659) }, "begun before nine")
        stairs.pulse(Staircase.top, at: at(4000))
        #expect(stairs.cues(at: at(4005)).map(\.at) == (0..<10).reversed().map { at(4000 + 0.2 * Double($0)) })
        #expect(stairs.cues(at: at(4070)).allSatisfy { $0.at == at(4060) })
    }

    @Test
    func `a wave that has to be let through takes as long as light takes to come at that time of day`() {
        let entry = Profile.Entry(from: .clock(TimeOfDay(text: "07:00")!), easeIn: .seconds(3))
        var stairs = Staircase(
            hold: .seconds(5), wave: Wave(delay: .seconds(1), off: .together), look: Look(easeIn: .seconds(1)),
            profile: Profile([entry]))
        stairs.pulse(Staircase.bottom, at: at(0))
        #expect(stairs.cues(at: at(20)).allSatisfy { $0.at == at(12) })
    }
}
