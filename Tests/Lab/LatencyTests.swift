import Configuration
import Glibc
import Hardware
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

// What an agent adds to the lab's own latency: from an edge to the first light, beside a thread that does nothing but wait
// for edges.
@Suite("First light after an edge", .inLab)
struct LatencyTests {
    static let lines = 16, rounds = 4

    @Test("Light comes with the edge")
    func firstLight() async throws {
        let chip = try SimulatedChip(lines: Self.lines)
        let bare = try await Self.bareLatencies(chip)
        // A bar, a zone and a line for each of several edges: a hold is 5 s at least.
        let indices = 0..<Self.lines
        let hardware =
            "bars:\n"
            + indices.map {
                "  - {name: b\($0), channels: white, output: {driver: trace, path: FOLDER/b\($0).jsonl}}\n"
            }.joined() + "sensors:\n"
            + indices.map {
                "  - {name: s\($0), input: {driver: gpio, chip: \(chip.name), line: \($0)}}\n"
            }.joined()
        let zone = { (index: Int) in
            "bars: [lab/b\(index)]\nsensors: {lab/s\(index): first}\nhold: 5s\nlead: 0s\n"
                + "look: {easeIn: 0s, easeOut: 0s}\n"
        }
        let latencies = try await LabNode.with(hardware, zones: indices.map { ("zone-\($0)", zone($0)) }) { node in
            var latencies: [Int64] = []
            var last = [Int64](repeating: .min, count: Self.lines)
            for _ in 0..<Self.rounds {
                for index in indices {
                    let trace = "b\(index).jsonl"
                    let pulled = MonotonicClock.now
                    try chip.pull(index, true)
                    let lit = try await node.frame(in: trace, isDark: false, after: last[index])
                    latencies.append(lit.t - pulled)
                    try chip.pull(index, false)
                    last[index] = lit.t
                }
                for index in indices {
                    last[index] = try await node.frame(in: "b\(index).jsonl", isDark: true, after: last[index]).t
                }
            }
            return latencies
        }
        let (own, lab) = (Spread(latencies), Spread(bare))
        print("lab: libgpiod \(GPIOLine.libraryVersion): pull to first light, \(own); a bare thread's edge, \(lab)")
        #expect(latencies.count == Self.lines * Self.rounds && bare.count == latencies.count)
        // Sensors that are polled take 100 to 200 ms. On a machine that is busy with other work, so may one in a hundred.
        #expect(own.median - lab.median < 15_000_000)
        #expect(own.high < 500_000_000)
    }

    /// When each output of a zone was seen lit, by the other side of the kernel's interface.
    private struct Seen: Sendable {
        var led: Int64?
        var pwm: Int64?
        var strip: Int64?
    }

    @Test("Light comes with the edge by the LED class, by PWM and on a strip, as the kernel has it")
    func outputs() async throws {
        let zones = 12
        let pwms = 4
        let perBar = 4
        let rounds = 8
        let chip = try SimulatedChip(lines: Self.lines)
        let bare = try await Self.bareLatencies(chip)
        let leds = try (0..<zones).map { try UserLED("lab-latency-\($0)") }
        let indices = 0..<zones
        let hardware =
            "bars:\n"
            + indices.map { index in
                "  - {name: l\(index), channels: white, output: {driver: led, name: lab-latency-\(index)}}\n"
                    + "  - {name: s\(index), channels: rgb, output: {driver: ws281x, device: /dev/spidev0.0, "
                    + "leds: \(index * perBar)-\(index * perBar + perBar - 1)}}\n"
            }.joined()
            + (0..<pwms).map { "  - {name: p\($0), channels: white, output: {driver: pwm, chip: 0, channel: \($0)}}\n" }
            .joined() + "sensors:\n"
            + indices.map { "  - {name: e\($0), input: {driver: gpio, chip: \(chip.name), line: \($0)}}\n" }.joined()
        let zone = { (index: Int) in
            "bars: [lab/l\(index), lab/s\(index)\(index < pwms ? ", lab/p\(index)" : "")]\n"
                + "sensors: {lab/e\(index): first}\nhold: 5s\nlead: 0s\n"
                + "look: {colour: \(AgentOutputTests.colour), easeIn: 0s, easeOut: 0s}\n"
        }
        let seen = try await LabNode.with(hardware, zones: indices.map { ("zone-\($0)", zone($0)) }) { node in
            try await node.health("bar/s0") { $0.healthy }
            var seen: [Seen] = []
            for _ in 0..<rounds {
                for index in indices {
                    try SystemFile.write("", to: AgentOutputTests.spi)
                    seen.append(
                        try await onThread {
                            let before = MonotonicClock.now
                            try chip.pull(index, true)
                            var seen = Seen()
                            var sent = 0
                            while MonotonicClock.now - before < 3_000_000_000 {
                                let count = seen.strip == nil ? try SystemFile.bytes(AgentOutputTests.spi).count : sent
                                let now = MonotonicClock.now
                                if count != sent, let shown = try AgentOutputTests.strip(count: zones * perBar) {
                                    sent = count
                                    if shown[index * perBar * 3] > 0 { seen.strip = now - before }
                                }
                                if index < pwms, seen.pwm == nil,
                                    try SystemFile.read("\(AgentOutputTests.pwm)/pwm\(index)/duty_cycle") == "333333"
                                {
                                    seen.pwm = MonotonicClock.now - before
                                }
                                if seen.led == nil {
                                    seen.led = leds[index].brightnesses.last { $0.t > before && $0.value > 0 }
                                        .map { $0.t - before }
                                }
                                if seen.strip != nil, seen.led != nil, seen.pwm != nil || index >= pwms { break }
                            }
                            return seen
                        })
                    try chip.pull(index, false)
                }
                for led in leds {
                    try await eventually(within: .seconds(10), "it is dark") { led.brightnesses.last?.value == 0 }
                }
            }
            return seen
        }
        for channel in 0..<pwms { try? SystemFile.write("\(channel)", to: "\(AgentOutputTests.pwm)/unexport") }
        let lab = Spread(bare)
        print("lab: libgpiod \(GPIOLine.libraryVersion): a bare thread's edge, \(lab)")
        for (what, latencies, count) in [
            ("an LED of the LED class", seen.compactMap(\.led), zones * rounds),
            ("a PWM's duty cycle", seen.compactMap(\.pwm), pwms * rounds),
            ("a WS2812B strip's bytes", seen.compactMap(\.strip), zones * rounds),
        ] {
            try #require(latencies.count == count, "\(what) was lit \(latencies.count) of \(count) times")
            let spread = Spread(latencies)
            print("lab: pull to first light, \(what), \(count) times: \(spread)")
            #expect(spread.median - lab.median < 15_000_000)
            #expect(spread.high < 500_000_000)
        }
    }

    /// From a pull to the edge at a thread that waits for nothing else.
    static func bareLatencies(_ chip: SimulatedChip) async throws -> [Int64] {
        let seen = Monitor<[Int64]>([])
        let count = lines * rounds
        async let watching: Void = onThread {
            let line = try GPIOLine.input(.offset(0, chip: chip.name), consumer: "bare")
            var entry = pollfd(fd: line.descriptor, events: Int16(POLLIN), revents: 0)
            seen.change { $0.append(0) }
            while seen.change({ $0.count }) <= count * 2 {
                guard poll(&entry, 1, 5000) == 1 else { throw TestFailure("no edge") }
                let now = MonotonicClock.now
                while try line.nextEdge() != nil { seen.change { $0.append(now) } }
            }
        }
        var latencies: [Int64] = []
        try await eventually(within: .seconds(5), "a thread waits") { seen.change { $0.count } == 1 }
        for index in 0..<count * 2 {
            let pulled = MonotonicClock.now
            try chip.pull(0, index.isMultiple(of: 2))
            try await eventually(within: .seconds(5), "an edge") { seen.change { $0.count } == index + 2 }
            if index.isMultiple(of: 2) { latencies.append(seen.change { $0[index + 1] } - pulled) }
        }
        try await watching
        return latencies
    }
}
