import Glibc
import Processes

/// A disk of its own, in memory, that can be filled. It needs to be root.
package final class SmallDisk: Sendable {
    /// Whether one can be had here.
    package static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder("try") else { return false }
        return (try? SmallDisk(at: "\(folder.path)/disk", kilobytes: 128)) != nil
    }()

    /// Where it is mounted.
    package let path: String

    /// Mounts one in a folder that is made for it.
    ///
    /// - Throws: ``ProcessFailure``.
    package init(at path: String, kilobytes: Int) throws {
        self.path = path
        mkdir(path, 0o755)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            throw ProcessFailure("can't mount: \(String(cString: strerror(errno)))")
        }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    /// Takes all the room that there is.
    ///
    /// - Throws: ``ProcessFailure``.
    package func fill() throws {
        let file = open("\(path)/filler", O_WRONLY | O_CREAT, 0o600)
        let block = [UInt8](repeating: 1, count: 65_536)
        var size = block.count
        // The last pages too.
        while size >= 4096 { if write(file, block, size) <= 0 { size /= 2 } }
        guard errno == ENOSPC else {
            throw ProcessFailure("the disk doesn't fill: \(String(cString: strerror(errno)))")
        }
        close(file)
    }

    /// Gives it back.
    package func makeRoom() { unlink("\(path)/filler") }

    /// What a file on it holds.
    package func contents(of name: String) -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 131_072)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
