import Hardware
import Testing

@Suite("A sensor that is blind after its pulse")
struct BlindTimeTests {
    var blind = BlindTime(period: .seconds(2), isActive: false)

    @Test
    mutating func `motion begins with the pulse, and ends when the sensor could see again`() {
        #expect(blind.handle(.init(at: 1_000_000_000, isActive: true)) == [.init(at: 1_000_000_000, isActive: true)])
        #expect(blind.nextDue == nil)
        #expect(blind.handle(.init(at: 4_000_000_000, isActive: false)) == [])
        #expect(blind.nextDue == 6_000_000_000 && blind.settle(at: 5_999_999_999) == nil)
        #expect(blind.settle(at: 6_500_000_000) == .init(at: 6_000_000_000, isActive: false))
        #expect(blind.nextDue == nil)
    }

    @Test
    mutating func `a pulse that follows sooner is motion anew, so that the sensor doesn't look stuck`() {
        _ = blind.handle(.init(at: 1_000_000_000, isActive: true))
        _ = blind.handle(.init(at: 4_000_000_000, isActive: false))
        let edges = blind.handle(.init(at: 5_000_000_000, isActive: true))
        #expect(edges == [.init(at: 5_000_000_000, isActive: false), .init(at: 5_000_000_000, isActive: true)])
        #expect(blind.nextDue == nil)
    }

    @Test
    mutating func `what was due before an edge comes before it`() {
        _ = blind.handle(.init(at: 1_000_000_000, isActive: true))
        _ = blind.handle(.init(at: 2_000_000_000, isActive: false))
        let edges = blind.handle(.init(at: 9_000_000_000, isActive: true))
        #expect(edges == [.init(at: 4_000_000_000, isActive: false), .init(at: 9_000_000_000, isActive: true)])
    }

    @Test
    mutating func `without a blind time edges pass as they are, each once`() {
        blind = BlindTime(period: .zero, isActive: false)
        for (instant, isActive) in [(1, true), (2, false), (3, true)] as [(Int64, Bool)] {
            #expect(blind.handle(.init(at: instant, isActive: isActive)) == [.init(at: instant, isActive: isActive)])
            #expect(blind.handle(.init(at: instant, isActive: isActive)) == [])
        }
    }
}
