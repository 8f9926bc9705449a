import Glibc
import Processes
import TestSupport

/// A file of /sys: read whole, written in one go.
enum SystemFile {
    /// What it says, without the line's end.
    static func read(_ path: String) throws -> String {
        var text = String(decoding: try bytes(path), as: UTF8.self)
        while text.last == "\n" { text.removeLast() }
        return text
    }

    /// All that it has.
    static func bytes(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 { throw failure("read", path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Writes a text. A file of /sys takes a write or refuses it at once.
    static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw failure("write", path) }
    }

    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 else { throw failure("make", path) }
    }

    private static func failure(_ what: String, _ path: String) -> TestFailure {
        TestFailure("can't \(what) \(path): \(String(cString: strerror(errno)))")
    }
}
