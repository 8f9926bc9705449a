import Testing

@testable import Mesh

/// Who finds out whether a broker keeps for wildcards.
@Suite struct BrokerMemoryTests {
    private static let own = "footlight/home/node/a/status"
    private static let question = "footlight/home/+/a/status"
    private static let second: Int64 = 1_000_000_000

    /// What can be asked within an expectation.
    private final class Desk {
        var memory = BrokerMemory(site: "home", node: "a")
    }

    private let desk = Desk()
    private var memory: BrokerMemory { desk.memory }

    private func handle(_ event: BrokerMemory.Event, at seconds: Int64 = 0) -> [BrokerMemory.Action] {
        desk.memory.handle(event, at: seconds * Self.second)
    }

    private func heard(retained: Bool) -> BrokerMemory.Event {
        .message(topic: Self.own, payload: [0x7b], retained: retained)
    }

    /// Up to the verdict that the broker lacks it.
    private func findLack() -> [BrokerMemory.Action] {
        _ = handle(.connected(to: "one"))
        _ = handle(.subscribed)
        _ = handle(heard(retained: false))
        _ = handle(.subscribed)
        return handle(.tick, at: 2)
    }

    @Test(arguments: [true, false])
    func `what the broker kept of us, got by a wildcard, answers the question`(isFirst: Bool) {
        #expect(handle(.connected(to: "one")).isEmpty)
        if isFirst {
            #expect(handle(heard(retained: true)).isEmpty)
            #expect(handle(.subscribed) == [.settled])
        } else {
            #expect(handle(.subscribed).isEmpty)
            #expect(handle(heard(retained: true)) == [.settled])
        }
        #expect(memory.verdict == .keeps && memory.due == .max)
        #expect(handle(heard(retained: false)).isEmpty)
        #expect(handle(.subscribed).isEmpty)
    }

    @Test(arguments: [true, false])
    func `our own live word is the time to ask, once, and the answer settles it`(isFirst: Bool) {
        _ = handle(.connected(to: "one"))
        if isFirst { #expect(handle(heard(retained: false)).isEmpty) }
        #expect(handle(.subscribed) == (isFirst ? [.ask(Self.question)] : []))
        if !isFirst { #expect(handle(heard(retained: false)) == [.ask(Self.question)]) }
        #expect(handle(heard(retained: false)).isEmpty)
        #expect(handle(.subscribed).isEmpty)
        #expect(handle(heard(retained: true)) == [.askNoMore(Self.question), .settled])
        #expect(memory.verdict == .keeps && memory.due == .max)
    }

    @Test func `where nothing of ours comes at all it is asked for after 2 s`() {
        _ = handle(.connected(to: "one"))
        _ = handle(.subscribed)
        #expect(memory.due == 2 * Self.second)
        #expect(handle(.tick, at: 1).isEmpty)
        #expect(handle(.tick, at: 2) == [.ask(Self.question)])
    }

    @Test func `no answer within 2 s: it is told, and what there is is looked for by name`() {
        #expect(
            findLack() == [
                .askNoMore(Self.question), .tellLack, .subscribe(["footlight/home/config/site"]),
            ])
        #expect(memory.verdict == .lacks)
        let site = Array(#"{"revision": 1, "zones": ["stairs"]}"#.utf8)
        let more = handle(.message(topic: "footlight/home/config/site", payload: site, retained: true), at: 3)
        guard case .subscribe(let topics)? = more.first else {
            Issue.record("\(more)")
            return
        }
        #expect(topics.contains("footlight/home/config/zone/stairs"))
        #expect(handle(.subscribed, at: 3).isEmpty)
        let zone = Array(#"{"bars": ["a", "b"], "sensors": {}}"#.utf8)
        let nodes = handle(.message(topic: "footlight/home/config/zone/stairs", payload: zone, retained: true), at: 4)
        guard case .subscribe(let others)? = nodes.first else {
            Issue.record("\(nodes)")
            return
        }
        #expect(others.contains("footlight/home/node/b/status") && !others.contains(Self.own))
        #expect(handle(.subscribed, at: 4).isEmpty)
        #expect(handle(.tick, at: 5).isEmpty)
        #expect(handle(.tick, at: 6) == [.settled])
    }

    @Test func `to the same broker one comes back knowing, to another it doesn't matter`() {
        _ = findLack()
        _ = handle(.disconnected)
        #expect(memory.due == .max)
        #expect(handle(.connected(to: "one")).isEmpty)
        #expect(handle(.subscribed, at: 10).isEmpty)
        #expect(handle(.tick, at: 12) == [.settled])
        _ = handle(.disconnected)
        #expect(handle(.connected(to: "two")) == [.unsubscribe(["footlight/home/config/site"])])
        #expect(memory.verdict == .unknown)
        let leads = handle(.message(topic: "footlight/home/config/site", payload: [0x7b], retained: true))
        #expect(leads.isEmpty)
    }

    @Test func `a late answer means that the broker keeps`() {
        _ = findLack()
        #expect(handle(heard(retained: true), at: 3) == [.unsubscribe(["footlight/home/config/site"]), .settled])
        #expect(memory.verdict == .keeps)
    }

    @Test func `a refused question has no answer, and blames nobody`() {
        _ = handle(.connected(to: "one"))
        _ = handle(.subscribed)
        _ = handle(heard(retained: false))
        #expect(handle(.refused(filter: "else")).isEmpty)
        #expect(handle(.refused(filter: Self.question)) == [.settled])
        #expect(handle(.subscribed).isEmpty)
        #expect(memory.verdict == .unknown && memory.due == .max)
    }

    @Test func `what comes by its name says nothing of wildcards`() {
        desk.memory = BrokerMemory(site: "home", own: "echo/x", question: "+/x", isOwnNamed: true)
        _ = handle(.connected(to: "one"))
        #expect(handle(.message(topic: "echo/x", payload: [], retained: true)).isEmpty)
        _ = handle(.subscribed)
        #expect(handle(.message(topic: "echo/x", payload: [1], retained: true)).isEmpty)
        #expect(handle(.message(topic: "echo/x", payload: [1], retained: false)) == [.ask("+/x")])
        _ = handle(.subscribed)
        #expect(
            handle(.message(topic: "echo/x", payload: [1], retained: true)) == [.askNoMore("+/x"), .settled])
    }
}
