internal import Glibc

/// Files that are there whole, or as they were before.
public enum WholeFile {
    private static let limit = 64 << 20

    /// Writes a file whole, or not at all; when it returns, the disk has it.
    ///
    /// - Parameter permissions: who may read and write it.
    /// - Returns: why it couldn't be written.
    public static func replace(_ path: String, with bytes: [UInt8], permissions: UInt32 = 0o600) -> String? {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return "\(temporary): \(String(cString: strerror(errno)))" }
        let isWritten =
            write(bytes, to: descriptor) && fchmod(descriptor, permissions) == 0 && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(isWritten ? errno : code))
            // What came to nothing takes no room on a disk that may be full.
            unlink(temporary)
            return "\(path): \(reason)"
        }
        synchroniseFolder(of: path)
        return nil
    }

    /// Returns the bytes of a file; nil where it can't be read, is empty, or is too large.
    public static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, (1..<limit).contains(Int(status.st_size)) else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count == bytes.count ? bytes : nil
    }

    /// A disk that is nearly full takes the first part of what is written.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if count > 0 { offset += count } else if count == 0 || errno != EINTR { return false }
            }
            return true
        }
    }

    /// The new name is on the disk with its folder. Some file systems can't say so; then it comes a little later.
    private static func synchroniseFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
