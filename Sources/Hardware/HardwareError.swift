private import Glibc

/// A fault of a piece of hardware, with its remedy.
public struct HardwareError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        enum Base { case unavailable, unsuitable, writeFailed }
        let base: Base
        /// The hardware isn't there, or isn't ours to use.
        public static let unavailable = Code(base: .unavailable)
        /// The hardware is there, and can't do what is asked of it.
        public static let unsuitable = Code(base: .unsuitable)
        /// The hardware didn't take a frame.
        public static let writeFailed = Code(base: .writeFailed)
    }

    /// The kind of fault.
    public var code: Code
    /// A sentence that says what and what to do.
    public var description: String

    /// A fault.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The fault that the system's `error` number at `path` means.
    ///
    /// - Parameters:
    ///   - ifMissing: what to do where the device isn't there.
    ///   - ifBusy: what to do where somebody else has it.
    ///   - group: the group that may use such devices.
    public init(errno error: Int32, at path: String, ifMissing: String, ifBusy: String = "", group: String) {
        let reason = String(cString: strerror(error))
        switch error {
        case ENOENT, ENODEV, ENXIO, ESHUTDOWN, ENOTDIR:
            self.init(.unavailable, "\(path) isn't there (\(reason)); \(ifMissing)")
        case EBUSY:
            self.init(
                .unavailable,
                "\(path) is in use (\(reason)); \(ifBusy.isEmpty ? "end the program that has it" : ifBusy)")
        case EACCES, EPERM:
            self.init(
                .unavailable,
                "\(path) may not be written (\(reason)); add the agent's user to the group \(group) "
                    + "(usermod -aG \(group) footlight), have udev give the device to it, and restart the agent")
        case EROFS:
            self.init(
                .unavailable,
                "\(path) is on a file system that is mounted read-only (\(reason)); run the agent by its systemd unit, "
                    + "which has ReadWritePaths=/sys/devices, or remount it: mount -o remount,rw /sys")
        default: self.init(.writeFailed, "\(path) can't be written (\(reason)); see dmesg, check wiring and supply")
        }
    }
}
