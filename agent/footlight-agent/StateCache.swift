internal import Glibc
internal import Mesh

/// What a node remembers for a start without a broker: the configuration that it last heard. A cache, no more.
struct StateCache {
    private static let limit = 4 << 20
    private let path: String
    private(set) var messages: [String: String] = [:]

    /// The cache of `node` in `directory`.
    init(directory: String, node: String) {
        path = "\(directory)/\(node).json"
        guard let bytes = StateCache.read(path) else { return }
        // A spoilt cache is none.
        messages = (try? JSON.decode([String: String].self, from: bytes)) ?? [:]
    }

    /// Keeps a message; an empty one is forgotten.
    ///
    /// - Returns: why it couldn't be written.
    mutating func keep(topic: String, payload: [UInt8]) -> String? {
        let text = payload.isEmpty ? nil : String(decoding: payload, as: UTF8.self)
        guard messages[topic] != text else { return nil }
        messages[topic] = text
        return StateCache.replace(path, with: JSON.encode(messages))
    }

    /// Writes a file whole, or not at all.
    ///
    /// - Returns: why it couldn't be written.
    static func replace(_ path: String, with bytes: [UInt8]) -> String? {
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

    /// What a file holds; nil where it can't be read, or is too large.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(descriptor, &bytes, limit)
        guard count > 0, count < limit else { return nil }
        return Array(bytes.prefix(count))
    }
}
