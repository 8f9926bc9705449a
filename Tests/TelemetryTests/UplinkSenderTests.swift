import Testing

@testable import Telemetry

@Suite("Emptying an outbox into a backend") struct UplinkSenderTests {
    private static let second: Int64 = 1_000_000_000

    private static func answer(_ status: Int, retryAfter: Duration? = nil) -> UplinkSender.Outcome {
        .answered(status: status, retryAfter: retryAfter, text: "because")
    }

    @Test func `only what the backend says it has goes`() {
        var sender = UplinkSender(seed: 1)
        #expect(sender.take(Self.answer(200), ofRecords: 10, at: 5) == .remove)
        #expect(sender.due == 5 && sender.trouble == nil)
        for outcome in [Self.answer(503), Self.answer(302), Self.answer(404), Self.answer(401), .failed("no route")] {
            var sender = UplinkSender(seed: 1)
            #expect(sender.take(outcome, ofRecords: 10, at: 0) == .keep)
            #expect(sender.due > 0 && sender.trouble != nil)
        }
    }

    @Test func `an unreachable or overloaded backend is tried again less and less often, and nobody is called for it`()
    {
        for outcome in [UplinkSender.Outcome.failed("connection refused"), Self.answer(503), Self.answer(429)] {
            var sender = UplinkSender(seed: 3)
            var (now, pauses) = (Int64(0), [Int64]())
            for _ in 0..<20 {
                #expect(sender.take(outcome, ofRecords: 10, at: now) == .keep)
                pauses.append(sender.due - now)
                now = sender.due
            }
            #expect(pauses[0] <= Self.second && pauses[0] >= Self.second / 2)
            #expect(pauses.allSatisfy { $0 <= 300 * Self.second } && pauses.last ?? 0 >= 150 * Self.second)
            #expect(sender.trouble?.needsPerson == false)
            _ = sender.take(Self.answer(200), ofRecords: 10, at: now)
            _ = sender.take(outcome, ofRecords: 10, at: now)
            #expect(sender.due - now <= Self.second, "after a success from the beginning")
        }
    }

    @Test func `what the backend asks for is respected, up to an hour, and not by all at one instant`() {
        var pauses: Set<Int64> = []
        for seed in UInt64(0)..<5 {
            var sender = UplinkSender(seed: seed)
            _ = sender.take(Self.answer(503, retryAfter: .seconds(30)), ofRecords: 10, at: 0)
            #expect((30 * Self.second...31 * Self.second).contains(sender.due))
            pauses.insert(sender.due)
            _ = sender.take(Self.answer(503, retryAfter: .seconds(1_000_000)), ofRecords: 10, at: 0)
            #expect((3600 * Self.second...3601 * Self.second).contains(sender.due))
        }
        #expect(pauses.count == 5)
    }

    @Test func `one bad record among a thousand is found by halves, and alone set aside`() {
        var sender = UplinkSender(seed: 1)
        var waiting = Array(0..<2500)
        var (aside, requests) = ([Int](), 0)
        while !waiting.isEmpty, requests < 200 {
            requests += 1
            let batch = waiting.prefix(sender.limit)
            let isBad = batch.contains(1234)
            switch sender.take(Self.answer(isBad ? 422 : 200), ofRecords: batch.count, at: 0) {
            case .remove:
                #expect(!isBad)
                waiting.removeFirst(batch.count)
            case .setAside(let reason):
                #expect(batch.count == 1 && reason == "422: because")
                aside += batch
                waiting.removeFirst()
            case .keep: #expect(isBad && batch.count > 1)
            }
            #expect(sender.due == 0, "without a pause")
        }
        #expect(aside == [1234] && waiting.isEmpty && requests < 40, "\(requests)")
    }

    @Test func `too much at once is halved, and a record that is too much alone is set aside`() {
        var sender = UplinkSender(seed: 1)
        #expect(sender.take(Self.answer(413), ofRecords: 1000, at: 0) == .keep)
        #expect(sender.limit == 500)
        #expect(sender.take(Self.answer(413), ofRecords: 1, at: 0) == .setAside("413: because"))
    }

    @Test func `a backend that refuses record after record doesn't get them all thrown away`() {
        var sender = UplinkSender(seed: 1)
        var (now, aside) = (Int64(0), 0)
        for _ in 0..<200 {
            if case .setAside = sender.take(Self.answer(422), ofRecords: sender.limit, at: now) { aside += 1 }
            now = max(now, sender.due)
        }
        #expect(aside == UplinkSender.refusalsInARow)
        #expect(sender.trouble?.needsPerson == true && sender.trouble?.text.contains("token") == true)
        #expect(now > 60 * Self.second, "and is asked slowly")
        // It was the wrong token: with the right one all goes on, and single records count again.
        #expect(sender.take(Self.answer(200), ofRecords: 1, at: now) == .remove)
        #expect(sender.trouble == nil)
        #expect(sender.take(Self.answer(422), ofRecords: 1, at: now) == .setAside("422: because"))
    }

    @Test func `a token that is refused, or can't be read, needs a person, and is tried slowly`() {
        for outcome in [Self.answer(401), Self.answer(403), .noToken("telemetry.tokenFile /x: is empty")] {
            var sender = UplinkSender(seed: 1)
            #expect(sender.take(outcome, ofRecords: 10, at: 0) == .keep)
            #expect(sender.trouble?.needsPerson == true && sender.trouble?.text.contains("tokenFile") == true)
            #expect(sender.due >= 30 * Self.second)
        }
    }

    @Test func `a server that nobody vouches for needs a person, and is soon tried again`() {
        var sender = UplinkSender(seed: 1)
        let outcome = UplinkSender.Outcome.distrusted("https://x: SSL certificate problem: certificate has expired")
        #expect(sender.take(outcome, ofRecords: 10, at: 0) == .keep)
        #expect(sender.trouble?.needsPerson == true && sender.due <= Self.second)
        #expect(sender.trouble?.text.hasPrefix("https://x: SSL certificate problem: certificate has expired; ") == true)
        #expect(sender.trouble?.text.contains("telemetry.ca ") == true)
    }
}
