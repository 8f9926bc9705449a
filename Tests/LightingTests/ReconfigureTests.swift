import Lighting
import Testing

@Suite("Another configuration: what is over stays over, what is lit stays lit")
struct ReconfigureTests {
    /// The staircase with something changed at an instant.
    func changed(_ stairs: Staircase, at seconds: Double, _ change: (inout Zone) -> Void) -> Staircase {
        var (stairs, zone) = (stairs, stairs.state.zone)
        change(&zone)
        stairs.state.reconfigure(zone, at: at(seconds))
        return stairs
    }

    @Test(
        arguments: [
            { $0.wave?.delay = .seconds(5) }, { $0.hold = .seconds(600) }, { $0.wave?.order = .backward },
            {
                $0.wave?.off = .reverse
                $0.wave?.delay = .seconds(5)
            },
            {
                $0.wave = nil
                $0.hold = .seconds(30)
            },
        ] as [@Sendable (inout Zone) -> Void])
    func `a slower wave, a longer hold, another order: nobody is there, nothing is lit`(
        _ change: @Sendable (inout Zone) -> Void
    ) {
        var stairs = Staircase(hold: .seconds(10))
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs = changed(stairs, at: 12, change)
        for tenth in 120..<1000 {
            let instant = at(Double(tenth) / 10)
            #expect(!stairs.lit(at: instant).contains(true) && !stairs.state.isHeld(at: instant))
            #expect(stairs.state.asOneLight(at: instant).light.lightness == .dark)
        }
        // Registers heard again say nothing new.
        stairs.fall(Staircase.bottom, at: at(0))
        #expect(!stairs.lit(at: at(13)).contains(true))
        // Who comes then has light, by the new configuration, from the beginning.
        stairs.pulse(Staircase.top, at: at(20))
        #expect(stairs.state.activation?.start == at(20) && stairs.state.activation?.origin == Staircase.top)
        #expect(stairs.lit(at: at(20)).contains(true) && stairs.state.isHeld(at: at(29)))
    }

    @Test
    func `its configuration changes while the wave of going off runs: it runs to its end`() {
        var stairs = Staircase(hold: .seconds(10), wave: Wave(delay: .seconds(1)))
        stairs.pulse(Staircase.bottom, at: at(0))
        let before = stairs.lit(at: at(15))
        stairs = changed(stairs, at: 12) { $0.wave?.delay = .seconds(3) }
        #expect(stairs.lit(at: at(15)) == before && before.contains(true) && before.contains(false))
        #expect(!stairs.lit(at: at(19)).contains(true))
    }

    @Test
    func `lit bars stay lit under a slower wave, and have their hold`() {
        var stairs = Staircase(hold: .seconds(30))
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs = changed(stairs, at: 5) { $0.wave?.delay = .seconds(4) }
        #expect(!stairs.lit(at: at(5)).contains(false) && !stairs.lit(at: at(29)).contains(false))
        #expect(stairs.lit(at: at(31))[0] == false && stairs.lit(at: at(31))[9])
        // And again.
        stairs = changed(stairs, at: 6) { $0.wave?.delay = .milliseconds(10) }
        #expect(!stairs.lit(at: at(7)).contains(false) && !stairs.lit(at: at(30.2)).contains(true))
    }

    @Test
    func `motion that is heard of late still counts`() {
        var stairs = Staircase(hold: .seconds(10))
        stairs.pulse(Staircase.bottom, at: at(0))
        stairs = changed(stairs, at: 12) { $0.hold = .seconds(20) }
        stairs.pulse(Staircase.top, at: at(9.9))
        #expect(stairs.state.isHeld(at: at(13)) && !stairs.lit(at: at(13)).contains(false))
    }
}
