import Lighting
import Testing

@testable import Mesh

@Suite("What a node has to do of its own accord")
struct AgendaTests {
    @Test func `the first of all is next, and nothing at all is the end of time`() {
        var agenda = Agenda()
        #expect(agenda.next() == .distantFuture)
        agenda[.health] = at(10)
        agenda[.zones] = at(5)
        #expect(agenda.next() == at(5) && agenda.next(but: .zones) == at(10))
    }

    @Test func `what is due is taken off, once`() {
        var agenda = Agenda()
        agenda[.restore] = at(1)
        let isTakenEarly = agenda.take(.restore, at: at(0.999))
        #expect(!isTakenEarly && agenda.has(.restore))
        let isTaken = agenda.take(.restore, at: at(1))
        #expect(isTaken && !agenda.has(.restore) && agenda[.restore] == nil)
        let isTakenAgain = agenda.take(.restore, at: at(2))
        #expect(!isTakenAgain)
    }

    @Test func `what is planned twice is done at the earlier instant`() {
        var agenda = Agenda()
        agenda.plan(.future, by: at(3))
        agenda.plan(.future, by: at(8))
        #expect(agenda[.future] == at(3))
        agenda.plan(.future, by: at(2))
        #expect(agenda[.future] == at(2))
    }

    @Test func `with a step of mesh time moves what waits for a time to pass, and nothing that was said`() {
        var agenda = Agenda()
        for matter in Agenda.Matter.allCases { agenda[matter] = at(7) }
        agenda.shift(by: .seconds(-3))
        let moved = Agenda.Matter.allCases.filter { agenda[$0] == at(4) }
        #expect(Set(moved) == [.restore, .lastResort, .afterglow])
        #expect(Agenda.Matter.allCases.allSatisfy { moved.contains($0) || agenda[$0] == at(7) })
    }
}
