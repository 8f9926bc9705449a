private import CLinux
private import Glibc

/// A chip on an I2C bus as i2c-dev gives it out, `/dev/i2c-1`, by SMBus calls.
final class I2CDevice: RegisterBus {
    private let bus: String
    private let address: Int
    private var descriptor: Int32 = -1

    /// The chip at `address` of `bus`, which is opened when something is read or written.
    init(bus: String, address: Int) {
        self.bus = bus
        self.address = address
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func read(_ register: UInt8) throws(HardwareError) -> UInt8 {
        if descriptor < 0 { try open() }
        let value = footlight_i2c_read(descriptor, register)
        guard value >= 0 else { throw failure(errno) }
        return UInt8(value)
    }

    func write(_ bytes: [UInt8], from register: UInt8) throws(HardwareError) {
        if descriptor < 0 { try open() }
        guard footlight_i2c_write(descriptor, register, bytes, UInt8(bytes.count)) == 0 else { throw failure(errno) }
    }

    private func open() throws(HardwareError) {
        descriptor = Glibc.open(bus, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0, footlight_i2c_select(descriptor, UInt8(address)) == 0 else { throw failure(errno) }
    }

    private func failure(_ error: Int32) -> HardwareError {
        let wasOpen = descriptor >= 0
        if wasOpen { close(descriptor) }
        descriptor = -1
        // What an adapter says of a chip that doesn't pull the line down for its acknowledgement.
        if wasOpen, [ENXIO, EREMOTEIO, EIO, ETIMEDOUT].contains(error) {
            let number = bus.split(separator: "-").last ?? "1"
            return HardwareError(
                .unavailable,
                "nothing answers at 0x\(String(address, radix: 16)) of \(bus) (\(String(cString: strerror(error)))); "
                    + "check wiring, supply and the chip's address (i2cdetect -y \(number))")
        }
        if wasOpen, error == ENOTTY || error == EOPNOTSUPP {
            return HardwareError(
                .unsuitable, "\(bus) is no I2C bus, or can't write blocks; name a /dev/i2c-N (i2cdetect -l)")
        }
        return I2CDevice.failure(error, at: bus)
    }

    /// The fault that the system's `error` number means at a bus.
    static func failure(_ error: Int32, at bus: String) -> HardwareError {
        HardwareError(
            errno: error, at: bus,
            ifMissing: "switch I2C on (Raspberry Pi: dtparam=i2c_arm=on in config.txt) and see ls /dev/i2c-*",
            ifBusy: "a kernel driver has the chip: take its overlay out, or drive it by the led or pwm driver",
            group: "i2c")
    }
}
