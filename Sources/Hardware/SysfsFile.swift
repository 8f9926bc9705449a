internal import Glibc

/// A file of sysfs that takes numbers, kept open.
final class SysfsFile {
    /// Its path.
    let path: String
    private let descriptor: Int32
    private var bytes: [UInt8] = []

    /// Nil, and `errno`, where it can't be opened for writing.
    init?(_ path: String) {
        // Before anything is set: else the object would be there already, and its end would change `errno`.
        let opened = open(path, O_WRONLY | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        self.path = path
        descriptor = opened
        bytes.reserveCapacity(64)
    }

    deinit { close(descriptor) }

    /// Writes numbers with spaces between.
    ///
    /// - Returns: `errno`, or 0.
    func write(_ numbers: [Int]) -> Int32 {
        bytes.removeAll(keepingCapacity: true)
        for (index, number) in numbers.enumerated() {
            if index > 0 { bytes.append(0x20) }
            let start = bytes.count
            var rest = number
            repeat {
                bytes.append(UInt8(0x30 + rest % 10))
                rest /= 10
            } while rest > 0
            bytes[start...].reverse()
        }
        bytes.append(0x0a)
        return SysfsFile.write(bytes, to: descriptor)
    }

    /// Writes `text` to the file at `path`.
    ///
    /// - Returns: `errno`, or 0.
    static func write(_ text: String, to path: String) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return write(Array((text + "\n").utf8), to: descriptor)
    }

    /// What the file at `path` says, without white space at its end; nil where it can't be read.
    static func text(at path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        let text = bytes[..<count].prefix { $0 != 0x0a }
        return String(decoding: text, as: UTF8.self)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        // At the beginning: sysfs takes a value whole.
        pwrite(descriptor, bytes, bytes.count, 0) == bytes.count ? 0 : errno
    }
}
