import Glibc
import MQTT
import Processes
import TestSupport
import Testing

@Suite("The lab has the hardware that it promises", .inLab)
struct LabDevicesTests {
    @Test
    func `what sets a LED class device's brightness is heard of`() async throws {
        let led = try UserLED("lab-led", maximum: 1000)
        try SystemFile.write("321", to: "\(led.path)/brightness")
        try await eventually(within: .seconds(2), "the brightness is heard") { led.brightnesses.map(\.value) == [321] }
        #expect(try SystemFile.read("\(led.path)/max_brightness") == "1000")
    }

    @Test
    func `a PWM channel keeps what it is told`() throws {
        let chip = "/sys/class/pwm/pwmchip0"
        try SystemFile.write("3", to: "\(chip)/export")
        defer { try? SystemFile.write("3", to: "\(chip)/unexport") }
        try SystemFile.write("1000000", to: "\(chip)/pwm3/period")
        try SystemFile.write("250000", to: "\(chip)/pwm3/duty_cycle")
        #expect(try SystemFile.read("\(chip)/pwm3/duty_cycle") == "250000")
    }

    @Test(arguments: [0, 1])
    func `what is sent by SPI can be read, per chip select`(select: Int) throws {
        let sent = "/sys/kernel/debug/lab-spi/tx\(select)"
        try SystemFile.write("", to: sent)
        let descriptor = open("/dev/spidev0.\(select)", O_RDWR | O_CLOEXEC)
        #expect(descriptor >= 0)
        defer { close(descriptor) }
        let bytes: [UInt8] = [0x01, 0x80, 0xff, UInt8(select)]
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        #expect(try SystemFile.bytes(sent) == bytes)
    }

    @Test
    func `an I2C chip makes a multicolour LED`() throws {
        let bus = "/sys/bus/i2c/devices/i2c-0"
        try SystemFile.write("blinkm 0x09", to: "\(bus)/new_device")
        defer { try? SystemFile.write("0x09", to: "\(bus)/delete_device") }
        let led = try #require(try Self.names(in: "/sys/class/leds").first { $0.contains("blinkm") })
        #expect(try SystemFile.read("/sys/class/leds/\(led)/multi_index") == "red green blue")
        try SystemFile.write("255 96 0", to: "/sys/class/leds/\(led)/multi_intensity")
        #expect(try SystemFile.read("/sys/class/leds/\(led)/multi_intensity") == "255 96 0")
    }

    static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw TestFailure("no \(folder)") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }
}
