import Testing

@testable import Mesh

@Suite("What exchanges prove of another's clock")
struct ClockFilterTests {
    private static let second: Int64 = 1_000_000_000

    /// An exchange with a clock that is `offset` ahead, taking `there` and `back`.
    private func exchange(at t1: Int64, offset: Int64, there: Int64, back: Int64) throws -> ClockExchange {
        let arrival = t1 + there + offset
        return try #require(ClockExchange(t1: t1, t2: arrival, t3: arrival, t4: t1 + there + back))
    }

    @Test func `offset and delay are those of RFC 5905`() throws {
        let one = try exchange(at: 1000, offset: 5_000_000, there: 300, back: 100)
        #expect(one.delay == 400)
        #expect(one.offset == 5_000_000 + 100)
    }

    @Test(
        arguments: [
            [10, 5, 6, 9], [10, 6, 5, 20], [10, -5, 5, 20], [10, 5, 5000, 20], [10, 5, .max, 20],
            [.min, 5, 6, 20], [10, 5, 6, .max],
        ] as [[Int64]])
    func `impossible stamps are no exchange`(stamps: [Int64]) {
        #expect(ClockExchange(t1: stamps[0], t2: stamps[1], t3: stamps[2], t4: stamps[3]) == nil)
    }

    @Test
    func `the truth is at the edge of the bound where one way takes no time at all, and not beyond`() throws {
        var filter = ClockFilter(steady: true)
        #expect(filter.add(try exchange(at: 0, offset: 7_000_000, there: 0, back: 2_000_000)))
        let (low, high) = filter.interval(at: 2_000_000)
        #expect((low...high).contains(7_000_000))
        #expect(high - low >= 2_000_000 && high - low < 2_010_000)
    }

    @Test
    func `two exchanges that are quick one way each make a bound that is sharper than either's`() throws {
        var filter = ClockFilter(steady: true)
        #expect(filter.add(try exchange(at: 0, offset: 7_000_000, there: 1000, back: 2_000_000)))
        #expect(filter.add(try exchange(at: 10_000_000, offset: 7_000_000, there: 2_000_000, back: 1000)))
        let (low, high) = filter.interval(at: 12_001_000)
        #expect((low...high).contains(7_000_000))
        #expect(high - low < 20_000)
    }

    @Test
    func `without an exchange the bound grows, by the greatest rate at first, by the fitted one later`() throws {
        var filter = ClockFilter(steady: true)
        #expect(filter.add(try exchange(at: 0, offset: 0 + 1_000_000_000, there: 1000, back: 1000)))
        let young = filter.interval(at: 10 * ClockFilterTests.second)
        #expect(young.high - young.low >= 2 * 6_000_000)
        for tick in 1...10 {
            #expect(
                filter.add(
                    try exchange(
                        at: Int64(tick) * ClockFilterTests.second, offset: 1_000_000_000, there: 1000, back: 1000)))
        }
        let fitted = filter.interval(at: 20 * ClockFilterTests.second)
        #expect(fitted.high - fitted.low < 100_000)
        #expect((fitted.low...fitted.high).contains(1_000_000_000))
    }

    @Test func `one exchange that contradicts all others is left out; several in a row begin anew`()
        throws
    {
        var filter = ClockFilter(steady: true)
        for tick in 0..<5 {
            #expect(filter.add(try exchange(at: Int64(tick) * 100_000_000, offset: 1 << 40, there: 1000, back: 1000)))
        }
        let stepped: Int64 = 1 << 41
        #expect(!filter.add(try exchange(at: 500_000_000, offset: stepped, there: 1000, back: 1000)))
        #expect(filter.count == 5)
        #expect(!filter.add(try exchange(at: 600_000_000, offset: stepped, there: 1000, back: 1000)))
        #expect(filter.add(try exchange(at: 700_000_000, offset: stepped, there: 1000, back: 1000)))
        let (low, high) = filter.interval(at: 700_002_000)
        #expect((low...high).contains(stepped))
    }

    @Test(arguments: [-3e6, 3e6, 0, 1e9])
    func `a mapping that slews neither jumps nor goes back, and can be inverted`(error: Double) {
        var mapping = TimeMapping(offset: 1_760_000_000_000_000_000, at: 5_000_000_000)
        let before = mapping.mesh(at: 7_000_000_000)
        mapping.steer(at: 7_000_000_000, rate: 137e-6, error: error, limit: 500e-6, within: 8e9)
        #expect(mapping.mesh(at: 7_000_000_000) == before)
        var last = before
        for step in 1...1000 {
            let now = 7_000_000_000 + Int64(step) * 33_333_333
            let mesh = mapping.mesh(at: now)
            #expect(mesh > last)
            last = mesh
            let back = mapping.monotonic(of: mesh)
            #expect(back <= now && mapping.mesh(at: back) == mesh && mapping.mesh(at: back - 1) < mesh)
        }
        if error == 3e6 {
            #expect(mapping.offset(at: 17_000_000_000) == 1_760_000_000_000_000_000 + 3_000_000 + 1_370_000)
        }
    }
}
