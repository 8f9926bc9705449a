import Glibc
import Hardware
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("First light after an edge by each output, as the kernel has it", .inLab)
struct OutputLatencyTests {
    static let zones = 4, perBar = 4, rounds = 10

    /// When each output of a zone was seen lit, by the other side of the kernel's interface: after the pull, nanoseconds.
    private struct Seen: Sendable {
        var led: Int64?
        var pwm: Int64?
        var strip: Int64?
    }

    static func hardware(_ chip: SimulatedChip) -> String {
        let indices = 0..<zones
        let bars = indices.map { index in
            let (first, last) = (index * perBar, index * perBar + perBar - 1)
            return "  - {name: l\(index), channels: white, output: {driver: led, name: lab-latency-\(index)}}\n"
                + "  - {name: p\(index), channels: white, output: {driver: pwm, chip: 0, channel: \(index)}}\n"
                + "  - {name: s\(index), channels: rgb, output: "
                + "{driver: ws281x, device: /dev/spidev0.0, leds: \(first)-\(last)}}\n"
        }
        let sensors = indices.map {
            "  - {name: e\($0), input: {driver: gpio, chip: \(chip.name), line: \($0)}}\n"
        }
        return "bars:\n" + bars.joined() + "sensors:\n" + sensors.joined()
    }

    static func zone(_ index: Int) -> String {
        "bars: [lab/l\(index), lab/p\(index), lab/s\(index)]\nsensors: {lab/e\(index): first}\nhold: 5s\nlead: 0s\n"
            + "look: {colour: \(AgentOutputTests.colour), easeIn: 0s, easeOut: 0s}\n"
    }

    @Test
    func `light comes with the edge by the LED class, by PWM and on a strip`() async throws {
        let chip = try SimulatedChip(lines: 16)
        let bare = Spread(try await LatencyTests.bareLatencies(chip))
        let leds = try (0..<Self.zones).map { try UserLED("lab-latency-\($0)") }
        let zones = (0..<Self.zones).map { ("zone-\($0)", Self.zone($0)) }
        let seen = try await LabNode.with(Self.hardware(chip), zones: zones) { node in
            try await node.health("bar/s0") { $0.healthy }
            var seen: [Seen] = []
            for _ in 0..<Self.rounds {
                for index in 0..<Self.zones {
                    seen.append(try await Self.pull(index, of: chip, leds[index]))
                    try chip.pull(index, false)
                }
                for led in leds {
                    try await eventually(within: .seconds(10), "it is dark") { led.brightnesses.last?.value == 0 }
                }
            }
            return seen
        }
        for channel in 0..<Self.zones { try? SystemFile.write("\(channel)", to: "\(AgentOutputTests.pwm)/unexport") }
        print("lab: libgpiod \(GPIOLine.libraryVersion): a bare thread's edge after the pull, \(bare)")
        for (what, latencies) in [
            ("an LED of the LED class", seen.compactMap(\.led)), ("a PWM's duty cycle", seen.compactMap(\.pwm)),
            ("a WS2812B strip's bytes", seen.compactMap(\.strip)),
        ] {
            try #require(latencies.count == seen.count, "\(what) was lit \(latencies.count) of \(seen.count) times")
            let spread = Spread(latencies)
            print(
                "lab: first light after the pull, \(what), \(latencies.count) times: \(spread); the agent's part of the median:",
                "\(spread.excess(over: bare) / 1000) µs")
            #expect(spread.excess(over: bare) < LatencyTests.limit)
        }
    }

    /// Pulls a line, and looks every half a millisecond, before all programs, what is lit; where a look takes long, less
    /// often, so that the programs have half of the time.
    private static func pull(_ index: Int, of chip: SimulatedChip, _ led: UserLED) async throws -> Seen {
        try SystemFile.write("", to: AgentOutputTests.spi)
        return try await onThread {
            let duty = open("\(AgentOutputTests.pwm)/pwm\(index)/duty_cycle", O_RDONLY | O_CLOEXEC)
            let spi = open(AgentOutputTests.spi, O_RDONLY | O_CLOEXEC)
            defer { for descriptor in [duty, spi] where descriptor >= 0 { close(descriptor) } }
            guard duty >= 0, spi >= 0 else { throw TestFailure("no PWM or no SPI to look at") }
            var buffer = [UInt8](repeating: 0, count: 16_384)
            var priority = sched_param(sched_priority: 50)
            sched_setscheduler(0, SCHED_FIFO, &priority)
            let before = MonotonicClock.now
            try chip.pull(index, true)
            var seen = Seen()
            var sent = 0
            var looked: Int64 = 0
            while MonotonicClock.now - before < 10_000_000_000 {
                usleep(useconds_t(max(500, looked / 1000)))
                let look = MonotonicClock.now
                defer { looked = MonotonicClock.now - look }
                // Dark it is "0", full on it is the period.
                if seen.pwm == nil, pread(duty, &buffer, 16, 0) > 2 { seen.pwm = MonotonicClock.now - before }
                let count = seen.strip == nil ? pread(spi, &buffer, buffer.count, 0) : sent
                if count != sent {
                    sent = count
                    let now = MonotonicClock.now
                    let shown = try AgentOutputTests.strip(count: zones * perBar)
                    if shown.map({ $0[index * perBar * 3] > 0 }) == true { seen.strip = now - before }
                }
                seen.led = led.brightnesses.last { $0.t > before && $0.value > 0 }.map { $0.t - before }
                if seen.strip != nil, seen.led != nil, seen.pwm != nil { break }
            }
            return seen
        }
    }
}
