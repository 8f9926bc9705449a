internal import Mesh
internal import Platform

/// The messages that a program remembers for a start without a broker, or with one that lost its memory, by topic, in a
/// file. A cache, no more.
public struct StateCache {
    private let file: KeptFile
    /// The messages, by topic.
    public private(set) var messages: [String: String] = [:]

    /// The cache of `name` in `directory`.
    public init(directory: String, name: String) {
        let path = "\(directory)/\(name).json"
        file = KeptFile(path)
        guard let bytes = WholeFile.read(path) else { return }
        // A spoilt cache is none.
        messages = (try? JSON.decode([String: String].self, from: bytes, within: .keptFile)) ?? [:]
    }

    /// The latest instant for the next call of ``attend(at:)``, in nanoseconds of the monotonic clock.
    public var nextDue: Int64 { file.nextDue }

    /// The reason why the cache can't be saved, and since when (on the monotonic clock) it hasn't been; nil: it can.
    public var failure: (reason: String, since: Int64)? { file.failure }

    /// True while the disk has all that is kept.
    public var isSaved: Bool { file.isSaved }

    /// Keeps a message, for now in memory only; an empty one is forgotten.
    public mutating func keep(topic: String, payload: [UInt8], at now: Int64) {
        let text = payload.isEmpty ? nil : String(decoding: payload, as: UTF8.self)
        guard messages[topic] != text else { return }
        messages[topic] = text
        file.changed(at: now)
    }

    /// Writes what is new to the file once that is due, without waiting for the disk.
    public func attend(at now: Int64) -> KeptFile.News? {
        let messages = messages
        return file.attend(at: now) { JSON.encode(messages) }
    }

    /// The program ends: writes what is new.
    ///
    /// - Returns: why it couldn't be written.
    public func finish() -> String? { file.finish { JSON.encode(messages) } }
}
