import Glibc
import Hardware
import Lighting
import Testing

@Suite("Outputs by sysfs, on folders that look like it (the real one is in Tests/Lab)")
struct SysfsOutputTests {
    func frame(_ channels: UInt16...) -> Frame { Frame(channels: channels, lightness: .full) }

    static let channel = ["period": "0", "duty_cycle": "0", "enable": "0", "polarity": "normal"]

    func chip(_ channels: Int...) throws -> FakeFolder {
        let chip = try FakeFolder(["npwm": "4", "export": ""])
        for number in channels { for (file, text) in Self.channel { try chip.write(text, to: "pwm\(number)/\(file)") } }
        return chip
    }

    @Test
    func `a PWM bar's duty cycles are its drives' part of the period`() throws {
        let chip = try chip(0, 2)
        let output = PWMOutput(chip: chip.path, channels: [2, 0], hertz: 3000)
        output.set(frame(65535, 16384), of: 0)
        #expect(try output.present(isAtRest: true) == .seconds(10))
        #expect(try chip.line("pwm2/period") == "333333")
        #expect(try chip.line("pwm2/duty_cycle") == "333333")
        #expect(try chip.line("pwm0/duty_cycle") == "83335")
        #expect(try chip.line("pwm0/enable") == "1")
        #expect(try chip.line("pwm0/polarity") == "normal")
    }

    @Test
    func `an inverted PWM is set before it runs; one that runs as it should is left to run`() throws {
        let chip = try chip(0)
        let output = PWMOutput(chip: chip.path, channels: [0], hertz: 1000, isInverted: true)
        _ = try output.present(isAtRest: true)
        #expect(try chip.line("pwm0/polarity") == "inversed")
        #expect(try chip.line("pwm0/enable") == "1")
        try chip.write("4711", to: "pwm0/duty_cycle")
        let again = PWMOutput(chip: chip.path, channels: [0], hertz: 1000, isInverted: true)
        again.set(frame(6554), of: 0)
        _ = try again.present(isAtRest: true)
        #expect(try chip.line("pwm0/duty_cycle") == "100008")
    }

    @Test
    func `a PWM too fast for 16 bits is dithered in time`() throws {
        let chip = try chip(0)
        let output = PWMOutput(chip: chip.path, channels: [0], hertz: 40000)
        output.set(frame(10), of: 0)
        var sum = 0
        for _ in 0..<1000 {
            #expect(try output.present(isAtRest: false) == .milliseconds(10))
            sum += try #require(Int(try chip.line("pwm0/duty_cycle")))
        }
        #expect(abs(Double(sum) / 1000 - 10.0 / 65535 * 25000) < 0.01)
    }

    @Test
    func `a chip that isn't there is told; when it comes, it is used`() throws {
        let chip = try FakeFolder()
        let output = PWMOutput(chip: chip.path + "/pwmchip9", channels: [0], hertz: 3000)
        let error = #expect(throws: HardwareError.self) { try output.present(isAtRest: true) }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("dtoverlay=pwm") == true, "\(error?.description ?? "")")
        for (file, text) in Self.channel { try chip.write(text, to: "pwmchip9/pwm0/\(file)") }
        output.set(frame(65535), of: 0)
        _ = try output.present(isAtRest: true)
        #expect(try chip.line("pwmchip9/pwm0/duty_cycle") == "333333")
    }

    @Test
    func `an LED's brightness is its drive's part of its maximum, and its trigger is taken off`() throws {
        let led = try FakeFolder(["brightness": "0", "max_brightness": "1000", "trigger": "none [heartbeat] timer"])
        let output = LEDClassOutput(folders: [led.path], channels: [.white])
        output.set(frame(65535), of: 0)
        #expect(try output.present(isAtRest: true) == .seconds(10))
        #expect(try led.line("brightness") == "1000")
        #expect(try led.line("trigger").hasPrefix("none"))
    }

    @Test
    func `one LED for each channel, each with its own maximum; one with few steps is on or off`() throws {
        let warm = try FakeFolder(["brightness": "0", "max_brightness": "255"])
        let cold = try FakeFolder(["brightness": "0", "max_brightness": "1"])
        let output = LEDClassOutput(folders: [warm.path, cold.path], channels: [.warm, .cold])
        output.set(frame(257 * 100, 20), of: 0)
        _ = try output.present(isAtRest: true)
        #expect(try warm.line("brightness") == "100")
        #expect(try cold.line("brightness") == "1")
        output.set(frame(0, 0), of: 0)
        _ = try output.present(isAtRest: true)
        #expect(try warm.line("brightness") == "0")
        #expect(try cold.line("brightness") == "0")
    }

    @Test
    func `a multicolour LED gets the channels in its own order`() throws {
        let led = try FakeFolder([
            "brightness": "0", "max_brightness": "255", "multi_index": "green red blue white",
            "multi_intensity": "0 0 0 0",
        ])
        let output = LEDClassOutput(folders: [led.path], channels: [.red, .green, .blue])
        output.set(frame(257, 514, 771), of: 0)
        _ = try output.present(isAtRest: true)
        #expect(try led.line("multi_intensity") == "2 1 3 0")
        #expect(try led.line("brightness") == "255")
    }

    @Test
    func `an LED that can't be what the bar is, or isn't there, is told with what to do`() throws {
        let plain = try FakeFolder(["brightness": "0", "max_brightness": "255"])
        let mono = LEDClassOutput(folders: [plain.path], channels: [.red, .green, .blue])
        #expect(throws: HardwareError.self) { try mono.present(isAtRest: true) }
        let none = LEDClassOutput(folders: ["/sys/class/leds/no-such-led"], channels: [.white])
        let error = #expect(throws: HardwareError.self) { try none.present(isAtRest: true) }
        #expect(error?.description.contains("ls /sys/class/leds") == true)
    }

    @Test
    func `a trace that can't be opened is told, and written once it can`() throws {
        let folder = try FakeFolder()
        let output = TraceOutput(path: folder.path + "/later/bar.jsonl", bar: "n/bar")
        output.set(frame(7, 8), of: 0)
        #expect(throws: HardwareError.self) { try output.present(isAtRest: true) }
        try folder.write("", to: "later/other")
        _ = try output.present(isAtRest: true)
        #expect(try folder.line("later/bar.jsonl").hasSuffix("\"channels\":[7,8]}"))
        // Who came home when is nobody else's business, as in the state.
        var status = stat()
        #expect(stat(folder.path + "/later/bar.jsonl", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test
    func `a device that fails is left alone longer each time, up to ten seconds`() {
        var backoff = Backoff()
        #expect((0..<7).map { _ in backoff.failed() } == [0.5, 1, 2, 4, 8, 10, 10].map { .seconds($0) })
        backoff.succeeded()
        #expect(backoff.failed() == .milliseconds(500))
    }
}
