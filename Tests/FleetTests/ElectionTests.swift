import Lighting
import Testing

@testable import Fleet

@Suite struct ElectionTests {
    private func agent(_ id: String, priority: Int = 50) -> Election {
        Election(id: id, bootId: "\(id)-1", version: "1", priority: priority, lease: .seconds(6))
    }

    /// A sign of life that comes back to its sender and reaches the other a hundredth of a second later.
    private func beat(_ from: inout Election, _ to: inout Election, at now: MeshInstant) {
        let claim = from.nextClaim(at: now)
        _ = from.echo(claim, at: now + .milliseconds(10))
        to.heard(claim, of: from.id, at: now + .milliseconds(10))
    }

    /// Both live on, with a sign of life every two seconds.
    private func live(_ a: inout Election, _ b: inout Election, from: Double, to: Double) {
        for step in Int(from * 2)...Int(to * 2) {
            let now = at(Double(step) / 2)
            _ = a.decide(at: now, problem: nil)
            _ = b.decide(at: now, problem: nil)
            guard step % 4 == 0 || a.state != .follower || b.state != .follower else { continue }
            beat(&a, &b, at: now)
            beat(&b, &a, at: now)
        }
    }

    @Test func `of two that start, the first in order leads; a lone one leads within two seconds`() {
        var (a, b) = (agent("a"), agent("b"))
        a.settled(at: at(0))
        b.settled(at: at(0))
        beat(&a, &b, at: at(0))
        beat(&b, &a, at: at(0))
        live(&a, &b, from: 0.5, to: 4)
        #expect(a.mayAct(at: at(4)) && b.state == .follower && b.leader(at: at(4)) == "a")
        var c = agent("c")
        c.settled(at: at(0))
        _ = c.decide(at: at(0.5), problem: nil)
        _ = c.echo(c.nextClaim(at: at(0.5)), at: at(0.51))
        _ = c.decide(at: at(1.5), problem: nil)
        #expect(c.mayAct(at: at(1.5)) && c.term == 1)
    }

    @Test func `higher priority leads where nobody does, and takes nobody's lead away`() {
        var (a, b) = (agent("a"), agent("b", priority: 60))
        a.settled(at: at(0))
        b.settled(at: at(0))
        beat(&a, &b, at: at(0))
        beat(&b, &a, at: at(0))
        live(&a, &b, from: 0.5, to: 4)
        #expect(b.mayAct(at: at(4)) && a.state == .follower)
        var c = agent("c", priority: 99)
        c.settled(at: at(4))
        c.heard(b.nextClaim(at: at(4)), of: "b", at: at(4))
        _ = c.decide(at: at(5), problem: nil)
        #expect(c.state == .follower)
    }

    @Test func `who goes silent is followed within ten seconds, and has ceased to act before`() {
        var (a, b) = (agent("a"), agent("b"))
        a.settled(at: at(0))
        b.settled(at: at(0))
        beat(&a, &b, at: at(0))
        beat(&b, &a, at: at(0))
        live(&a, &b, from: 0.5, to: 10)
        #expect(a.mayAct(at: at(10)))
        // From here on a is stopped.
        var led: Double?
        for tenth in 100...250 where led == nil {
            let now = at(Double(tenth) / 10)
            _ = b.decide(at: now, problem: nil)
            if tenth % 5 == 0 { _ = b.echo(b.nextClaim(at: now), at: now) }
            if b.mayAct(at: now) {
                led = Double(tenth) / 10
                #expect(!a.mayAct(at: now))
            }
        }
        #expect(led.map { $0 - 10 < 10 } == true)
        // It comes back, hears of its successor, and steps down.
        a.heard(b.claim, of: "b", at: at(25))
        _ = a.decide(at: at(25), problem: nil)
        #expect(a.state == .follower && b.term == a.highestTerm && b.term == 2)
    }

    @Test func `a will is followed as soon as who left it can't act any more`() {
        var (a, b) = (agent("a"), agent("b"))
        a.settled(at: at(0))
        b.settled(at: at(0))
        beat(&a, &b, at: at(0))
        beat(&b, &a, at: at(0))
        live(&a, &b, from: 0.5, to: 10)
        var will = a.claim
        will.online = false
        b.heard(will, of: "a", at: at(10.2))
        _ = b.decide(at: at(13.9), problem: nil)
        #expect(b.state == .follower && a.mayAct(at: at(13.9)))
        _ = b.decide(at: at(14.1), problem: nil)
        _ = b.echo(b.nextClaim(at: at(14.1)), at: at(14.11))
        _ = b.decide(at: at(14.11), problem: nil)
        #expect(b.mayAct(at: at(14.2)) && !a.mayAct(at: at(14.2)))
    }

    @Test func `of two that claim at once, the one whose claim came first to the broker leads`() {
        var (a, b) = (agent("a"), agent("b"))
        a.settled(at: at(0))
        b.settled(at: at(0))
        _ = a.decide(at: at(1), problem: nil)
        _ = b.decide(at: at(1), problem: nil)
        #expect(a.state == .candidate && b.state == .candidate && a.term == b.term)
        let (ofA, ofB) = (a.nextClaim(at: at(1)), b.nextClaim(at: at(1)))
        // The broker has b's first: to both it comes before a's.
        _ = b.echo(ofB, at: at(1.1))
        a.heard(ofB, of: "b", at: at(3))
        _ = a.echo(ofA, at: at(3))
        b.heard(ofA, of: "a", at: at(3))
        _ = a.decide(at: at(3), problem: nil)
        _ = b.decide(at: at(3), problem: nil)
        #expect(a.state == .follower && b.state == .leader && b.mayAct(at: at(3)))
    }

    @Test func `who sees badly leaves the lead to one who sees well, and doesn't claim it`() {
        var (a, b) = (agent("a"), agent("b"))
        a.settled(at: at(0))
        _ = a.decide(at: at(1), problem: "blind")
        #expect(a.state == .follower)
        b.settled(at: at(0))
        b.heard(a.nextClaim(at: at(1)), of: "a", at: at(1))
        _ = b.decide(at: at(1), problem: nil)
        #expect(b.state == .candidate)
    }

    @Test func `at the last term there is, who was stopped steps down all the same`() {
        var (a, b) = (agent("a"), agent("b"))
        var hostile = agent("z").claim
        hostile.term = Stamp.lastTerm
        hostile.online = false
        for now in [at(0)] {
            a.heard(hostile, of: "z", at: now)
            b.heard(hostile, of: "z", at: now)
            a.settled(at: now)
            b.settled(at: now)
            beat(&a, &b, at: now)
            beat(&b, &a, at: now)
        }
        live(&a, &b, from: 0.5, to: 20)
        #expect(a.mayAct(at: at(20)) && a.term == Stamp.lastTerm)
        // a is stopped; b takes over, in the same term.
        for step in 40...70 {
            let now = at(Double(step) / 2)
            _ = b.decide(at: now, problem: nil)
            if step % 2 == 0 { _ = b.echo(b.nextClaim(at: now), at: now) }
        }
        #expect(b.mayAct(at: at(35)) && b.term == Stamp.lastTerm && !a.mayAct(at: at(35)))
        a.heard(b.claim, of: "b", at: at(35))
        _ = a.decide(at: at(35), problem: nil)
        #expect(a.state == .follower)
    }

    /// A leader, alone on its side of a broken bridge.
    private func lone(_ id: String) -> Election {
        var agent = agent(id)
        agent.settled(at: at(0))
        for step in 1...4 {
            let now = at(Double(step) / 2)
            _ = agent.decide(at: now, problem: nil)
            _ = agent.echo(agent.nextClaim(at: now), at: now)
        }
        return agent
    }

    @Test func `two who led in one term, each at a broker of its own, withdraw, and one leads in the next`() {
        var (a, b) = (lone("a"), lone("b"))
        #expect(a.mayAct(at: at(2)) && b.mayAct(at: at(2)) && a.term == b.term)
        live(&a, &b, from: 2.5, to: 20)
        #expect(a.mayAct(at: at(20)) && a.term == 2 && b.state == .follower)
        // What each side wrote is written anew.
        #expect(a.wasContested)
        a.wroteAnew()
        #expect(!a.wasContested)
    }

    @Test func `a leader that finds a record of a later term withdraws, though nobody claims that term`() {
        var a = lone("a")
        a.heard(recordOf: 1)
        #expect(a.state == .leader && !a.wasContested)
        a.heard(recordOf: 3)
        #expect(a.state == .follower && a.wasContested)
        _ = a.decide(at: at(3), problem: nil)
        _ = a.echo(a.nextClaim(at: at(3)), at: at(3))
        _ = a.decide(at: at(3.5), problem: nil)
        #expect(a.mayAct(at: at(3.5)) && a.term == 4)
    }
}
