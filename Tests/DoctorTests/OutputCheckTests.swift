import Glibc
import Hardware
import NodeFile
import Testing

@testable import Doctor

@Suite("What the doctor finds of a board's LEDs")
struct OutputCheckTests {
    private func checkup(_ bars: String, on root: FakeRoot) throws -> Checkup {
        let file = try AgentFile(
            text: "site: home\nnode: stair-01\nbrokers: [mqtt://127.0.0.1:1]\nbars: [\(bars)]\n", file: "some.yaml")
        return Checkup(file, board: root.board)
    }

    @Test
    func `a PWM chip that isn't there, has too few channels, or may not be used`() throws {
        let root = try FakeRoot()
        let checkup = try checkup(
            "{name: bar, channels: white, output: {driver: pwm, chip: 0, channel: 1}}", on: root)
        let missing = try #require(checkup.outputs().first)
        #expect(missing.verdict == .fault && missing.found == "/sys/class/pwm/pwmchip0 isn't there")
        #expect(missing.remedy?.contains("dtoverlay=pwm-2chan") == true)
        try root.write("2", to: "/sys/class/pwm/pwmchip2/npwm")
        #expect(checkup.outputs()[0].found == "/sys/class/pwm/pwmchip0 isn't there; there is pwmchip2")

        try root.write("1", to: "/sys/class/pwm/pwmchip0/npwm")
        #expect(checkup.outputs()[0].found == "/sys/class/pwm/pwmchip0 has no channel 1: it has 1, counted from 0")
        try root.write("2", to: "/sys/class/pwm/pwmchip0/npwm")
        try root.write("", to: "/sys/class/pwm/pwmchip0/export")
        #expect(checkup.outputs().map(\.verdict) == [.fine])
        try root.write("0", to: "/sys/class/pwm/pwmchip0/pwm1/duty_cycle", mode: 0o444)
        // Root may write all the same, and is told so elsewhere.
        #expect(checkup.outputs().map(\.verdict) == [geteuid() == 0 ? .fine : .fault])
    }

    @Test
    func `an LED that isn't there, has too few colours, or can't be dimmed`() throws {
        let root = try FakeRoot()
        let white = try checkup("{name: bar, channels: white, output: {driver: led, name: stair}}", on: root)
        try root.write("255", to: "/sys/class/leds/ACT/max_brightness")
        #expect(white.outputs().map(\.found) == ["LED stair isn't there; there is ACT"])
        try root.write("1", to: "/sys/class/leds/stair/max_brightness")
        try root.write("0", to: "/sys/class/leds/stair/brightness")
        #expect(white.outputs().map(\.verdict) == [.warning])
        #expect(white.outputs()[0].found == "LED stair has one step, so it is on or off")
        try root.write("255", to: "/sys/class/leds/stair/max_brightness")
        #expect(white.outputs().map(\.verdict) == [.fine])

        let colour = try checkup("{name: bar, channels: rgb, output: {driver: led, name: stair}}", on: root)
        #expect(colour.outputs().map(\.verdict) == [.fault])
        try root.write("red green blue", to: "/sys/class/leds/stair/multi_index")
        try root.write("0 0 0", to: "/sys/class/leds/stair/multi_intensity")
        #expect(colour.outputs().map(\.verdict) == [.fine])
    }

    @Test
    func `a strip's bus: switched off, and with a buffer too small for the frame of all bars on it`() throws {
        let root = try FakeRoot()
        let checkup = try checkup(
            "{name: low, channels: rgb, output: {driver: ws281x, device: /dev/spidev0.0, leds: 0-299}}, "
                + "{name: high, channels: rgb, output: {driver: ws281x, device: /dev/spidev0.0, leds: 300-599}}",
            on: root)
        let missing = try #require(checkup.outputs().first)
        #expect(checkup.outputs().count == 1 && missing.check == "bars low, high" && missing.verdict == .fault)
        #expect(
            missing.found.hasPrefix("/dev/spidev0.0 isn't there") && missing.remedy?.contains("dtparam=spi=on") == true)
        try root.write("", to: "/dev/spidev0.0")
        // 600 LEDs of three bytes, each of nine bytes of SPI for eight bits… and a reset.
        #expect(checkup.outputs()[0].found == "/dev/spidev0.0: a frame has 5506 bytes and spidev takes 4096 at once")
        #expect(checkup.outputs()[0].remedy?.contains("spidev.bufsiz=65536") == true)
        try root.write("65536", to: "/sys/module/spidev/parameters/bufsiz")
        #expect(checkup.outputs().map(\.verdict) == [.fine])
        // APA102 has a clock of its own, and may be sent in pieces.
        let clocked = try self.checkup(
            "{name: bar, channels: rgb, output: {driver: apa102, device: /dev/spidev0.0, leds: 5000}}", on: root)
        try root.write("4096", to: "/sys/module/spidev/parameters/bufsiz")
        #expect(clocked.outputs().map(\.verdict) == [.fine])
    }

    @Test
    func `a controller on the network that there is a way to; nothing is sent to it`() throws {
        let root = try FakeRoot()
        let checkup = try checkup(
            "{name: bar, channels: rgb, output: {driver: ddp, host: 127.0.0.1, leds: 10}}", on: root)
        #expect(checkup.outputs().map(\.verdict) == [.fine])
        let nowhere = try self.checkup(
            "{name: bar, channels: rgb, output: {driver: ddp, host: 255.255.255.255, leds: 10}}", on: root)
        #expect(nowhere.outputs().map(\.verdict) == [.fault])
        let receiver = try self.checkup(
            "{name: bar, channels: rgb, output: {driver: e131, universe: 7, host: 127.0.0.1, leds: 10}}", on: root)
        #expect(receiver.outputs().map(\.verdict) == [.fine])
    }

    @Test
    func `an I2C bus that isn't there; a node of Art-Net that there is a way to`() throws {
        let root = try FakeRoot()
        let board = try checkup("{name: bar, channels: white, output: {driver: pca9685, channel: 0}}", on: root)
        let missing = try #require(board.outputs().first)
        #expect(missing.verdict == .fault && missing.found.hasPrefix("/dev/i2c-1 isn't there"))
        #expect(missing.remedy?.contains("dtparam=i2c_arm=on") == true)
        try root.write("", to: "/dev/i2c-1")
        #expect(board.outputs()[0].found.contains("is no I2C bus"))
        let node = try checkup(
            "{name: bar, channels: rgb, output: {driver: artnet, host: 127.0.0.1, universe: 0, leds: 10}}", on: root)
        #expect(node.outputs().map(\.verdict) == [.fine])
    }

    @Test
    func `a trace's folder, and nothing of what needs nothing`() throws {
        let root = try FakeRoot()
        let checkup = try checkup(
            "{name: a, channels: white, output: simulated}, "
                + "{name: b, channels: white, output: {driver: trace, path: /var/trace/b.jsonl}}", on: root)
        #expect(checkup.outputs().map(\.verdict) == [.fault])
        try root.folder("/var/trace")
        #expect(checkup.outputs().map(\.verdict) == [.fine])
    }

    @Test
    func `a radar's serial line that isn't there, or may not be used`() throws {
        let root = try FakeRoot()
        let file =
            "site: home\nnode: n\nbrokers: [mqtt://127.0.0.1:1]\n"
            + "sensors: [{name: hall, input: {driver: ld2410, device: /dev/serial0}}]\n"
        let checkup = Checkup(try AgentFile(text: file, file: "some.yaml"), board: root.board)
        let missing = try #require(checkup.boardSensors().first)
        #expect(missing.check == "sensor hall" && missing.found.hasPrefix("/dev/serial0 isn't there"))
        #expect(missing.remedy?.contains("enable_uart=1") == true)
        try root.write("", to: "/dev/serial0")
        #expect(checkup.boardSensors().map(\.verdict) == [.fine])
    }

    @Test
    func `a bar's GPIO line is among the lines`() throws {
        let root = try FakeRoot()
        let checkup = try checkup(
            "{name: bar, channels: white, output: {driver: gpio, chip: gpiochip77, line: 4}}", on: root)
        #expect(checkup.outputs().isEmpty)
        #expect(checkup.lines().map(\.check) == ["bar bar"] && checkup.lines()[0].verdict == .fault)
    }
}
