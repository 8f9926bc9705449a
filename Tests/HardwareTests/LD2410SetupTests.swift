import Hardware
import Testing

@Suite("LD2410: the conversation that sets it up")
struct LD2410SetupTests {
    static let second: Int64 = 1_000_000_000

    /// Lets both talk until nothing is due, or until `end`; a frame for which `hears` is false gets no answer.
    static func talk(
        _ setup: inout LD2410Setup, _ module: inout LD2410Module, until end: Int64 = 120 * second,
        answer: (_ frame: [UInt8], _ index: Int, _ module: inout LD2410Module) -> [UInt8]? = { frame, _, module in
            module.hear(frame)
        }
    ) -> Int64 {
        var reader = LD2410Reader()
        var now: Int64 = 0
        var index = 0
        while let due = setup.nextDue, due <= end {
            now = max(now, due)
            guard let frame = setup.tick(at: now) else { continue }
            if let reply = answer(frame, index, &module) {
                now += 5_000_000
                for message in reader.read(reply) { setup.handle(message, at: now) }
            }
            index += 1
        }
        return now
    }

    @Test
    func `nothing to change: it is read, and nothing is written`() {
        var module = LD2410Module()
        var setup = LD2410Setup(
            LD2410Settings(farthestMoving: 8, farthestStill: 8, timeout: 5, moving: [0: 50, 3: 30], still: [2: 40]),
            at: 0)
        #expect(!setup.isDone)
        _ = Self.talk(&setup, &module)
        #expect(setup.isDone)
        #expect(setup.trouble == nil)
        #expect(module.heard == [LD2410Bytes.enable, LD2410Bytes.read, LD2410Bytes.end])
        #expect(module.writes == 0)
        #expect(!module.isConfiguring)
    }

    @Test
    func `nothing is asked: nothing is said`() {
        let setup = LD2410Setup(LD2410Settings(), at: 7)
        #expect(setup.isDone)
        #expect(setup.nextDue == nil)
    }

    @Test
    func `only what differs is written, in the published frames, and read back`() {
        var module = LD2410Module()
        module.timeout = 300
        module.moving[3] = 41
        module.still[3] = 40
        var setup = LD2410Setup(LD2410Settings(timeout: 5, moving: [3: 40, 4: 20], still: [3: 40]), at: 0)
        _ = Self.talk(&setup, &module)
        #expect(setup.isDone)
        #expect(
            module.heard == [
                LD2410Bytes.enable, LD2410Bytes.read, LD2410Bytes.range, LD2410Bytes.gate, LD2410Bytes.read,
                LD2410Bytes.end,
            ])
        #expect(module.writes == 2)
    }

    @Test
    func `what isn't named stays as it is`() {
        var module = LD2410Module()
        module.farthest = [3, 4]
        module.still[5] = 77
        let before = module
        var setup = LD2410Setup(LD2410Settings(timeout: 9, moving: [5: 1]), at: 0)
        _ = Self.talk(&setup, &module)
        #expect(setup.isDone)
        #expect(module.timeout == 9 && module.moving[5] == 1)
        #expect(module.farthest == before.farthest && module.still == before.still)
        #expect(module.writes == 2)
    }

    @Test
    func `everything that can be asked`() {
        var module = LD2410Module()
        let settings = LD2410Settings(
            farthestMoving: 2, farthestStill: 5, timeout: 65535,
            moving: Dictionary(uniqueKeysWithValues: (0...8).map { ($0, 90 - $0) }),
            still: Dictionary(uniqueKeysWithValues: (2...8).map { ($0, 70 + $0) }))
        var setup = LD2410Setup(settings, at: 0)
        _ = Self.talk(&setup, &module)
        #expect(setup.isDone)
        #expect(module.farthest == [2, 5])
        #expect(module.timeout == 65535)
        #expect(module.moving == (0...8).map { UInt8(90 - $0) })
        #expect(module.still == [0, 0] + (2...8).map { UInt8(70 + $0) })
        #expect(module.writes == 10)
    }

    @Test(arguments: 0..<6, 1...2)
    func `answers that are lost: the command is repeated`(_ place: Int, _ times: Int) {
        var module = LD2410Module()
        module.timeout = 300
        module.moving[3] = 0
        var setup = LD2410Setup(LD2410Settings(timeout: 5, moving: [3: 40]), at: 0)
        let now = Self.talk(&setup, &module) { frame, index, module in
            let answer = module.hear(frame)
            return (place..<place + times).contains(index) ? nil : answer
        }
        // The end that was heard, though its answer was lost, isn't answered again: the module no longer listens.
        if place == 5 {
            #expect(setup.isDone)
            #expect(module.heard.count(where: { $0 == LD2410Bytes.enable }) == 2)
        } else {
            #expect(setup.isDone)
            #expect(now < Self.second + Int64(times) * Self.second / 2)
        }
        #expect(setup.trouble == nil)
        #expect(!module.isConfiguring)
        #expect(module.timeout == 5 && module.moving[3] == 40)
    }

    @Test
    func `silence: three times half a second apart, then let go, and anew after a pause, with a remedy`() {
        var setup = LD2410Setup(LD2410Settings(timeout: 5), at: 0)
        var said: [(Int64, [UInt8])] = []
        while let due = setup.nextDue, due < 14 * Self.second {
            if let bytes = setup.tick(at: due) { said.append((due / 1_000_000, bytes)) }
            if due < 1_500_000_000 { #expect(setup.trouble == nil) }
        }
        #expect(said.map(\.0) == [0, 500, 1000, 1500, 6500, 7000, 7500, 8000, 13000, 13500])
        #expect(
            said.map(\.1).prefix(4) == [LD2410Bytes.enable, LD2410Bytes.enable, LD2410Bytes.enable, LD2410Bytes.end])
        #expect(setup.trouble?.contains("TX") == true)
        #expect(!setup.isDone)
        // It comes back.
        var module = LD2410Module()
        _ = Self.talk(&setup, &module)
        #expect(setup.isDone)
        #expect(setup.trouble == nil)
    }

    @Test
    func `nothing is said before it's due`() {
        var setup = LD2410Setup(LD2410Settings(timeout: 5), at: 100)
        #expect(setup.tick(at: 99) == nil)
        #expect(setup.tick(at: 100) == LD2410Bytes.enable)
        #expect(setup.tick(at: 100) == nil)
        #expect(setup.tick(at: 500_000_099) == nil)
        #expect(setup.tick(at: 500_000_100) == LD2410Bytes.enable)
    }

    @Test
    func `answers to other commands, reports and answers before any question change nothing`() {
        var setup = LD2410Setup(LD2410Settings(timeout: 5), at: 0)
        setup.handle(LD2410ReaderTests.enabled, at: 0)
        #expect(setup.tick(at: 0) == LD2410Bytes.enable)
        setup.handle(LD2410ReaderTests.basic, at: 1)
        setup.handle(LD2410ReaderTests.ended, at: 1)
        setup.handle(LD2410ReaderTests.parameters, at: 1)
        #expect(setup.tick(at: 1) == nil)
        setup.handle(LD2410ReaderTests.enabled, at: 2)
        #expect(setup.tick(at: 2) == LD2410Bytes.read)
        // The answer to a command that was said twice comes twice.
        setup.handle(LD2410ReaderTests.enabled, at: 3)
        #expect(setup.tick(at: 3) == nil)
        setup.handle(LD2410ReaderTests.parameters, at: 4)
        #expect(setup.tick(at: 4) == LD2410Bytes.end)
    }

    @Test(arguments: [0x60, 0x64] as [UInt8])
    func `a write that is refused: it reports again, says so, and tries three times`(_ word: UInt8) {
        var module = LD2410Module()
        var setup = LD2410Setup(LD2410Settings(timeout: 9, moving: [3: 40]), at: 0)
        _ = Self.talk(&setup, &module) { frame, _, module in
            frame[6] == word ? LD2410Module.answer(word, status: 1, []) : module.hear(frame)
        }
        #expect(!setup.isDone)
        #expect(setup.nextDue == nil)
        #expect(setup.trouble?.contains("refuses") == true)
        #expect(!module.isConfiguring)
        #expect(module.heard.count(where: { $0 == LD2410Bytes.enable }) == 3)
    }

    @Test
    func `a refusal before isn't taken for the reason of a silence after`() {
        var module = LD2410Module()
        var setup = LD2410Setup(LD2410Settings(timeout: 9), at: 0)
        _ = Self.talk(&setup, &module, until: 8 * Self.second) { frame, index, module in
            index == 2 ? LD2410Module.answer(0x60, status: 1, []) : index > 3 ? nil : module.hear(frame)
        }
        #expect(setup.trouble?.contains("doesn't answer") == true)
    }

    @Test
    func `a write that is refused once`() {
        var module = LD2410Module()
        var setup = LD2410Setup(LD2410Settings(timeout: 9), at: 0)
        _ = Self.talk(&setup, &module) { frame, index, module in
            index == 2 ? LD2410Module.answer(0x60, status: 1, []) : module.hear(frame)
        }
        #expect(setup.isDone)
        #expect(setup.trouble == nil)
        #expect(module.timeout == 9)
    }

    @Test(arguments: [0xff, 0x61, 0xfe] as [UInt8])
    func `other refusals are repeated, said, and outlived`(_ word: UInt8) {
        var module = LD2410Module()
        var setup = LD2410Setup(LD2410Settings(timeout: 9), at: 0)
        _ = Self.talk(&setup, &module, until: 4 * Self.second) { frame, _, module in
            frame[6] == word ? LD2410Module.answer(word, status: 1, []) : module.hear(frame)
        }
        #expect(!setup.isDone)
        #expect(setup.trouble?.contains("refuses") == true)
        #expect(setup.nextDue != nil)
        _ = Self.talk(&setup, &module)
        #expect(setup.isDone)
        #expect(setup.trouble == nil)
        #expect(module.writes == 1)
    }

    @Test
    func `a module that doesn't keep what is written isn't worn out`() {
        var module = LD2410Module()
        module.keeps = false
        var setup = LD2410Setup(LD2410Settings(farthestMoving: 4, moving: [3: 40]), at: 0)
        _ = Self.talk(&setup, &module)
        #expect(module.writes == 6)
        #expect(!setup.isDone)
        #expect(setup.nextDue == nil)
        #expect(setup.trouble?.contains("farthest gates or its timeout, the sensitivity of gate 3") == true)
        #expect(!module.isConfiguring)
    }

    @Test
    func `parameters that are none, or of another kind of module`() {
        for value: [UInt8] in [
            [], [0xaa], [0xab] + [UInt8](repeating: 8, count: 23), [UInt8](repeating: 0xaa, count: 24),
        ] {
            var module = LD2410Module()
            var setup = LD2410Setup(LD2410Settings(timeout: 9), at: 0)
            _ = Self.talk(&setup, &module, until: 4 * Self.second) { frame, _, module in
                frame[6] == 0x61 ? LD2410Module.answer(0x61, status: 0, value) : module.hear(frame)
            }
            #expect(!setup.isDone)
            #expect(setup.trouble?.contains("aren't those of an LD2410") == true)
            #expect(module.writes == 0)
        }
        // Three gates only.
        var module = LD2410Module()
        var setup = LD2410Setup(LD2410Settings(timeout: 9), at: 0)
        _ = Self.talk(&setup, &module) { frame, _, module in
            frame[6] == 0x61
                ? LD2410Module.answer(0x61, status: 0, [0xaa, 2, 2, 2, 1, 1, 1, 1, 1, 1, 5, 0]) : module.hear(frame)
        }
        #expect(setup.trouble?.contains("aren't those of an LD2410") == true)
        #expect(setup.nextDue == nil)
        #expect(module.writes == 0)
    }
}
