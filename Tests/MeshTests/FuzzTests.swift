import Lighting
import Testing

@testable import Mesh

/// Tens of thousands of messages that nobody should send.
@Suite struct FuzzTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `whatever comes, nothing traps, and what is refused changes nothing`(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let starts = Fuzz.starts()
        var node = starts[0]
        var refused = 0
        var messages = 0
        for step in 0..<2500 {
            // What was accepted stays for a while, so that messages meet states that only bad messages lead to.
            if step % 40 == 0 { node = starts[mutator.roll(starts.count)] }
            let now = Fuzz.instants[step % 4 == 0 ? mutator.roll(Fuzz.instants.count) : 0]
            let (topic, good) = Fuzz.messages[mutator.roll(Fuzz.messages.count)]
            let payload = mutator.roll(10) == 0 ? mutator.rubbish() : mutator.mutate(good)
            node.tick(at: now)
            let before = node
            let actions = node.hear(topic, bytes: payload, at: now)
            messages += 1
            let fault = node.core.checkInvariants()
            #expect(fault == nil, "\(topic) \(String(decoding: payload.prefix(2000), as: UTF8.self)) at \(now)")
            if node.core.refusals.count > before.core.refusals.count {
                refused += 1
                let was = Fuzz.Picture(before, at: now)
                let isNow = Fuzz.Picture(node, at: now)
                #expect(was == isNow, "\(topic) \(String(decoding: payload.prefix(2000), as: UTF8.self)) at \(now)")
                #expect(actions.allSatisfy(Fuzz.isHarmless), "\(actions)")
            }
            if step % 5 == 0 {
                Fuzz.live(node, at: now)
                Fuzz.expectBounded(node)
            }
        }
        // A fuzz that is always or never refused tests nothing.
        #expect(refused > messages / 4 && refused < messages)
    }
}
