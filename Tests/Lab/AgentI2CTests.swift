import Glibc
import Mesh
import Processes
import TestSupport
import Testing

@Suite("An agent with bars on a PCA9685, which the kernel's i2c-stub stands in for", .inLab)
struct AgentI2CTests {
    /// A register of a chip.
    private static func register(_ number: UInt8, of chip: Int) throws -> UInt8 {
        let descriptor = open("/dev/i2c-0", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestFailure("/dev/i2c-0: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        // - Source: linux/i2c-dev.h: I2C_SLAVE; I2C_SMBUS with struct i2c_smbus_ioctl_data {read_write (1: read), command,
        //   size (2: a byte), *data}.
        guard ioctl(descriptor, 0x0703, Int32(chip)) == 0 else { throw TestFailure("no address: \(errno)") }
        var data = [UInt8](repeating: 0, count: 34)
        let result = data.withUnsafeMutableBytes { data in
            var call = [UInt8](repeating: 0, count: 16)
            (call[0], call[1]) = (1, number)
            return call.withUnsafeMutableBytes { call in
                call.storeBytes(of: 2, toByteOffset: 4, as: UInt32.self)
                call.storeBytes(of: UInt(bitPattern: data.baseAddress), toByteOffset: 8, as: UInt.self)
                return ioctl(descriptor, 0x0720, call.baseAddress!)
            }
        }
        guard result == 0 else { throw TestFailure("can't read: \(String(cString: strerror(errno)))") }
        return data[0]
    }

    /// The counts of 4096 for which a channel is high.
    ///
    /// - Source: NXP, PCA9685, Rev. 4, table 7: LEDn_ON_L is 6 + 4n; bit 4 of the high bytes is full on and full off.
    private static func high(_ channel: UInt8, of chip: Int = 0x40) throws -> Int {
        let bytes = try (0..<4).map { Int(try register(6 + 4 * channel + UInt8($0), of: chip)) }
        if bytes[3] & 0x10 != 0 { return 0 }
        if bytes[1] & 0x10 != 0 { return 4096 }
        let (on, off) = (bytes[0] + 256 * (bytes[1] & 0x0f), bytes[2] + 256 * (bytes[3] & 0x0f))
        return (off - on + 4096) % 4096
    }

    @Test func `motion lights bars on two boards, each on its channels; then they go dark`() async throws {
        let chip = try SimulatedChip()
        let hardware = """
            bars:
              - {name: low, channels: white, output: {driver: pca9685, bus: /dev/i2c-0, channel: 3}}
              - {name: pair, channels: warm-cold, output: {driver: pca9685, bus: /dev/i2c-0, channels: [8, 9]}}
              - {name: high, channels: white, output: {driver: pca9685, bus: /dev/i2c-0, address: 0x41, channel: 0}}
            sensors:
              - {name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}

            """
        let zone = """
            bars: [lab/low, lab/pair, lab/high]
            sensors: {lab/pir: first}
            hold: 5s
            look: {brightness: 100%, colour: 2700K, easeIn: 0s, easeOut: 0s}
            """
        try await LabNode.with(hardware, zone: zone) { node in
            try await node.health("bar/low") { $0.healthy }
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "all are lit") {
                try Self.high(3) == 4096 && Self.high(8) > 1000 && Self.high(0, of: 0x41) == 4096
            }
            // - Source: 7.3.5: 25 MHz / 4096 / 1526 Hz, rounded, less one; table 5: awake, registers follow one another.
            #expect(try Self.register(0xfe, of: 0x40) == 3)
            #expect(try Self.register(0, of: 0x40) == 0x20)
            try chip.pull(3, false)
            try await eventually(within: .seconds(15), "all is dark") {
                try Self.high(3) == 0 && Self.high(8) == 0 && Self.high(9) == 0 && Self.high(0, of: 0x41) == 0
            }
        }
    }
}
