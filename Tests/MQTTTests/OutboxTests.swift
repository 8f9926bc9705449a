import Testing

@testable import MQTT

@Suite struct OutboxTests {
    private func outbox(limit: Int = 10, byteLimit: Int = 1000) -> MQTTOutbox {
        MQTTOutbox(limit: limit, byteLimit: byteLimit)
    }

    private func event(_ topic: String, _ text: String = "x", qos: QoS = .atLeastOnce) -> MQTTMessage {
        MQTTMessage(topic: topic, text: text, qos: qos)
    }

    private func state(_ topic: String, _ text: String) -> MQTTMessage {
        MQTTMessage(topic: topic, text: text, retain: true)
    }

    private func send(_ outbox: inout MQTTOutbox, window: Int, as packet: Int32) throws {
        let entry = outbox.next(window: window)
        outbox.sent(try #require(entry), as: packet)
    }

    /// Takes everything out, acknowledging at once.
    private func drain(_ outbox: inout MQTTOutbox) -> [String] {
        var texts: [String] = []
        while let entry = outbox.next(window: 20) {
            texts.append("\(entry.message.topic)=\(String(decoding: entry.message.payload, as: UTF8.self))")
            if entry.message.qos == .atLeastOnce {
                outbox.sent(entry, as: 1)
                _ = outbox.acknowledged(1)
            }
        }
        return texts
    }

    @Test func `keeps the order while connected`() {
        var outbox = outbox()
        outbox.connected(birth: nil)
        for index in 0..<5 {
            _ = outbox.add(event("e", "\(index)", qos: index % 2 == 0 ? .atMostOnce : .atLeastOnce), keep: false)
        }
        let result1 = drain(&outbox)
        #expect(result1 == ["e=0", "e=1", "e=2", "e=3", "e=4"])
        #expect(outbox.isEmpty)
    }

    @Test func `offline it drops QoS 0, keeps the latest retained of a topic, and the rest in order`() {
        var outbox = outbox()
        let result2 = outbox.add(event("e", qos: .atMostOnce), keep: false)
        #expect(result2.drops.map(\.reason) == [.offline])
        _ = outbox.add(event("e", "1"), keep: false)
        _ = outbox.add(state("s", "old"), keep: false)
        _ = outbox.add(event("e", "2"), keep: false)
        let result3 = outbox.add(state("s", "new"), keep: false)
        #expect(result3.drops.map(\.reason) == [.superseded])
        outbox.connected(birth: nil)
        let result4 = drain(&outbox)
        #expect(result4 == ["e=1", "e=2", "s=new"])
    }

    @Test func `beyond the limit the oldest goes, by count and by bytes`() {
        var outbox = outbox(limit: 3, byteLimit: 10)
        for index in 0..<3 {
            let drops = outbox.add(event("e", "\(index)"), keep: false).drops
            #expect(drops.isEmpty)
        }
        let drops = outbox.add(event("e", "3"), keep: false).drops
        #expect(drops.map(\.reason) == [.backlogFull])
        let result5 = outbox.add(event("e", "123456789"), keep: false)
        #expect(result5.drops.count == 2)
        outbox.connected(birth: nil)
        let result6 = drain(&outbox)
        #expect(result6 == ["e=3", "e=123456789"])
    }

    @Test func `after a reconnect the birth goes first, then kept state, then what waited`() {
        var outbox = outbox()
        outbox.connected(birth: nil)
        _ = outbox.add(state("k1", "a"), keep: true)
        _ = outbox.add(state("k2", "b"), keep: true)
        _ = outbox.add(state("k1", "c"), keep: true)
        let result7 = drain(&outbox)
        #expect(result7 == ["k1=a", "k2=b", "k1=c"])
        let result8 = outbox.lost()
        #expect(result8.isEmpty)
        _ = outbox.add(event("e"), keep: false)
        outbox.connected(birth: state("status", "online"))
        let result9 = drain(&outbox)
        #expect(result9 == ["status=online", "k2=b", "k1=c", "e=x"])
    }

    @Test func `an unacknowledged message goes again in its old place, but never over newer state`() throws {
        var outbox = outbox()
        outbox.connected(birth: state("status", "1"))
        _ = outbox.add(event("e", "1"), keep: false)
        _ = outbox.add(state("k", "old"), keep: true)
        _ = outbox.add(event("e", "2"), keep: false)
        for packet in Int32(1)...4 { try send(&outbox, window: 20, as: packet) }
        let result10 = outbox.next(window: 20)
        #expect(result10 == nil)
        _ = outbox.add(event("e", "3"), keep: false)
        let result11 = outbox.lost()
        #expect(result11.isEmpty)
        let result12 = outbox.add(state("k", "new"), keep: true)
        #expect(result12.drops.map(\.reason) == [.superseded])
        outbox.connected(birth: state("status", "2"))
        let result13 = drain(&outbox)
        #expect(result13 == ["status=2", "k=new", "e=1", "e=2", "e=3"])
    }

    @Test func `forgetting kept state is sent once, and a later state is not erased by it`() {
        var outbox = outbox()
        _ = outbox.add(state("k", "a"), keep: true)
        _ = outbox.add(state("k", ""), keep: true)
        outbox.connected(birth: nil)
        let result14 = drain(&outbox)
        #expect(result14 == ["k="])
        let result15 = outbox.lost()
        #expect(result15.isEmpty)
        outbox.connected(birth: nil)
        let result16 = drain(&outbox)
        #expect(result16 == [])
        _ = outbox.add(state("k", ""), keep: true)
        _ = outbox.lost()
        _ = outbox.add(state("k", "b"), keep: true)
        outbox.connected(birth: nil)
        let result17 = drain(&outbox)
        #expect(result17 == ["k=b"])
    }

    @Test func `the window of unacknowledged messages holds back what follows, QoS 0 too once one waits`() throws {
        var outbox = outbox()
        outbox.connected(birth: nil)
        for index in 0..<3 { _ = outbox.add(event("e", "\(index)"), keep: false) }
        _ = outbox.add(event("z", qos: .atMostOnce), keep: false)
        for packet in Int32(1)...2 { try send(&outbox, window: 2, as: packet) }
        let result18 = outbox.next(window: 2)
        #expect(result18 == nil)
        let result19 = outbox.acknowledged(2)
        #expect(result19 != nil)
        let result20 = outbox.acknowledged(2)
        #expect(result20 == nil)
        let result21 = outbox.next(window: 2)
        #expect(result21?.message.topic == "e")
        let result22 = outbox.next(window: 2)
        #expect(result22?.message.topic == "z")
    }

    @Test func `closing tells of everything undelivered`() throws {
        var outbox = outbox()
        outbox.connected(birth: nil)
        _ = outbox.add(event("e", "1"), keep: false)
        _ = outbox.add(event("e", "2"), keep: false)
        try send(&outbox, window: 1, as: 1)
        let result23 = outbox.close()
        #expect(result23.map(\.reason) == [.closed, .closed])
        #expect(outbox.isEmpty)
    }

    @Test func `a thousand births, losses and publishes leave nothing behind`() {
        var outbox = outbox(limit: 50, byteLimit: 100_000)
        for round in 0..<1000 {
            outbox.connected(birth: state("status", "\(round)"))
            for index in 0..<5 { _ = outbox.add(event("e", "\(index)"), keep: false) }
            if let entry = outbox.next(window: 5) { outbox.sent(entry, as: 1) }
            _ = outbox.lost()
            #expect(outbox.waitingCount <= 50)
        }
        outbox.connected(birth: nil)
        let result24 = drain(&outbox)
        #expect(result24.count == 50)
        #expect(outbox.isEmpty)
    }
}
