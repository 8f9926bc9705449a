internal import FoundationEssentials
internal import Glibc

/// A vault in a folder: of another disk, or of another machine's.
public struct FolderVault: Vault {
    private let folder: String

    /// The vault in a folder, which is made with the first object.
    public init(folder: String) { self.folder = folder }

    /// Puts an object there, durably.
    public func put(_ bytes: [UInt8], at name: String) throws -> Bool {
        let path = "\(folder)/\(name)"
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw VaultError("can't make \(parent): \(error)")
        }
        // Under a name of its own first, so that nobody ever sees half of it; the link is refused where there is one.
        let draft = "\(parent)/.draft-\(getpid())-\(UInt32.random(in: .min ... .max))"
        defer { unlink(draft) }
        try FolderVault.write(bytes, to: draft)
        if link(draft, path) != 0 {
            guard errno == EEXIST else { throw VaultError(errno: errno, "can't put \(path)") }
            return false
        }
        try FolderVault.sync(parent)
        return true
    }

    /// An object's bytes.
    public func get(_ name: String) throws -> [UInt8]? {
        let path = "\(folder)/\(name)"
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw VaultError(errno: errno, "can't read \(path)")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw VaultError(errno: errno, "can't read \(path)") }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(1 << 20, max(1, Int(status.st_size))))
        while true {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw VaultError(errno: errno, "can't read \(path)") }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }

    /// The names of the objects that begin so.
    public func list(_ prefix: String) throws -> [String] {
        guard access(folder, F_OK) == 0 else { return [] }
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw VaultError("can't read the folder \(folder)")
        }
        return names.filter { name in
            var isFolder = false
            return name.hasPrefix(prefix) && !name.contains("/.") && !name.hasPrefix(".")
                && FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) && !isFolder
        }.sorted()
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw VaultError(errno: errno, "can't write \(path)") }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw VaultError(errno: errno, "can't write \(path)") }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw VaultError(errno: errno, "can't write \(path)") }
    }

    private static func sync(_ folder: String) throws {
        let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw VaultError(errno: errno, "can't open \(folder)") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw VaultError(errno: errno, "can't write \(folder)") }
    }
}

extension VaultError {
    init(errno: Int32, _ what: String) { self.init("\(what): \(String(cString: strerror(errno)))") }
}
