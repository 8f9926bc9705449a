import Hardware
import Testing

@Suite("LD2410: reports and answers in a stream of bytes")
struct LD2410ReaderTests {
    static let basic = LD2410Message.report(
        LD2410Report(
            isMoving: false, isStill: true, movingDistance: 81, movingEnergy: 0, stillDistance: 0, stillEnergy: 59,
            detectionDistance: 0))
    static let both = LD2410Message.report(
        LD2410Report(
            isMoving: true, isStill: true, movingDistance: 300, movingEnergy: 88, stillDistance: 257, stillEnergy: 100,
            detectionDistance: 513))
    static let engineering = LD2410Message.report(
        LD2410Report(
            isMoving: true, isStill: true, movingDistance: 30, movingEnergy: 60, stillDistance: 0, stillEnergy: 57,
            detectionDistance: 0,
            gates: LD2410Report.Gates(
                moving: [0x3c, 0x22, 5, 3, 3, 4, 3, 6, 5], still: [0, 0, 0x39, 0x10, 0x13, 6, 6, 8, 4])))
    static let enabled = LD2410Message.acknowledgement(command: 0xff, isDone: true, value: [1, 0, 0x40, 0])
    static let ended = LD2410Message.acknowledgement(command: 0xfe, isDone: true, value: [])
    static let parameters = LD2410Message.acknowledgement(
        command: 0x61, isDone: true, value: Array(LD2410Bytes.parameters[10..<34]))

    /// All kinds, one after the other.
    static let stream =
        LD2410Bytes.basic + LD2410Bytes.engineering + LD2410Bytes.enabled + LD2410Bytes.parameters + LD2410Bytes.ended
        + LD2410Bytes.both
    static let messages = [basic, engineering, enabled, parameters, ended, both]

    @Test
    func `the published examples, several in one piece`() {
        var reader = LD2410Reader()
        #expect(reader.read(Self.stream) == Self.messages)
        #expect(reader.skipped == 0)
    }

    @Test
    func `torn at each byte, and byte by byte`() {
        for cut in 0...Self.stream.count {
            var reader = LD2410Reader()
            let pieces = [Self.stream.prefix(cut), Self.stream.dropFirst(cut)]
            #expect(pieces.flatMap { reader.read($0) } == Self.messages)
            #expect(reader.skipped == 0)
        }
        var reader = LD2410Reader()
        #expect(Self.stream.flatMap { reader.read([$0]) } == Self.messages)
    }

    @Test
    func `a report is told with its last byte, not with the next one's first`() {
        var reader = LD2410Reader()
        #expect(reader.read(LD2410Bytes.basic.dropLast()) == [])
        #expect(reader.read([0xf5]) == [Self.basic])
    }

    @Test(
        arguments: [
            [0x00], [0xf4], [0xf4, 0xf3, 0xf2], [0xfd, 0xfc, 0xfb], [0xf4, 0xf3, 0xf2, 0xf1],
            [0xf4, 0xf3, 0xf2, 0xf1, 0x0d], [0xf4, 0xf3, 0xf2, 0xf1, 0x0d, 0x00], [0xf8, 0xf7, 0xf6, 0xf5],
            [0xf4, 0xf3, 0xf2, 0xf1, 0xff, 0xff], [0xfd, 0xfc, 0xfb, 0xfa, 0x00, 0x00],
            [0xfd, 0xfc, 0xfb, 0xfa, 0x04, 0x00],
            [0xf4, 0xf4, 0xf3, 0xf4, 0xf3, 0xf2, 0xf4], [0xf4, 0xf3, 0xf2, 0xf1, 0x0d, 0x00, 0x02, 0xaa, 0x03],
        ] as [[UInt8]])
    func `rubbish between frames, headers in it too, costs no report`(_ rubbish: [UInt8]) {
        var reader = LD2410Reader()
        // A frame that the rubbish's header seems to begin may swallow the start of one: more follow, and none is lost.
        let stream = rubbish + Self.stream + rubbish + Self.stream + LD2410Bytes.basic
        #expect(reader.read(stream) == Self.messages + Self.messages + [Self.basic])
        #expect(reader.skipped == 2 * rubbish.count)
    }

    @Test
    func `a frame that lost a byte is skipped, and the next one is read`() {
        for lost in LD2410Bytes.basic.indices {
            var torn = LD2410Bytes.basic
            torn.remove(at: lost)
            var reader = LD2410Reader()
            let messages = reader.read(torn + LD2410Bytes.both + LD2410Bytes.engineering + LD2410Bytes.both)
            #expect(messages == [Self.both, Self.engineering, Self.both])
            #expect(reader.skipped == torn.count)
        }
    }

    @Test
    func `a byte that was changed never becomes a report that can't be`() {
        for place in LD2410Bytes.both.indices {
            for bit in 0..<8 {
                var frame = LD2410Bytes.both
                frame[place] ^= 1 << UInt8(bit)
                var reader = LD2410Reader()
                let messages = reader.read(frame + LD2410Bytes.basic + LD2410Bytes.engineering)
                #expect(messages.suffix(2) == [Self.basic, Self.engineering])
                // There is no checksum: in state, distances and energies a change isn't seen, anywhere else it is.
                if !(8...16).contains(place) { #expect(messages.count == 2) }
            }
        }
    }

    @Test(arguments: [0, 1, 12, 14, 22, 23, 36, 63, 64, 65, 200, 255])
    func `a length that lies`(_ length: UInt8) {
        var frame = LD2410Bytes.both
        frame[4] = length
        var reader = LD2410Reader()
        let messages = reader.read(frame + [UInt8](repeating: 0, count: 3) + Self.stream + Self.stream)
        #expect(messages == Self.messages + Self.messages)
        #expect(reader.skipped == frame.count + 3)
    }

    @Test
    func `a wrong tail, a wrong inner tail, a state that isn't one`() {
        for (place, byte) in [(22, 0xf4), (19, 0x00), (17, 0x56), (18, 0x01), (8, 0x07), (6, 0x03), (7, 0xab)] {
            var frame = LD2410Bytes.both
            frame[place] = UInt8(byte)
            var reader = LD2410Reader()
            #expect(reader.read(frame + LD2410Bytes.basic + LD2410Bytes.basic) == [Self.basic, Self.basic])
            #expect(reader.skipped == frame.count)
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt8])
    func `while the module measures the background it says nothing of people, and nothing is skipped`(_ state: UInt8) {
        var frame = LD2410Bytes.both
        frame[8] = state
        var reader = LD2410Reader()
        #expect(reader.read(frame + LD2410Bytes.basic) == [Self.basic])
        #expect(reader.skipped == 0)
    }

    @Test
    func `energies of nine gates come whatever farthest gates are set`() {
        var frame = LD2410Bytes.engineering
        frame[17] = 2
        frame[18] = 4
        var reader = LD2410Reader()
        #expect(reader.read(frame) == [Self.engineering])
    }

    @Test
    func `a refusal, and a line that echoes what is sent`() {
        var refusal = LD2410Bytes.ended
        refusal[8] = 1
        var reader = LD2410Reader()
        #expect(reader.read(refusal) == [.acknowledgement(command: 0xfe, isDone: false, value: [])])
        #expect(reader.read(LD2410Bytes.enable + LD2410Bytes.read + LD2410Bytes.range) == [])
        #expect(reader.read(LD2410Bytes.enabled) == [Self.enabled])
        #expect(reader.skipped == LD2410Bytes.enable.count + LD2410Bytes.read.count + LD2410Bytes.range.count)
    }

    @Test
    func `whatever comes, nothing breaks, every byte is accounted for, and true frames are found`() {
        var state: UInt64 = 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let headers: [[UInt8]] = [
            [0xf4, 0xf3, 0xf2, 0xf1], [0xfd, 0xfc, 0xfb, 0xfa], [0x0d, 0], [0x02, 0xaa], [0xf4],
        ]
        for _ in 0..<300 {
            var reader = LD2410Reader()
            var (fed, framed) = (0, 0)
            for _ in 0..<40 {
                var bytes: [UInt8] = []
                for _ in 0..<random(4) { bytes += headers[random(headers.count)] }
                for _ in 0..<random(30) { bytes.append(UInt8(random(256))) }
                fed += bytes.count
                let messages = reader.read(bytes)
                framed += messages.count * 14
                #expect(fed - reader.skipped - framed <= 74 + 64 * messages.count)
            }
            // 75 bytes of rubbish later at most, the reader has found its way back.
            let zeros = [UInt8](repeating: 0, count: 75)
            _ = reader.read(zeros)
            let skipped = reader.skipped
            #expect(reader.read(LD2410Bytes.basic) == [Self.basic])
            #expect(reader.skipped == skipped)
        }
    }
}
