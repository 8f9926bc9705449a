import Lighting
import Testing

@Suite("Light runs through the bars in the order asked for")
struct WaveTests {
    @Test("From the bottom sensor: bar k lights k delays after the start and the lead")
    func up() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0), lead: .milliseconds(5))
        #expect(stairs.cues(at: at(1)).map(\.at) == (0..<10).map { at(0.005 + 0.05 * Double($0)) })
    }

    @Test("From the top sensor: the other way round")
    func down() {
        var stairs = Staircase()
        stairs.pulse(Staircase.top, at: at(0))
        #expect(stairs.cues(at: at(1)).map(\.at) == (0..<10).reversed().map { at(0.05 * Double($0)) })
    }

    @Test("From both ends: two waves that meet")
    func both() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs.pulse(Staircase.top, at: at(0.1))
        let expected = (0..<10).map { (bar: Int) -> MeshInstant in
            at(min(0.05 * Double(bar), 0.1 + 0.05 * Double(9 - bar)))
        }
        #expect(stairs.cues(at: at(1)).map(\.at) == expected)
    }

    @Test("Without a wave all bars light at one instant")
    func together() {
        var stairs = Staircase(wave: nil)
        stairs.pulse(Staircase.top, at: at(0), lead: .milliseconds(20))
        #expect(stairs.cues(at: at(1)).allSatisfy { $0.at == at(0.02) })
    }

    @Test(
        "Every order gives every bar its turn",
        arguments: [
            (Wave.Order.forward, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (.backward, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
            (.centreOut, [4, 3, 2, 1, 0, 0, 1, 2, 3, 4]),
            (.edgesIn, [0, 1, 2, 3, 4, 4, 3, 2, 1, 0]),
            (.positions([3, 3, 3, 0, 0, 0, 1, 1, 2, 9]), [3, 3, 3, 0, 0, 0, 1, 1, 2, 9]),
        ])
    func orders(_ order: Wave.Order, _ turns: [Int]) {
        var stairs = Staircase(wave: Wave(order: order))
        stairs.pulse(Staircase.top, at: at(0))
        #expect(stairs.cues(at: at(2)).map(\.at) == turns.map { at(0.05 * Double($0)) })
    }

    @Test("A random order is a permutation, the same for all who know the activation, and another the next time")
    func random() {
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

    @Test(
        "Going off follows, reverses or goes together",
        arguments: [
            (Wave.Off.follow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (.reverse, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
            (.together, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ])
    func off(_ off: Wave.Off, _ turns: [Double]) {
        var stairs = Staircase(wave: Wave(off: off))
        stairs.pulse(Staircase.bottom, at: at(0))
        #expect(stairs.cues(at: at(70)).map(\.at) == turns.map { at(60 + 0.05 * $0) })
        #expect(!stairs.lit(at: at(70)).contains(true))
    }

    @Test("Darkness follows the last person, not the first of an hour ago, nor the sensor they left by")
    func lastWalk() {
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

    @Test("A wave slower than the hold reaches every bar before it goes off", arguments: Wave.Off.allCases)
    func slowWave(_ off: Wave.Off) {
        var stairs = Staircase(hold: .seconds(5), wave: Wave(delay: .seconds(5), off: off))
        stairs.pulse(Staircase.bottom, at: at(0))
        for (index, bar) in Staircase.bars.enumerated() {
            #expect(stairs.state.plan(of: bar).cue(at: at(Double(index) * 5 + 0.001)).target.lightness > .dark)
        }
    }
}
