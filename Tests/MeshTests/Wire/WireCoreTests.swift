import Testing

@testable import Mesh

private func ms(_ milliseconds: Double) -> Int64 { Int64(milliseconds * 1e6) }

/// A wire's core, driven by hand; its line is open and high since long ago.
private func openWire() -> WireCore {
    var wire = WireCore(seed: 1)
    _ = wire.handle(.opened(isLow: false), at: ms(-1000))
    return wire
}

@Suite struct WireCoreTests {
    @Test(arguments: WireSignal.allCases)
    func `a pulse of a signal's width is that signal, from its falling edge on`(_ signal: WireSignal) {
        for error in [ms(-5), 0, ms(6)] {
            var wire = openWire()
            #expect(wire.handle(.fell, at: 0).isEmpty)
            let rose = signal.width + error
            #expect(wire.handle(.rose, at: rose).isEmpty && wire.nextDue == rose + ms(2))
            #expect(wire.handle(.tick, at: rose + ms(2)) == [.heard(signal, edge: 0)])
            #expect(wire.nextDue == nil && wire.unclear == 0)
        }
    }

    @Test func `widths lie so far apart that none is two signals`() {
        for (one, next) in zip(WireSignal.allCases, WireSignal.allCases.dropFirst()) {
            #expect(one.width + WireSignal.late < next.width - WireSignal.early)
        }
        #expect(WireSignal.together.width - WireSignal.early > WireTiming.glitch)
        // A start has been read before the first bar lights.
        let read = WireSignal.last.width + WireSignal.late + WireTiming.settle
        #expect(Duration.nanoseconds(read) < WireTiming.lead)
        #expect(WireSignal.retrigger.width + WireSignal.late < WireTiming.look)
    }

    @Test(arguments: [6.5, 18.5, 30.5, 42.5, 55])
    func `a pulse of no signal's width is motion all the same`(_ width: Double) {
        var wire = openWire()
        _ = wire.handle(.fell, at: 0)
        _ = wire.handle(.rose, at: ms(width))
        #expect(wire.handle(.tick, at: ms(width + 2)) == [.heard(.retrigger, edge: 0)])
        #expect(wire.unclear == 1)
    }

    @Test func `a disturbance is filtered, alone and within a pulse`() {
        var wire = openWire()
        _ = wire.handle(.fell, at: 0)
        _ = wire.handle(.rose, at: ms(3.9))
        #expect(wire.handle(.tick, at: ms(5.9)).isEmpty && wire.glitches == 1)

        _ = wire.handle(.fell, at: ms(100))
        _ = wire.handle(.rose, at: ms(110))
        _ = wire.handle(.fell, at: ms(111.9))
        _ = wire.handle(.rose, at: ms(124))
        #expect(wire.handle(.tick, at: ms(126)) == [.heard(.first, edge: ms(100))])
    }

    @Test func `who has something to say pulls for as long as it takes, and hears itself`() {
        var wire = openWire()
        #expect(wire.handle(.send(.last), at: 0) == [.pull])
        #expect(wire.handle(.pulled, at: ms(0.1)).isEmpty && wire.nextDue == ms(36.1))
        #expect(wire.handle(.tick, at: ms(36.2)) == [.release])
        #expect(wire.handle(.released(isLow: false), at: ms(36.3)).isEmpty)
        #expect(wire.handle(.tick, at: ms(38.3)) == [.heard(.last, edge: ms(0.1))])
        #expect(wire.nextDue == nil && wire.repeats == 0)
    }

    @Test func `a slow cable rises after it was let go`() {
        var wire = openWire()
        _ = wire.handle(.send(.together), at: 0)
        _ = wire.handle(.pulled, at: 0)
        _ = wire.handle(.tick, at: ms(12))
        #expect(wire.handle(.released(isLow: true), at: ms(12)).isEmpty)
        _ = wire.handle(.rose, at: ms(13))
        #expect(wire.handle(.tick, at: ms(15)) == [.heard(.together, edge: 0)])
        #expect(wire.nextDue == nil)
    }

    @Test func `whom somebody else outlasts waits, and says it again`() throws {
        var wire = openWire()
        _ = wire.handle(.send(.first), at: 0)
        _ = wire.handle(.pulled, at: 0)
        _ = wire.handle(.tick, at: ms(24))
        _ = wire.handle(.released(isLow: true), at: ms(24))
        _ = wire.handle(.rose, at: ms(37))
        #expect(wire.handle(.tick, at: ms(39)) == [.heard(.last, edge: 0)])
        let due = try #require(wire.nextDue)
        #expect(due >= ms(37) + WireTiming.gap && wire.repeats == 1)
        #expect(wire.handle(.tick, at: due) == [.pull])
    }

    @Test func `who let go too late says it again`() throws {
        var wire = openWire()
        _ = wire.handle(.send(.together), at: 0)
        _ = wire.handle(.pulled, at: 0)
        _ = wire.handle(.tick, at: ms(20))
        _ = wire.handle(.released(isLow: false), at: ms(20))
        #expect(wire.handle(.tick, at: ms(22)) == [.heard(.first, edge: 0)])
        #expect(wire.handle(.tick, at: try #require(wire.nextDue)) == [.pull])
    }

    @Test func `nobody talks over a pulse that has begun, nor repeats what was just said`() throws {
        var wire = openWire()
        _ = wire.handle(.fell, at: 0)
        #expect(wire.handle(.send(.first), at: ms(5)).isEmpty)
        #expect(wire.handle(.send(.retrigger), at: ms(5)).isEmpty)
        _ = wire.handle(.rose, at: ms(24))
        #expect(wire.handle(.tick, at: ms(26)) == [.heard(.first, edge: 0)])
        #expect(wire.nextDue == nil)

        _ = wire.handle(.fell, at: ms(100))
        _ = wire.handle(.send(.last), at: ms(105))
        _ = wire.handle(.rose, at: ms(124))
        #expect(wire.handle(.tick, at: ms(126)) == [.heard(.first, edge: ms(100))])
        let due = try #require(wire.nextDue)
        #expect(due >= ms(124) + WireTiming.gap)
        #expect(wire.handle(.tick, at: due) == [.pull])
    }

    @Test func `who finds the line pulled just before pulling it lets the other speak first`() throws {
        var wire = openWire()
        #expect(wire.handle(.send(.first), at: ms(1)) == [.pull] && wire.isPulling)
        _ = wire.handle(.fell, at: ms(0.9))
        #expect(!wire.isPulling)
        _ = wire.handle(.rose, at: ms(36.9))
        #expect(wire.handle(.tick, at: ms(38.9)) == [.heard(.last, edge: ms(0.9))])
        let due = try #require(wire.nextDue)
        #expect(wire.repeats == 0 && wire.handle(.tick, at: due) == [.pull] && wire.isPulling)
    }

    @Test func `who finds the line low whose edge is still to come waits for it`() throws {
        var wire = openWire()
        #expect(wire.handle(.send(.first), at: ms(1)) == [.pull])
        #expect(wire.handle(.taken, at: ms(1.5)).isEmpty && !wire.isPulling)
        _ = wire.handle(.fell, at: ms(0.9))
        _ = wire.handle(.rose, at: ms(36.9))
        #expect(wire.handle(.tick, at: ms(38.9)) == [.heard(.last, edge: ms(0.9))])
        let due = try #require(wire.nextDue)
        #expect(wire.repeats == 0 && wire.handle(.tick, at: due) == [.pull])
        // An edge that never comes is no reason to be silent.
        #expect(wire.handle(.taken, at: due).isEmpty)
        let again = try #require(wire.nextDue)
        #expect(again == due + WireTiming.gap && wire.handle(.tick, at: again) == [.pull])
    }

    @Test func `an edge that the kernel stamped before we pulled is where the pulse began`() {
        var wire = openWire()
        _ = wire.handle(.send(.first), at: ms(1))
        _ = wire.handle(.pulled, at: ms(1.2))
        _ = wire.handle(.fell, at: ms(0.9))
        _ = wire.handle(.tick, at: ms(25.2))
        _ = wire.handle(.released(isLow: false), at: ms(25.2))
        #expect(wire.handle(.tick, at: ms(27.2)) == [.heard(.first, edge: ms(0.9))])
    }

    @Test func `an edge that got lost is no motion that got lost`() {
        var wire = openWire()
        // No fall.
        #expect(wire.handle(.rose, at: ms(24)) == [.heard(.retrigger, edge: ms(24))])
        // No rise: found by looking.
        _ = wire.handle(.fell, at: ms(100))
        #expect(wire.handle(.tick, at: ms(160)) == [.look])
        #expect(wire.handle(.looked(isLow: false), at: ms(160)) == [.heard(.retrigger, edge: ms(100))])
        // No rise: found by the next fall.
        _ = wire.handle(.fell, at: ms(200))
        #expect(wire.handle(.fell, at: ms(230)) == [.heard(.retrigger, edge: ms(200))])
        _ = wire.handle(.rose, at: ms(254))
        #expect(wire.handle(.tick, at: ms(256)) == [.heard(.first, edge: ms(230))])
    }

    @Test func `who is started in mid pulse takes it for motion`() {
        var wire = WireCore(seed: 1)
        #expect(wire.handle(.opened(isLow: true), at: 0).isEmpty)
        _ = wire.handle(.rose, at: ms(20))
        #expect(wire.handle(.tick, at: ms(22)) == [.heard(.retrigger, edge: ms(20))])
    }

    @Test func `a short circuit is told of, lights nothing, and is over when it is over`() throws {
        var wire = openWire()
        _ = wire.handle(.fell, at: 0)
        #expect(wire.handle(.tick, at: ms(60)) == [.look])
        #expect(wire.handle(.looked(isLow: true), at: ms(60)).isEmpty && wire.nextDue == ms(250))
        #expect(wire.handle(.send(.last), at: ms(100)).isEmpty)
        #expect(wire.handle(.tick, at: ms(250)) == [.look])
        let actions = wire.handle(.looked(isLow: true), at: ms(250))
        guard case .fault(let reason?) = actions.first else {
            Issue.record("no fault: \(actions)")
            return
        }
        #expect(reason.contains("short circuit"))
        // What waited lights our own bars, and so does what comes while it lasts.
        #expect(actions.dropFirst() == [.heard(.last, edge: ms(250))] && wire.nextDue == nil)
        #expect(wire.handle(.send(.first), at: ms(300)) == [.heard(.first, edge: ms(300))])
        #expect(wire.handle(.rose, at: ms(400)) == [.fault(nil)])
        #expect(wire.handle(.send(.first), at: ms(500)) == [.pull])
    }

    @Test func `without a line motion lights this node's own bars`() {
        var wire = WireCore(seed: 1)
        #expect(wire.handle(.send(.first), at: ms(7)) == [.heard(.first, edge: ms(7))])
        _ = wire.handle(.opened(isLow: false), at: ms(100))
        #expect(wire.handle(.send(.first), at: ms(200)) == [.pull])
        // Unplugged while it pulls.
        #expect(wire.handle(.closed, at: ms(210)) == [.heard(.first, edge: ms(210))])
        #expect(wire.nextDue == nil)
    }

    @Test func `who is talked over again and again gives up`() throws {
        var wire = openWire()
        _ = wire.handle(.send(.first), at: 0)
        var now: Int64 = 0
        var pulls = 1
        while pulls < 100 {
            _ = wire.handle(.pulled, at: now)
            _ = wire.handle(.tick, at: now + ms(24))
            _ = wire.handle(.released(isLow: true), at: now + ms(24))
            _ = wire.handle(.rose, at: now + ms(36))
            _ = wire.handle(.tick, at: now + ms(38))
            guard let due = wire.nextDue else { break }
            now = due
            #expect(wire.handle(.tick, at: now) == [.pull])
            pulls += 1
        }
        #expect(pulls == WireTiming.attempts)
    }
}
