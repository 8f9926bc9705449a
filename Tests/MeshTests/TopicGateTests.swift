import Mesh
import Testing

@Suite("A topic's flood is kept from the others")
struct TopicGateTests {
    private let millisecond: Int64 = 1_000_000

    private func message(_ text: String, on topic: String = "hall") -> TopicGate.Message {
        TopicGate.Message(topic: topic, payload: Array(text.utf8))
    }

    @Test func `a burst passes, and then twenty in a second`() {
        var gate = TopicGate()
        for index in 0..<TopicGate.Kind.state.burst { #expect(gate.admit(message("\(index)"), at: 0) == true) }
        #expect(gate.admit(message("one more"), at: 0) == false)
        #expect(gate.due == 50 * millisecond)
        #expect(gate.release(at: 50 * millisecond - 1) == [])
        #expect(gate.release(at: 50 * millisecond) == [message("one more")])
        #expect(gate.due == .max)
        // Its store is empty, and fills by one in 50 ms.
        #expect(gate.admit(message("a"), at: 99 * millisecond) == false)
        #expect(gate.release(at: 100 * millisecond) == [message("a")])
        #expect(gate.admit(message("b"), at: 150 * millisecond) == true)
    }

    @Test func `of a flood the last two that differ come through, in order, and then silence`() {
        var gate = TopicGate()
        var passed = 0
        // A hundred thousand in a second.
        for index in 0..<100_000 {
            let text = index % 2 == 0 ? "on" : "off"
            if gate.admit(message(text), at: Int64(index) * 10_000) { passed += 1 }
        }
        #expect(passed == TopicGate.Kind.state.burst)
        #expect(gate.release(at: 1000 * millisecond) == [message("on")])
        #expect(gate.release(at: gate.due) == [message("off")])
        #expect(gate.due == .max)
    }

    @Test func `what is said again and again passes, and doesn't wait; another word does, once`() {
        var gate = TopicGate()
        for _ in 0..<1000 { _ = gate.admit(message("on"), at: 0) }
        #expect(gate.due == .max)
        for _ in 0..<1000 { #expect(gate.admit(message("off"), at: 0) == false) }
        #expect(gate.release(at: gate.due) == [message("off")])
        #expect(gate.due == .max)
        #expect(gate.admit(message("off"), at: 60 * millisecond) == false)
        #expect(gate.due == .max)
        #expect(gate.admit(message("on"), at: 60 * millisecond) == false)
        #expect(gate.release(at: gate.due) == [message("on")])
    }

    @Test func `a flood holds up no other topic, and a thousand nodes that join at once are none`() {
        var gate = TopicGate()
        for index in 0..<10_000 { _ = gate.admit(message("\(index)"), at: 0) }
        for node in 0..<20_000 { #expect(gate.admit(message("online", on: "node/\(node)/status"), at: 0) == true) }
        #expect(gate.checks(at: 0).count == 1)
    }

    @Test func `what is of no use later is left out at once`() {
        var gate = TopicGate()
        for index in 0..<TopicGate.Kind.state.burst {
            #expect(gate.admit(message("\(index)"), as: .passing, at: 0) == true)
        }
        #expect(gate.admit(message("late"), as: .passing, at: 0) == false)
        #expect(gate.due == .max)
        #expect(gate.release(at: .max - 1) == [])
    }

    @Test func `the flooding topic is named with its rate, once in the log, in health until it is over`() throws {
        var gate = TopicGate()
        #expect(gate.takeNews(at: 0) == [])
        #expect(gate.checks(at: 0).isEmpty)
        for index in 0..<4000 { _ = gate.admit(message("\(index)"), at: Int64(index) * millisecond) }
        let news = gate.takeNews(at: 4000 * millisecond)
        #expect(news.count == 1 && news[0].hasPrefix("hall floods: of more than 20 messages/s the last are taken"))
        #expect(gate.takeNews(at: 4001 * millisecond) == [])
        let check = try #require(gate.checks(at: 4001 * millisecond).first)
        #expect(check.check == "flood" && !check.healthy && check.unit == "messages/s")
        #expect((900...1100).contains(check.value))
        #expect(check.detail?.hasPrefix("hall has more than 20 messages/s; of what is more the last are taken") == true)
        _ = gate.release(at: 5000 * millisecond)
        #expect(gate.takeNews(at: 18_000 * millisecond) == [])
        let end = gate.takeNews(at: 20_000 * millisecond)
        #expect(end.count == 1 && end[0].hasPrefix("hall floods no more; "))
        #expect(gate.checks(at: 20_000 * millisecond).isEmpty)
    }

    @Test func `a script may switch two hundred bars at once, and of a flood of commands the last counts`() {
        var gate = TopicGate()
        for bar in 0..<200 { #expect(gate.admit(message("bar \(bar)"), as: .command, at: 0) == true) }
        var passed = 200
        for index in 0..<10_000 {
            if gate.admit(message(index % 2 == 0 ? "on" : "off"), as: .command, at: 0) { passed += 1 }
        }
        #expect(passed == TopicGate.Kind.command.burst)
        #expect(gate.release(at: gate.due) == [message("on")])
        #expect(gate.release(at: gate.due) == [message("off")])
        #expect(gate.due == .max)
    }

    @Test func `what somebody says now waits beside the same that the broker had kept`() {
        var gate = TopicGate()
        let kept = TopicGate.Message(topic: "hall", payload: [0x31], retained: true)
        for index in 0..<TopicGate.Kind.state.burst { _ = gate.admit(message("\(index)"), at: 0) }
        for message in [kept, message("1")] { #expect(gate.admit(message, at: 0) == false) }
        #expect(gate.release(at: gate.due) == [kept])
        #expect(gate.release(at: gate.due) == [message("1")])
    }

    /// A topic whose store is empty.
    private func exhaust(_ topic: String, of gate: inout TopicGate) {
        for index in 0..<TopicGate.Kind.state.burst { _ = gate.admit(message("\(index)", on: topic), at: 0) }
    }

    @Test func `what waits has a limit in bytes; the last word for which there is no room passes`() {
        var gate = TopicGate()
        let large = String(repeating: "x", count: 100_000)
        var passed: [String] = []
        for topic in 0..<200 {
            let name = "topic/\(topic)"
            exhaust(name, of: &gate)
            if gate.admit(message(large, on: name), at: 0) { passed.append(name) }
        }
        let released = gate.release(at: 50 * millisecond)
        #expect(released.count == 41, "4 MB of messages of 100 kB")
        #expect(Set(released.map(\.topic) + passed).count == 200)
        #expect(gate.due == .max)
        #expect(gate.checks(at: 0).first?.detail?.contains("so do 99 more") == true)
    }

    @Test
    func `where room is short a topic's last word replaces the one before, and passes if it is too large for that`() {
        var gate = TopicGate()
        for topic in 0..<41 {
            exhaust("topic/\(topic)", of: &gate)
            _ = gate.admit(message(String(repeating: "x", count: 100_000), on: "topic/\(topic)"), at: 0)
        }
        exhaust("hall", of: &gate)
        for text in ["on", "off"] { #expect(gate.admit(message(text), at: 0) == false) }
        let last = String(repeating: "y", count: 93_000)
        #expect(gate.admit(message(last), at: 0) == false)
        #expect(gate.admit(message(last + last), at: 0) == true)
        #expect(gate.admit(message(last + last), at: 0) == false, "it has been said")
        // Nothing older comes after it.
        #expect(gate.release(at: 50 * millisecond).contains { $0.topic == "hall" } == false)
        #expect(gate.due == .max)
    }
}
