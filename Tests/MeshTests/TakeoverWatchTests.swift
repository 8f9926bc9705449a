import Lighting
import Testing

@testable import Mesh

@Suite struct TakeoverWatchTests {
    private static let elder = TakeoverWatch.Claim(bootId: "a", started: 100, serial: 1)
    private static let younger = TakeoverWatch.Claim(bootId: "b", started: 200, serial: 1)

    /// A watch of one of the two, and the other's signs of life.
    private struct Rival {
        var watch: TakeoverWatch
        var other: TakeoverWatch.Claim

        init(_ own: TakeoverWatch.Claim, against other: TakeoverWatch.Claim) {
            watch = TakeoverWatch(bootId: own.bootId, started: own.started)
            self.other = other
            watch.connected(at: at(0))
        }

        /// The connection is lost, and after the next connect the other has been there meanwhile.
        mutating func isTakenOver(at now: MeshInstant) -> TakeoverWatch.Verdict {
            watch.lost(at: now)
            watch.connected(at: now + .milliseconds(200))
            other.serial += 1
            return watch.heard(other, at: now + .milliseconds(210))
        }
    }

    @Test func `after three takeovers the later start gives way, and the earlier one knows`() {
        var late = Rival(Self.younger, against: Self.elder)
        #expect(late.isTakenOver(at: at(1)) == .nothing)
        #expect(late.isTakenOver(at: at(2)) == .nothing && late.watch.conflict(at: at(3)) == nil)
        #expect(late.isTakenOver(at: at(3)) == .giveWay(for: .seconds(60)))
        #expect(late.watch.conflict(at: at(4))?.bootId == "a")
        var early = Rival(Self.elder, against: Self.younger)
        #expect(early.isTakenOver(at: at(1)) == .nothing)
        #expect(early.isTakenOver(at: at(2)) == .nothing)
        #expect(early.isTakenOver(at: at(3)) == .contested)
        #expect(early.watch.conflict(at: at(1203))?.bootId == "b" && early.watch.conflict(at: at(1204)) == nil)
    }

    @Test func `of two that started at one instant exactly one gives way`() {
        let (one, other) = (Self.elder, TakeoverWatch.Claim(bootId: "c", started: 100, serial: 1))
        #expect(one.isEarlier(than: other) && !other.isEarlier(than: one))
    }

    @Test func `whoever gave way looks again, later each time, and is driven off by the first takeover`() {
        var late = Rival(Self.younger, against: Self.elder)
        for second in 1...2 { _ = late.isTakenOver(at: at(Double(second))) }
        var waits = [late.isTakenOver(at: at(3))]
        var now = at(3)
        for _ in 0..<5 {
            now = now + .seconds(900)
            late.watch.connected(at: now)
            // What it finds when it comes back may be the will of the other, whom it has just taken over.
            late.other.serial += 1
            #expect(late.watch.heard(late.other, at: now) == .nothing)
            waits.append(late.isTakenOver(at: now + .seconds(1)))
        }
        #expect(waits == [60, 120, 240, 480, 900, 900].map { .giveWay(for: .seconds($0)) })
    }

    @Test func `whoever comes back and is left in peace has its name again`() {
        var late = Rival(Self.younger, against: Self.elder)
        for second in 1...3 { _ = late.isTakenOver(at: at(Double(second))) }
        late.watch.lost(at: at(4))
        late.watch.connected(at: at(64))
        #expect(late.watch.conflict(at: at(100)) != nil && late.watch.conflict(at: at(184)) == nil)
        // From then on it takes three again.
        #expect(late.isTakenOver(at: at(200)) == .nothing)
        #expect(late.isTakenOver(at: at(201)) == .nothing)
        #expect(late.isTakenOver(at: at(202)) == .giveWay(for: .seconds(60)))
    }

    @Test func `losses without another's sign of life are no takeovers`() {
        var watch = TakeoverWatch(bootId: "b", started: 200)
        for second in 0..<10 {
            watch.connected(at: at(Double(second)))
            let own = TakeoverWatch.Claim(bootId: "b", started: 200, serial: Int64(second))
            #expect(watch.heard(own, at: at(Double(second))) == .nothing)
            watch.lost(at: at(Double(second) + 0.5))
        }
        #expect(watch.conflict(at: at(11)) == nil)
    }

    @Test func `an earlier life's word that a broker brings back again and again counts once`() {
        var late = Rival(Self.younger, against: Self.elder)
        for second in 1..<20 {
            late.watch.lost(at: at(Double(second)))
            late.watch.connected(at: at(Double(second) + 0.1))
            #expect(late.watch.heard(late.other, at: at(Double(second) + 0.2)) == .nothing)
        }
    }

    @Test func `three takeovers in an hour are three restarts, not a conflict`() {
        var late = Rival(Self.younger, against: Self.elder)
        for minute in 1...30 { #expect(late.isTakenOver(at: at(Double(minute * 120))) == .nothing) }
    }

    @Test func `a clock that is set moves what is remembered along`() {
        var late = Rival(Self.younger, against: Self.elder)
        for second in 1...3 { _ = late.isTakenOver(at: at(Double(second))) }
        late.watch.shift(by: .seconds(5000))
        #expect(late.watch.conflict(at: at(5010)) != nil && late.watch.conflict(at: at(6300)) == nil)
    }
}
