private import CLinux
private import Glibc

/// A serial line, raw, which is never waited for.
final class SerialPort {
    private let path: String
    /// The descriptor, readable when bytes have come.
    let descriptor: Int32

    /// Opens the line at `path` with 8 data bits and no parity.
    ///
    /// - Parameter baud: its speed.
    /// - Throws: ``HardwareError`` where it isn't there, or not to be had.
    init(path: String, baud: Int) throws(HardwareError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw SerialPort.failure(errno, at: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            close(descriptor)
            throw SerialPort.failure(error == EWOULDBLOCK ? EBUSY : error, at: path)
        }
        guard footlight_serial_raw(descriptor, UInt32(baud)) == 0 else {
            let error = errno
            close(descriptor)
            throw HardwareError(
                .unsuitable,
                "\(path) is no serial line that can do \(baud) baud (\(String(cString: strerror(error)))); name a "
                    + "/dev/serial0, /dev/ttyAMA0 or /dev/ttyUSB0")
        }
        tcflush(descriptor, TCIFLUSH)
    }

    deinit { close(descriptor) }

    /// The bytes that have come, at most 4096; none where there are none.
    ///
    /// - Throws: ``HardwareError`` where the line is gone.
    func read() throws(HardwareError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        if count > 0 { return Array(bytes.prefix(count)) }
        if count < 0, errno == EAGAIN || errno == EINTR { return [] }
        // VMIN is 0: an empty line reads as nothing too, but only a line that hung up is readable for it.
        if count == 0 {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 0) > 0, entry.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 else { return [] }
            throw SerialPort.failure(ENODEV, at: path)
        }
        throw SerialPort.failure(errno == EIO ? ENODEV : errno, at: path)
    }

    /// Sends bytes; what doesn't fit into the kernel's queue is lost, like what the line garbles.
    ///
    /// - Throws: ``HardwareError`` where the line is gone.
    func write(_ bytes: [UInt8]) throws(HardwareError) {
        guard Glibc.write(descriptor, bytes, bytes.count) < 0, errno != EAGAIN, errno != EINTR else { return }
        throw SerialPort.failure(errno == EIO ? ENODEV : errno, at: path)
    }

    /// The fault that the system's `error` number means at a serial line.
    static func failure(_ error: Int32, at path: String) -> HardwareError {
        HardwareError(
            errno: error, at: path,
            ifMissing:
                "switch the UART on (Raspberry Pi: enable_uart=1 in config.txt), or see which one it is: ls /dev/tty*",
            ifBusy: "end the program that has it, or the serial console (raspi-config, serial port)", group: "dialout")
    }
}
