import Glibc
import Processes
import TestSupport

/// A chip on the lab's I2C bus, as the kernel's i2c-stub keeps its registers.
///
/// - Source: linux/i2c-dev.h: I2C_SLAVE_FORCE, since a driver may have the address; I2C_SMBUS with
///   struct i2c_smbus_ioctl_data {read_write (1: read), command, size (2: a byte, 3: a word), *data}, 34 bytes of data.
struct SMBus {
    static let device = "/dev/i2c-0"
    let address: Int32

    /// A register of 8 bits.
    func byte(_ register: UInt8) throws -> UInt8 { UInt8(try call(isRead: true, register, size: 2, 0)) }

    /// Sets a register of 16 bits.
    func set(_ register: UInt8, _ word: UInt16) throws { _ = try call(isRead: false, register, size: 3, word) }

    private func call(isRead: Bool, _ register: UInt8, size: UInt32, _ value: UInt16) throws -> UInt16 {
        let descriptor = open(SMBus.device, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestFailure("\(SMBus.device): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard ioctl(descriptor, 0x0706, address) == 0 else { throw TestFailure("no address: \(errno)") }
        var data = [UInt8](repeating: 0, count: 34)
        (data[0], data[1]) = (UInt8(value & 0xff), UInt8(value >> 8))
        let result = data.withUnsafeMutableBytes { data in
            var call = [UInt8](repeating: 0, count: 16)
            (call[0], call[1]) = (isRead ? 1 : 0, register)
            return call.withUnsafeMutableBytes { call in
                call.storeBytes(of: size, toByteOffset: 4, as: UInt32.self)
                call.storeBytes(of: UInt(bitPattern: data.baseAddress), toByteOffset: 8, as: UInt.self)
                return ioctl(descriptor, 0x0720, call.baseAddress!)
            }
        }
        guard result == 0 else { throw TestFailure("the chip doesn't answer: \(String(cString: strerror(errno)))") }
        return UInt16(data[0]) | UInt16(data[1]) << 8
    }
}
