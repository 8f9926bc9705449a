import Glibc
import Hardware
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("An agent with LEDs on the kernel's own interfaces", .inLab)
struct AgentOutputTests {
    static let pwm = "/sys/class/pwm/pwmchip0"
    static let spi = "/sys/kernel/debug/lab-spi/tx0"

    /// A white whose red, green and blue need no dithering: a strip at rest is then left alone, and all that is sent to
    /// it fits what the lab keeps.
    static let colour = "5000K"

    static let zone = """
        bars: [lab/led, lab/pwm, lab/strip]
        sensors: {lab/pir: first}
        hold: 5s
        look: {brightness: 100%, colour: \(colour), easeIn: 0s, easeOut: 0s}
        """

    static func hardware(chip: String, led: String) -> String {
        """
        bars:
          - {name: led, channels: white, output: {driver: led, name: \(led)}}
          - {name: pwm, channels: white, output: {driver: pwm, chip: 0, channel: 1}}
          - {name: strip, channels: rgb, output: {driver: ws281x, device: /dev/spidev0.0, leds: 8}}
        sensors:
          - {name: pir, input: {driver: gpio, chip: \(chip), line: 3}}

        """
    }

    /// The strip's LEDs by the bytes sent last: a transfer begins with a low byte and ends with a reset.
    static func strip(count: Int) throws -> [UInt8]? {
        let sent = try SystemFile.bytes(spi)
        // A low byte, nine for each LED, and a reset of 300 µs.
        let transfer = 1 + count * 9 + 105
        guard sent.count >= transfer, sent.count % transfer == 0 else { return nil }
        return try PulseDecoder.bytes(of: Array(sent.suffix(transfer)), hertz: 2_800_000, PulseDecoder.ws2812b)
    }

    @Test
    func `a pull on the PIR's line lights an LED, a PWM and a WS2812 strip; then all go dark`() async throws {
        let chip = try SimulatedChip()
        let led = try UserLED("lab-agent-led", maximum: 1000)
        try SystemFile.write("", to: Self.spi)
        try await LabNode.with(Self.hardware(chip: chip.name, led: "lab-agent-led"), zone: Self.zone) { node in
            let pulled = MonotonicClock.now
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "the LED is lit") { led.brightnesses.last?.value == 1000 }
            try await eventually(within: .seconds(5), "the PWM is lit") {
                try SystemFile.read("\(Self.pwm)/pwm1/duty_cycle") == "333333"
            }
            #expect(try SystemFile.read("\(Self.pwm)/pwm1/period") == "333333")
            #expect(try SystemFile.read("\(Self.pwm)/pwm1/enable") == "1")
            // Each LED alike, and by its data sheet's light of the colour asked for.
            try await eventually(within: .seconds(5), "the strip is lit") {
                guard let shown = try Self.strip(count: 8) else { return false }
                let leds = stride(from: 0, to: 24, by: 3).map { Array(shown[$0..<$0 + 3]) }
                return leds.allSatisfy { $0 == leds[0] }
                    && DataSheetRGB.difference([1, 0, 2].map { Double(leds[0][$0]) / 255 }, from: 5000)
                        < AgentColourTests.rounding
            }
            if let first = led.brightnesses.first(where: { $0.value > 0 }) {
                print("first light \(Double(first.t - pulled) / 1e6) ms after the pull")
            }
            try chip.pull(3, false)
            try await eventually(within: .seconds(10), "all is dark") {
                try led.brightnesses.last?.value == 0 && SystemFile.read("\(Self.pwm)/pwm1/duty_cycle") == "0"
                    && Self.strip(count: 8)?.allSatisfy { $0 == 0 } == true
            }
        }
        try? SystemFile.write("1", to: "\(Self.pwm)/unexport")
    }

    @Test
    func `an SPI device that is unbound is told, the other bars go on, and it works once it is back`() async throws {
        let chip = try SimulatedChip()
        let led = try UserLED("lab-unbound-led")
        let driver = "/sys/bus/spi/drivers/spidev"
        try await LabNode.with(Self.hardware(chip: chip.name, led: "lab-unbound-led"), zone: Self.zone) { node in
            try await node.health("bar/strip") { $0.healthy }
            try SystemFile.write("spi0.0", to: "\(driver)/unbind")
            let fault = try await node.health("bar/strip") { !$0.healthy }
            #expect(fault.detail?.contains("/dev/spidev0.0 isn't there") == true, "\(fault.detail ?? "")")
            #expect(fault.detail?.contains("dtparam=spi=on") == true)
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "the LED is lit all the same") {
                led.brightnesses.last?.value == 255
            }
            #expect(try await node.health("bar/led") { $0.healthy }.detail == nil)
            try SystemFile.write("", to: Self.spi)
            try SystemFile.write("spi0.0", to: "\(driver)/bind")
            try await node.health("bar/strip", within: .seconds(30)) { $0.healthy }
            #expect((try Self.strip(count: 8) ?? []).contains { $0 > 0 }, "it shows what it should")
        }
        try? SystemFile.write("1", to: "\(Self.pwm)/unexport")
    }

    @Test
    func `what may not be written, or is mounted read-only, is told with what to do, and works again after`()
        async throws
    {
        let chip = try SimulatedChip()
        let led = try UserLED("lab-forbidden-led")
        let device = "/dev/spidev0.0"
        try await LabNode.with(Self.hardware(chip: chip.name, led: "lab-forbidden-led"), zone: Self.zone) { node in
            #expect(chown(device, 65534, 65534) == 0 && chmod(device, 0o600) == 0)
            defer { chown(device, 0, 0) }
            try await node.start(isBound: true)
            let fault = try await node.health("bar/strip") { !$0.healthy }
            #expect(fault.detail?.contains("\(device) may not be written") == true, "\(fault.detail ?? "")")
            #expect(fault.detail?.contains("group spi") == true)
            #expect(chmod(device, 0o666) == 0)
            try await node.health("bar/strip", within: .seconds(30)) { $0.healthy }

            // What it has open for writing would keep /sys from being mounted otherwise.
            try await node.kill()
            let mount = try ChildProcess("mount", ["-o", "remount,ro", "/sys"])
            #expect(try mount.waitForEnd() == .exit(0), "\(mount.output)")
            try await node.start()
            let readOnly = try await node.health("bar/led") { !$0.healthy }
            #expect(readOnly.detail?.contains("mounted read-only") == true, "\(readOnly.detail ?? "")")
            #expect(readOnly.detail?.contains("remount,rw") == true)
            let remount = try ChildProcess("mount", ["-o", "remount,rw", "/sys"])
            #expect(try remount.waitForEnd() == .exit(0), "\(remount.output)")
            try await node.health("bar/led", within: .seconds(30)) { $0.healthy }
        }
        withExtendedLifetime(led) {}
        try? SystemFile.write("1", to: "\(Self.pwm)/unexport")
    }

    /// What a start of the program takes that has nothing to do, nanoseconds: the best of three.
    private static func bareStart() async throws -> Int64 {
        var best = Int64.max
        for _ in 0..<3 {
            let started = MonotonicClock.now
            _ = try await ChildProcess(Programs.path("footlight-agent"), ["--help"]).end()
            best = min(best, MonotonicClock.now - started)
        }
        return best
    }

    @Test
    func `with a local sensor a bar is lit within a second of the process's start, or what five bare starts take`()
        async throws
    {
        let chip = try SimulatedChip()
        let led = try UserLED("lab-start-led")
        try await LabNode.with(Self.hardware(chip: chip.name, led: "lab-start-led"), zone: Self.zone) { node in
            try await node.kill()
            try chip.pull(3, true)
            let started = MonotonicClock.now
            try await node.start()
            try await eventually(within: .seconds(5), "the LED is lit") { led.brightnesses.last?.value == 255 }
            let lit = try #require(led.brightnesses.last { $0.value == 255 })
            let bare = try await Self.bareStart()
            print(
                "lit \((lit.t - started) / 1_000_000) ms after the process's start; a bare start takes \(bare / 1_000_000)"
            )
            #expect(lit.t - started < max(1_000_000_000, bare * 5))
        }
        try? SystemFile.write("1", to: "\(Self.pwm)/unexport")
    }
}
