import Lighting
import Testing

@Suite("Looks change with the time of day, on the zone's own clock")
struct ProfileTests {
    /// Berlin around the ends of summer time in 2027: UTC+2 until October 31st, 01:00 UTC; UTC+1 until March 26th 2028.
    static let berlin = CivilClock(transitions: [
        .init(from: .distantPast, secondsFromUTC: 7200),
        .init(from: MeshInstant(nanoseconds: 1_824_944_400_000_000_000), secondsFromUTC: 3600),
        .init(from: MeshInstant(nanoseconds: 1_837_645_200_000_000_000), secondsFromUTC: 7200),
    ])

    static func profile(_ entries: (String, Double)...) throws -> Profile {
        Profile(
            try entries.map { from, brightness in
                Profile.Entry(from: try #require(TimeOfDay(text: from)), brightness: Lightness(brightness))
            })
    }

    /// The lightness that a bar is on its way to at `unix` seconds, lit since shortly before.
    func brightness(_ profile: Profile, at unix: Int64) -> Double {
        let now = MeshInstant(nanoseconds: unix * 1_000_000_000)
        var stairs = Staircase(profile: profile, clock: ProfileTests.berlin)
        stairs.rise(Staircase.bottom, at: now - .seconds(5))
        return stairs.cues(at: now)[0].target.lightness.value
    }

    @Test(
        arguments: [
            // 2027-10-30, summer time: 21:59, 22:00; 2027-10-31, winter time: 06:29, 06:30, 21:59, 22:00.
            (1_824_926_340, 0.6), (1_824_926_400, 0.1), (1_824_960_540, 0.1), (1_824_960_600, 0.6),
            (1_825_016_340, 0.6),
            (1_825_016_400, 0.1),
        ] as [(Int64, Double)])
    func `the night light begins at 22:00 and ends at 6:30, whatever the offset`(_ unix: Int64, _ expected: Double)
        throws
    {
        let profile = try ProfileTests.profile(("22:00", 0.1), ("06:30", 0.6))
        #expect(brightness(profile, at: unix) == expected)
    }

    @Test
    func `a time that clocks skip in spring begins with the skip; one that they show twice, the first time`() throws {
        let spring = try ProfileTests.profile(("02:30", 0.1), ("12:00", 0.6))
        #expect(brightness(spring, at: 1_837_645_199) == 0.6)
        #expect(brightness(spring, at: 1_837_645_200) == 0.1)
        let autumn = try ProfileTests.profile(("02:30", 0.1), ("12:00", 0.6))
        #expect(brightness(autumn, at: 1_824_942_599) == 0.6)
        #expect(brightness(autumn, at: 1_824_942_600) == 0.1)
    }

    @Test
    func `a change while lit eases from the one look to the other, and is announced`() throws {
        let profile = try ProfileTests.profile(("22:00", 0.1), ("06:30", 0.6))
        let change = MeshInstant(nanoseconds: 1_824_926_400_000_000_000)
        var stairs = Staircase(profile: profile, clock: ProfileTests.berlin)
        stairs.rise(Staircase.bottom, at: change - .seconds(5))
        let plan = stairs.state.plan(of: "stair-01")
        #expect(plan.nextChange(after: change - .seconds(1)) == change)
        let cue = plan.cue(at: change)
        #expect(cue.at == change)
        #expect(cue.from.lightness == Lightness(0.6))
        #expect(cue.target.lightness == Lightness(0.1))
    }

    @Test
    func `mesh time an hour behind universal time: the night light begins when clocks on the wall say so`() throws {
        let profile = try ProfileTests.profile(("22:00", 0.1), ("06:30", 0.6))
        let clock = ProfileTests.berlin.corrected(by: .seconds(3600))
        // 20:59:59 and 21:00 by mesh time's count of Berlin summer time.
        for (unix, expected) in [(1_824_922_799, 0.6), (1_824_922_800, 0.1)] as [(Int64, Double)] {
            let now = MeshInstant(nanoseconds: unix * 1_000_000_000)
            var stairs = Staircase(profile: profile, clock: clock)
            stairs.rise(Staircase.bottom, at: now - .seconds(5))
            #expect(stairs.cues(at: now)[0].target.lightness.value == expected)
        }
    }

    @Test(arguments: ["24:00", "7", "7:5", "-1:00", "07:60", "0x:00", "007:00", ""])
    func `times of day are read strictly`(_ text: String) { #expect(TimeOfDay(text: text) == nil) }
}
