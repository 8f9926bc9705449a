import Lighting
import Testing

@Suite("Sunrise and sunset, beside published and independently calculated times")
struct SunTests {
    private static let places = [
        "anchorage": Location(latitude: 61 + 13 / 60.0, longitude: -(149 + 52 / 60.0)),
        "auckland": Location(latitude: -(36 + 50 / 60.0), longitude: 174 + 48 / 60.0),
        "brasilia": Location(latitude: -(15 + 48 / 60.0), longitude: -(47 + 51 / 60.0)),
        "singapore": Location(latitude: 1 + 17 / 60.0, longitude: 103 + 50 / 60.0),
        "longyearbyen": Location(latitude: 78 + 13 / 60.0, longitude: 15 + 38 / 60.0),
    ]

    private static func sun(at place: String) throws -> Sun {
        Sun(from: try #require(places[place] ?? nil))
    }

    private static func day(_ date: String) throws -> Int64 {
        let parts = date.split(separator: "-").compactMap { Int64($0) }
        try #require(parts.count == 3)
        let lengths: [Int64] = [31, parts[0] % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let years = (1970..<parts[0]).reduce(Int64(0)) { $0 + ($1 % 4 == 0 ? 366 : 365) }
        return years + lengths.prefix(Int(parts[1]) - 1).reduce(0, +) + parts[2] - 1
    }

    /// The seconds by which the nearest such event is off.
    private static func error(of event: Sun.Event, _ sun: Sun, at unix: Int64) -> Double {
        let instant = MeshInstant(nanoseconds: unix * 1_000_000_000)
        let today = sun.day(at: instant)
        return (today - 1...today + 1).map { day in
            let time = sun.time(of: event, day: day)
            return time.isReal ? abs((time.instant - instant) / .seconds(1)) : .infinity
        }.min() ?? .infinity
    }

    /// - Source: U.S. Naval Observatory, Astronomical Applications Department, annual tables "Rise and Set for the Sun" for
    ///   2020, universal time, to the minute.
    @Test(
        arguments: [
            ("anchorage", "2020-01-05", "19:11", "00:57"),
            ("anchorage", "2020-03-25", "15:43", "04:27"),
            ("anchorage", "2020-06-15", "12:21", "07:40"),
            ("anchorage", "2020-09-15", "15:28", "04:22"),
            ("anchorage", "2020-12-25", "19:15", "00:44"),
            ("auckland", "2020-01-05", "17:09", "07:44"),
            ("auckland", "2020-04-05", "18:39", "06:09"),
            ("auckland", "2020-06-25", "19:34", "05:13"),
            ("auckland", "2020-10-15", "17:35", "06:37"),
            ("auckland", "2020-12-15", "16:56", "07:36"),
            ("brasilia", "2020-02-05", "09:03", "21:47"),
            ("brasilia", "2020-05-15", "09:26", "20:49"),
            ("brasilia", "2020-08-25", "09:22", "21:05"),
            ("brasilia", "2020-11-15", "08:30", "21:22"),
            ("singapore", "2020-02-15", "23:17", "11:21"),
            ("singapore", "2020-05-25", "22:56", "11:07"),
            ("singapore", "2020-11-05", "22:46", "10:50"),
            ("longyearbyen", "2020-02-17", "10:03", "12:23"),
            ("longyearbyen", "2020-02-20", "09:10", "13:15"),
            ("longyearbyen", "2020-03-15", "05:27", "16:49"),
            ("longyearbyen", "2020-04-15", "00:38", "21:33"),
            ("longyearbyen", "2020-08-28", "00:50", "20:55"),
            ("longyearbyen", "2020-10-15", "07:29", "13:54"),
            ("longyearbyen", "2020-10-24", "09:24", "11:57"),
        ] as [(String, String, String, String)])
    func `the Naval Observatory's tables, to their minute`(
        _ place: String, _ date: String, _ rise: String, _ set: String
    ) throws {
        let sun = try Self.sun(at: place)
        for (event, text) in [(Sun.Event.sunrise, rise), (.sunset, set)] {
            let time = try #require(TimeOfDay(text: text))
            let unix = try Self.day(date) * 86400 + Int64(time.minutes) * 60
            // Half a minute of rounding; where the sun grazes the horizon a hundredth of a degree is most of another.
            let limit = place == "longyearbyen" ? 75.0 : 40
            #expect(Self.error(of: event, sun, at: unix) < limit, "\(event) \(Self.error(of: event, sun, at: unix)) s")
        }
    }

    @Test(
        arguments: [
            ("2020-02-14", false), ("2020-10-27", false), ("2020-12-21", false), ("2020-01-31", false),
            ("2020-04-19", true), ("2020-06-21", true), ("2020-08-22", true),
        ] as [(String, Bool)])
    func `where the sun doesn't rise, or doesn't set, the tables say so too`(_ date: String, _ isUp: Bool) throws {
        let sun = try Self.sun(at: "longyearbyen")
        let day = try Self.day(date)
        let rise = sun.time(of: .sunrise, day: day)
        let set = sun.time(of: .sunset, day: day)
        #expect(!rise.isReal && !set.isReal)
        // A day without a night is all there is from midnight to midnight; one without light is a moment at noon.
        let length = (set.instant - rise.instant) / .seconds(1)
        #expect(isUp ? abs(length - 86400) < 60 : length == 0)
    }

    /// Latitude, longitude, sunrise and sunset in seconds since 1970.
    ///
    /// - Source: calculated by PyEphem 4.2.1 (libastro, VSOP87), the sun's centre at -0:50 and no atmosphere of its own.
    private static let century: [(Double, Double, Int64, Int64)] = [
        (52.52, 13.405, 44_938_021, 44_997_777), (-36.85, 174.76, 48_886_101, 48_921_984),
        (1.29, 103.85, 31_705_636, 31_749_022), (64.13, -21.9, 52_812_994, 52_864_501),
        (-54.8, -68.3, 46_184_281, 46_210_240), (40.71, -74, 32_962_646, 32_997_303),
        (52.52, 13.405, 323_498_303, 323_545_353), (-36.85, 174.76, 319_312_172, 319_360_816),
        (1.29, 103.85, 331_426_972, 331_470_873), (64.13, -21.9, 323_591_890, 323_641_519),
        (-54.8, -68.3, 337_776_088, 337_817_808), (40.71, -74, 317_823_069, 317_858_800),
        (52.52, 13.405, 623_481_144, 623_522_211), (-36.85, 174.76, 609_101_474, 609_140_866),
        (1.29, 103.85, 627_432_491, 627_475_902), (64.13, -21.9, 601_209_895, 601_230_757),
        (-54.8, -68.3, 624_274_113, 624_323_491), (40.71, -74, 600_265_200, 600_299_158),
        (52.52, 13.405, 885_107_234, 885_137_205), (-36.85, 174.76, 889_467_252, 889_512_481),
        (1.29, 103.85, 899_593_396, 899_637_295), (64.13, -21.9, 904_889_881, 904_941_203),
        (-54.8, -68.3, 908_012_185, 908_060_713), (40.71, -74, 906_893_300, 906_936_298),
        (52.52, 13.405, 1_194_329_459, 1_194_362_898), (-36.85, 174.76, 1_171_821_316, 1_171_869_231),
        (1.29, 103.85, 1_192_920_417, 1_192_963_902), (64.13, -21.9, 1_176_358_085, 1_176_411_051),
        (-54.8, -68.3, 1_171_791_160, 1_171_843_216), (40.71, -74, 1_196_683_342, 1_196_717_332),
        (52.52, 13.405, 1_475_384_983, 1_475_426_428), (-36.85, 174.76, 1_475_776_091, 1_475_821_801),
        (1.29, 103.85, 1_471_820_581, 1_471_864_308), (64.13, -21.9, 1_473_835_724, 1_473_882_927),
        (-54.8, -68.3, 1_465_995_405, 1_466_021_448), (40.71, -74, 1_476_529_662, 1_476_569_697),
        (52.52, 13.405, 1_749_523_439, 1_749_583_690), (-36.85, 174.76, 1_745_607_348, 1_745_646_077),
        (1.29, 103.85, 1_742_684_868, 1_742_728_471), (64.13, -21.9, 1_743_662_268, 1_743_711_936),
        (-54.8, -68.3, 1_760_088_917, 1_760_137_569), (40.71, -74, 1_758_019_077, 1_758_063_765),
        (52.52, 13.405, 2_034_729_844, 2_034_790_416), (-36.85, 174.76, 2_038_763_432, 2_038_801_363),
        (1.29, 103.85, 2_043_442_247, 2_043_485_795), (64.13, -21.9, 2_023_780_559, 2_023_812_496),
        (-54.8, -68.3, 2_035_803_321, 2_035_830_062), (40.71, -74, 2_033_112_337, 2_033_166_232),
        (52.52, 13.405, 2_323_136_815, 2_323_190_053), (-36.85, 174.76, 2_305_473_901, 2_305_525_151),
        (1.29, 103.85, 2_308_432_511, 2_308_476_010), (64.13, -21.9, 2_326_258_893, 2_326_304_373),
        (-54.8, -68.3, 2_317_640_036, 2_317_666_307), (40.71, -74, 2_333_535_033, 2_333_568_522),
        (52.52, 13.405, 2_612_669_681, 2_612_707_681), (-36.85, 174.76, 2_613_489_739, 2_613_538_086),
        (1.29, 103.85, 2_606_252_745, 2_606_296_553), (64.13, -21.9, 2_591_084_610, 2_591_113_261),
        (-54.8, -68.3, 2_608_025_649, 2_608_061_878), (40.71, -74, 2_614_246_174, 2_614_283_344),
        (52.52, 13.405, 2_873_775_548, 2_873_806_704), (-36.85, 174.76, 2_901_372_895, 2_901_425_557),
        (1.29, 103.85, 2_899_579_694, 2_899_623_104), (64.13, -21.9, 2_900_313_323, 2_900_332_482),
        (-54.8, -68.3, 2_890_901_006, 2_890_934_060), (40.71, -74, 2_901_701_505, 2_901_734_940),
        (52.52, 13.405, 3_182_998_989, 3_183_031_035), (-36.85, 174.76, 3_156_945_481, 3_156_997_317),
        (1.29, 103.85, 3_169_234_658, 3_169_278_555), (64.13, -21.9, 3_179_634_368, 3_179_673_888),
        (-54.8, -68.3, 3_174_207_573, 3_174_238_812), (40.71, -74, 3_165_645_729, 3_165_695_183),
        (52.52, 13.405, 3_450_482_844, 3_450_537_601), (-36.85, 174.76, 3_469_193_684, 3_469_246_240),
        (1.29, 103.85, 3_456_428_690, 3_456_472_571), (64.13, -21.9, 3_458_263_300, 3_458_327_023),
        (-54.8, -68.3, 3_446_101_499, 3_446_146_666), (40.71, -74, 3_456_898_830, 3_456_951_832),
        (52.52, 13.405, 3_734_565_955, 3_734_620_882), (-36.85, 174.76, 3_741_794_537, 3_741_831_196),
        (1.29, 103.85, 3_745_522_682, 3_745_566_325), (64.13, -21.9, 3_753_861_334, 3_753_876_570),
        (-54.8, -68.3, 3_738_747_551, 3_738_773_528), (40.71, -74, 3_740_117_614, 3_740_171_337),
        (52.52, 13.405, 4_013_128_004, 4_013_167_813), (-36.85, 174.76, 4_013_259_016, 4_013_304_816),
        (1.29, 103.85, 4_017_423_513, 4_017_467_253), (64.13, -21.9, 4_015_636_977, 4_015_686_075),
        (-54.8, -68.3, 4_028_441_069, 4_028_478_330), (40.71, -74, 4_031_895_515, 4_031_936_908),
    ]

    @Test
    func `from 1971 to 2097, from 65 degrees north to 55 south: within ten seconds of VSOP87`() throws {
        var worst = 0.0
        for (latitude, longitude, rise, set) in Self.century {
            let sun = Sun(from: try #require(Location(latitude: latitude, longitude: longitude)))
            worst = max(worst, Self.error(of: .sunrise, sun, at: rise), Self.error(of: .sunset, sun, at: set))
        }
        #expect(worst < 10, "\(worst) s")
    }

    @Test(arguments: [-90, -89.9, -78, -66, 0, 52, 67.5, 89, 90])
    func `at any place, on any day, the events come in order, a day of them after the other`(_ latitude: Double) throws
    {
        let sun = Sun(from: try #require(Location(latitude: latitude, longitude: 15)))
        var before = sun.time(of: .sunset, day: 19_999).instant
        for day in Int64(20_000)..<20_800 {
            let rise = sun.time(of: .sunrise, day: day)
            let set = sun.time(of: .sunset, day: day)
            #expect(rise.instant >= before - .seconds(1))
            #expect(set.instant >= rise.instant)
            #expect(
                sun.day(at: rise.instant + .seconds(3600)) == day || sun.day(at: set.instant - .seconds(3600)) == day
                    || !set.isReal)
            before = set.instant
        }
    }

    @Test(arguments: [(90.1, 0), (-91, 0), (0, 180.5), (.nan, 0), (0, .infinity)])
    func `there is no place beyond the poles, or a turn away`(_ latitude: Double, _ longitude: Double) {
        #expect(Location(latitude: latitude, longitude: longitude) == nil)
    }
}
