private import CLinux
private import Glibc

/// An SPI bus as spidev gives it out, `/dev/spidev0.0`: mode 0, 8 bits.
public final class SPIDevice: ByteSink {
    /// The file in which spidev says how many bytes a transfer may have.
    public static let bufferSizePath = "/sys/module/spidev/parameters/bufsiz"
    /// The most bytes that a transfer may have where that file says nothing.
    public static let defaultBufferSize = 4096

    private let path: String
    private let hertz: Int
    /// Whether a transfer may be cut in pieces with a pause between.
    private let isDivisible: Bool
    private var descriptor: Int32 = -1
    private var bufferSize = SPIDevice.defaultBufferSize

    /// The device at `path`, which is opened when something is sent.
    public init(path: String, hertz: Int, isDivisible: Bool) {
        self.path = path
        self.hertz = hertz
        self.isDivisible = isDivisible
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// Sends `bytes`.
    public func send(_ bytes: [UInt8]) throws(HardwareError) {
        if descriptor < 0 { try open() }
        guard isDivisible || bytes.count <= bufferSize else {
            throw SPIDevice.tooLong(bytes.count, bufferSize: bufferSize, at: path)
        }
        var sent = 0
        while sent < bytes.count {
            let count = min(bytes.count - sent, bufferSize)
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + sent, count) }
            guard written > 0 else {
                let error = errno
                if error == EINTR { continue }
                throw failure(error)
            }
            sent += written
        }
    }

    private func open() throws(HardwareError) {
        descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        var mode = UInt8(0)
        var bits = UInt8(8)
        var speed = UInt32(hertz)
        guard ioctl(descriptor, footlight_spi_write_mode, &mode) >= 0,
            ioctl(descriptor, footlight_spi_write_bits, &bits) >= 0,
            ioctl(descriptor, footlight_spi_write_speed, &speed) >= 0
        else { throw failure(errno) }
        if let text = SysfsFile.text(at: SPIDevice.bufferSizePath), let size = Int(text), size > 0 { bufferSize = size }
    }

    private func failure(_ error: Int32) -> HardwareError {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
        if error == ENOTTY || error == EINVAL {
            return HardwareError(
                .unsuitable, "\(path) is no SPI bus, or none that can do \(hertz) Hz; name a /dev/spidevB.C")
        }
        return SPIDevice.failure(error, at: path)
    }

    /// The fault that the system's `error` number means at a device.
    public static func failure(_ error: Int32, at path: String) -> HardwareError {
        HardwareError(
            errno: error, at: path,
            ifMissing:
                "switch SPI on (Raspberry Pi: dtparam=spi=on in config.txt) and check the number: ls /dev/spidev*",
            group: "spi")
    }

    /// The fault of a frame that spidev doesn't take in one piece.
    public static func tooLong(_ count: Int, bufferSize: Int, at path: String) -> HardwareError {
        HardwareError(
            .unsuitable,
            "\(path): a frame has \(count) bytes and spidev takes \(bufferSize) at once; add spidev.bufsiz=65536 to the "
                + "kernel's command line (Raspberry Pi: /boot/firmware/cmdline.txt) and reboot, or use fewer LEDs")
    }
}
