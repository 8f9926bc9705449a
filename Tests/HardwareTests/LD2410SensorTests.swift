import Hardware
import Processes
import TestSupport
import Testing

@Suite("A radar on a serial line, which a pseudo-terminal stands in for")
struct LD2410SensorTests {
    private static let nobody: [UInt8] = [
        0xf4, 0xf3, 0xf2, 0xf1, 0x0d, 0x00, 0x02, 0xaa, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x55,
        0x00, 0xf8, 0xf7, 0xf6, 0xf5,
    ]
    private static let second: Int64 = 1_000_000_000

    private static func sensor(_ input: LD2410) throws -> any MotionSensor {
        try #require(input.sensor("hall", node: "n"))
    }

    @Test func `presence is motion; a still body counts unless the file says motion alone`() throws {
        for (counts, isSeen) in [(LD2410.Counted.presence, true), (.motion, false)] {
            let line = try PseudoTerminal()
            var sensor = try Self.sensor(LD2410(device: line.path, counts: counts))
            #expect(sensor.attend(at: 0).isEmpty)
            #expect(sensor.descriptor != nil)
            line.say(Self.nobody)
            #expect(sensor.attend(at: 1) == [.alive])
            // Somebody is there without moving.
            line.say(LD2410Bytes.basic)
            #expect(sensor.attend(at: 2) == (isSeen ? [.motion(true, at: 2)] : []))
            line.say(LD2410Bytes.both + LD2410Bytes.both)
            #expect(sensor.attend(at: 3) == (isSeen ? [] : [.motion(true, at: 3)]))
            line.say(Self.nobody)
            #expect(sensor.attend(at: 4) == [.motion(false, at: 4)])
        }
    }

    @Test(arguments: [
        (LD2410.Counted.motion, 299, false), (.motion, 300, true), (.presence, 256, false), (.presence, 257, true),
    ])
    func `who is farther off than the file says doesn't count, by the distance that the radar tells`(
        counts: LD2410.Counted, within: Int, isSeen: Bool
    ) throws {
        let line = try PseudoTerminal()
        var sensor = try Self.sensor(LD2410(device: line.path, counts: counts, within: within))
        _ = sensor.attend(at: 0)
        // Moving at 3 m, still at 2.57 m.
        line.say(LD2410Bytes.both)
        #expect(sensor.attend(at: 1) == [isSeen ? .motion(true, at: 1) : .alive])
    }

    @Test func `who sits still for long is no stuck sensor: the radar is heard every minute`() throws {
        let line = try PseudoTerminal()
        var sensor = try Self.sensor(LD2410(device: line.path))
        _ = sensor.attend(at: 0)
        var reports: [MotionReport] = []
        for second in 1...150 {
            line.say(LD2410Bytes.basic)
            reports += sensor.attend(at: Int64(second) * Self.second)
        }
        #expect(reports == [.motion(true, at: Self.second), .alive, .alive])
    }

    @Test func `torn frames and noise: nothing but the reports is seen`() throws {
        let line = try PseudoTerminal()
        var sensor = try Self.sensor(LD2410(device: line.path))
        _ = sensor.attend(at: 0)
        var reports: [MotionReport] = []
        for byte in [0x00, 0xf4, 0xf3] + Self.nobody + [0xff, 0xfd, 0xfc] + LD2410Bytes.both + [0x55] {
            line.say([byte])
            reports += sensor.attend(at: 1)
        }
        #expect(reports == [.alive, .motion(true, at: 1)])
    }

    @Test func `a radar is brought to what the file asks, and what it has already isn't written`() throws {
        let line = try PseudoTerminal()
        var settings = LD2410Settings()
        settings.farthestMoving = 4
        settings.still = [2: 35]
        var module = LD2410Module()
        for writes in [2, 0] {
            var sensor = try Self.sensor(LD2410(device: line.path, settings: settings))
            let before = module.writes
            var now: Int64 = 0
            var stream: [UInt8] = []
            while now < 3 * Self.second, sensor.nextDue < 4 * Self.second || now == 0 {
                _ = sensor.attend(at: now)
                stream += line.heard()
                // A frame ends with its tail.
                while let end = stream.firstRange(of: [0x04, 0x03, 0x02, 0x01] as [UInt8])?.upperBound {
                    if let answer = module.hear(Array(stream[..<end])) { line.say(answer) }
                    stream.removeFirst(end)
                }
                now += 100_000_000
            }
            #expect(module.writes - before == writes)
            #expect(module.farthest[0] == 4 && module.still[2] == 35 && !module.isConfiguring)
        }
    }

    @Test func `one that says nothing, or is gone, is a fault with what to do, and is looked for again`() throws {
        var line: PseudoTerminal? = try PseudoTerminal()
        let path = try #require(line?.path)
        var sensor = try Self.sensor(LD2410(device: path))
        #expect(sensor.attend(at: 0).isEmpty)
        let silent = sensor.attend(at: 6 * Self.second)
        guard case .fault(let reason?) = silent.first else { throw TestFailure("no fault: \(silent)") }
        #expect(reason.contains("says nothing") && reason.contains("256000 baud"))
        // It comes to itself.
        _ = sensor.attend(at: 8 * Self.second)
        line?.say(Self.nobody)
        #expect(sensor.attend(at: 9 * Self.second) == [.alive, .fault(nil)])
        line = nil
        let gone = sensor.attend(at: 10 * Self.second)
        guard case .fault(let why?) = gone.first else { throw TestFailure("no fault: \(gone)") }
        #expect(why.contains("isn't there"), "\(why)")
        #expect(sensor.descriptor == nil && sensor.nextDue > 10 * Self.second)
    }

    @Test func `one line has one holder, and a file is no line`() throws {
        let line = try PseudoTerminal()
        var first = try Self.sensor(LD2410(device: line.path))
        _ = first.attend(at: 0)
        var second = try Self.sensor(LD2410(device: line.path))
        guard case .fault(let busy?) = second.attend(at: 0).first else { throw TestFailure("no fault") }
        #expect(busy.contains("is in use"))
        var file = try Self.sensor(LD2410(device: "/dev/null"))
        guard case .fault(let none?) = file.attend(at: 0).first else { throw TestFailure("no fault") }
        #expect(none.contains("is no serial line"))
        var missing = try Self.sensor(LD2410(device: "/dev/ttyNONE"))
        guard case .fault(let missed?) = missing.attend(at: 0).first else { throw TestFailure("no fault") }
        #expect(missed.contains("isn't there") && missed.contains("enable_uart=1"))
    }
}
