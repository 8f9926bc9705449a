import Hardware
import Testing

@Suite("A contact's bounces")
struct DebouncerTests {
    var debouncer = Debouncer(period: .milliseconds(5), isActive: false)

    @Test
    mutating func `a level that lasts counts from its own edge on`() {
        #expect(debouncer.handle(.init(at: 10_000_000, isActive: true)) == nil)
        #expect(debouncer.nextDue == 15_000_000)
        #expect(debouncer.settle(at: 14_999_999) == nil)
        #expect(debouncer.settle(at: 15_000_000) == .init(at: 10_000_000, isActive: true))
        #expect(debouncer.nextDue == nil && debouncer.settle(at: 99_000_000) == nil)
    }

    @Test
    mutating func `a level that goes back sooner never was`() {
        #expect(debouncer.handle(.init(at: 10_000_000, isActive: true)) == nil)
        #expect(debouncer.handle(.init(at: 14_000_000, isActive: false)) == nil)
        #expect(debouncer.nextDue == nil && debouncer.settle(at: 99_000_000) == nil)
    }

    @Test
    mutating func `bounces count once, from the last of them on`() {
        for edge in 0..<9 {
            #expect(debouncer.handle(.init(at: Int64(edge) * 1_000_000, isActive: edge.isMultiple(of: 2))) == nil)
        }
        #expect(debouncer.settle(at: 13_000_000) == .init(at: 8_000_000, isActive: true))
    }

    @Test
    mutating func `a level told of twice lasts from the first time on`() {
        #expect(debouncer.handle(.init(at: 1_000_000, isActive: true)) == nil)
        #expect(debouncer.handle(.init(at: 4_000_000, isActive: true)) == nil)
        #expect(debouncer.nextDue == 6_000_000)
    }

    @Test
    mutating func `an edge that comes late proves that the one before had lasted`() {
        #expect(debouncer.handle(.init(at: 10_000_000, isActive: true)) == nil)
        #expect(debouncer.handle(.init(at: 30_000_000, isActive: false)) == .init(at: 10_000_000, isActive: true))
        #expect(debouncer.settle(at: 35_000_000) == .init(at: 30_000_000, isActive: false))
    }
}
