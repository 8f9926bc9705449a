import Lighting
import Testing

@Suite("The light never goes off on somebody, and always goes off behind them")
struct HoldTests {
    @Test
    func `motion while lit restarts the hold: no cue changes, only the end moves`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        let before = stairs.cues(at: at(59.9))
        stairs.pulse(Staircase.bottom, at: at(59.9))
        #expect(stairs.cues(at: at(59.9)) == before)
        #expect(stairs.cues(at: at(119.8)) == before)
        #expect(stairs.lit(at: at(119.95))[0] == false)
    }

    @Test
    func `two sensors high together from dark light the stairs; one of two still high keeps them lit`() {
        var stairs = Staircase()
        stairs.rise(Staircase.bottom, at: at(0))
        stairs.rise(Staircase.top, at: at(0))
        #expect(!stairs.lit(at: at(1)).contains(false))
        stairs.fall(Staircase.bottom, at: at(1))
        stairs.renew(Staircase.top, at: at(3595))
        #expect(!stairs.lit(at: at(3600)).contains(false))
        stairs.fall(Staircase.top, at: at(3600))
        #expect(!stairs.lit(at: at(3659.9)).contains(false))
        #expect(!stairs.lit(at: at(3661)).contains(true))
    }

    @Test
    func `somebody who comes while the wave of going off runs: bars it hasn't reached stay lit`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        #expect(stairs.lit(at: at(60.21)) == [false, false, false, false, false, true, true, true, true, true])
        let before = stairs.cues(at: at(60.21))
        stairs.pulse(Staircase.bottom, at: at(60.22))
        #expect(Array(stairs.cues(at: at(61))[5...]) == Array(before[5...]))
        #expect(stairs.cues(at: at(61))[0].at == at(60.22))
        #expect(!stairs.lit(at: at(61)).contains(false))
    }

    @Test(arguments: [[10], [10, 10.001], [10, 10.03, 10.06, 10.02, 10.021, 10.05, 10.022, 10.04]], [0, 1, 4, 9])
    func `what is lit stays lit while a sensor's node that began anew says its own motion again`(
        times: [Double], visitsBefore: Int
    ) {
        var stairs = Staircase()
        for visit in 0..<visitsBefore { stairs.pulse(Staircase.bottom, at: at(-100 * Double(visitsBefore - visit))) }
        stairs.rise(Staircase.bottom, at: at(0))
        for again in times {
            let register = SensorRegister(
                start: at(again), origin: Staircase.bottom, firstMotion: at(again), lead: .milliseconds(250),
                lastEdge: at(again), lastMotion: at(again), motion: true)
            stairs.state.setRegisters([Staircase.bottom: register])
            #expect(!stairs.lit(at: at(again)).contains(false))
        }
        #expect(!stairs.lit(at: at(10.1)).contains(false))
    }

    @Test(arguments: 0..<200)
    func `registers merge alike in any order, any number of times`(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var registers: [(String, SensorRegister)] = []
        for sensor in 0..<Int.random(in: 1...6, using: &generator) {
            let start = Double.random(in: 0...300, using: &generator).rounded()
            let first = start + Double.random(in: 0...20, using: &generator)
            let last = first + Double.random(in: 0...100, using: &generator)
            registers.append(
                (
                    "n\(sensor)/s",
                    SensorRegister(
                        start: at(start), origin: "n\(Int.random(in: 0...5, using: &generator))/s",
                        firstMotion: at(first), lead: .zero, lastEdge: at(first), lastMotion: at(last),
                        motion: Bool.random(using: &generator))
                ))
        }
        let merged = Activation.merging(Dictionary(uniqueKeysWithValues: registers)) { _ in .seconds(60) }
        for _ in 0..<5 {
            registers.shuffle(using: &generator)
            var known: [String: SensorRegister] = [:]
            for (name, register) in registers + registers { known[name] = register }
            let again = Activation.merging(known) { _ in .seconds(60) }
            #expect(again?.start == merged?.start)
            #expect(again?.end == merged?.end)
            #expect(again?.origin == merged?.origin)
            #expect(again?.offOrigin == merged?.offOrigin)
            #expect(Set(again?.waves ?? []) == Set(merged?.waves ?? []))
        }
    }

    @Test
    func `overlapping activations become the earliest; of equal ones, the lower name's`() {
        func register(_ start: Double, _ origin: String) -> SensorRegister {
            SensorRegister(
                start: at(start), origin: origin, firstMotion: at(start), lead: .zero, lastEdge: at(start),
                lastMotion: at(start), motion: false)
        }
        let hold = Duration.seconds(60)
        let merged = Activation.merging(["b/s": register(1, "b/s"), "a/s": register(1, "a/s")]) { _ in hold }
        #expect(merged?.origin == "a/s")
        let apart = Activation.merging(["b/s": register(1, "b/s"), "a/s": register(62, "a/s")]) { _ in hold }
        #expect(apart?.start == at(62))
        #expect(apart?.waves.count == 1)
        #expect(Activation.merging([:], hold: { _ in hold }) == nil)
    }

    @Test
    func `a sensor that fires again after the others kept the light keeps its own first motion`() {
        var stairs = Staircase()
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs.pulse(Staircase.top, at: at(50))
        stairs.pulse(Staircase.bottom, at: at(100))
        let cues = stairs.cues(at: at(101))
        #expect(cues.map(\.at) == (0..<10).map { at(0.05 * Double($0)) })
    }
}
