internal import Glibc

/// The board's files, as whoever asks may see them.
public struct Board: Sendable {
    /// The folder that stands for `/`: another one in tests.
    public var root: String

    /// The board below `root`.
    public init(root: String = "") { self.root = root }

    /// What may be done with a file.
    package enum Access: Int32 {
        case read = 4
        case write = 2
        case readWrite = 6
    }

    /// A file's text without the white space at its ends; nil where it can't be read.
    package func text(_ path: String) -> String? {
        let descriptor = open(root + path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < 1 << 20 {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk.prefix(count)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    /// The names in a folder, in order; none where it can't be read.
    package func names(in path: String) -> [String] {
        guard let folder = opendir(root + path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// Why a file can't be used so; 0 where it can.
    package func obstacle(_ path: String, _ wanted: Access) -> Int32 {
        access(root + path, wanted.rawValue) == 0 ? 0 : errno
    }

    /// The group that a file belongs to, by name or number, and whether others than its owner and group may read it.
    package func owner(of path: String) -> (group: String, isOpenToAll: Bool)? {
        var status = stat()
        guard stat(root + path, &status) == 0 else { return nil }
        let name = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
        return (name, status.st_mode & 0o004 != 0)
    }

    /// Who asks.
    package static var user: String {
        getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
    }

    /// Whether who asks may do anything, so that permissions can't be judged.
    package static var isSuperuser: Bool { geteuid() == 0 }
}
