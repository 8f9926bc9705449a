internal import Glibc

/// A file that only takes room, to be given up where a full disk keeps an outbox from being emptied: SQLite needs room to
/// delete, too.
struct Ballast: Sendable {
    let path: String
    let size: Int

    /// Puts it there, where the disk has room for it twice.
    func place() {
        var found = stat()
        if stat(path, &found) == 0, found.st_size >= size { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var room = statvfs()
        guard fstatvfs(descriptor, &room) == 0, Int(room.f_bavail) * Int(room.f_frsize) > 2 * size,
            posix_fallocate(descriptor, 0, off_t(size)) == 0
        else {
            unlink(path)
            return
        }
    }

    /// Gives it up.
    ///
    /// - Returns: whether there was any.
    func drop() -> Bool {
        var found = stat()
        return stat(path, &found) == 0 && found.st_size > 0 && unlink(path) == 0
    }
}
