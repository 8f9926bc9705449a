internal import Glibc
internal import Mesh

/// What a program remembers for a start without a broker, or with one that lost its memory: messages, by topic, in a file.
/// A cache, no more.
public struct StateCache: Sendable {
    private static let limit = 64 << 20
    private let path: String
    /// The messages, by topic.
    public private(set) var messages: [String: String] = [:]
    /// Whether the file lacks something.
    public private(set) var isStale = false

    /// The cache of `name` in `directory`.
    public init(directory: String, name: String) {
        path = "\(directory)/\(name).json"
        guard let bytes = StateCache.read(path) else { return }
        // A spoilt cache is none.
        messages = (try? JSON.decode([String: String].self, from: bytes, within: .keptFile)) ?? [:]
    }

    /// Keeps a message, until it is saved in memory only; an empty one is forgotten.
    public mutating func keep(topic: String, payload: [UInt8]) {
        let text = payload.isEmpty ? nil : String(decoding: payload, as: UTF8.self)
        guard messages[topic] != text else { return }
        messages[topic] = text
        isStale = true
    }

    /// Writes what is new to the file.
    ///
    /// - Returns: why it couldn't be written.
    public mutating func save() -> String? {
        guard isStale else { return nil }
        isStale = false
        return StateCache.replace(path, with: JSON.encode(messages))
    }

    /// Writes a file whole, or not at all.
    ///
    /// - Returns: why it couldn't be written.
    public static func replace(_ path: String, with bytes: [UInt8]) -> String? {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return "\(temporary): \(String(cString: strerror(errno)))" }
        let written = write(descriptor, bytes, bytes.count)
        close(descriptor)
        guard written == bytes.count, rename(temporary, path) == 0 else {
            return "\(path): \(String(cString: strerror(errno)))"
        }
        return nil
    }

    /// What a file holds; nil where it can't be read, is empty, or is too large.
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
}
