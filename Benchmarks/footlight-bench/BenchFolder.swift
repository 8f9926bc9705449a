internal import FoundationEssentials
internal import Glibc

/// A folder for traces and stamps that goes with the object: in memory where possible, so that no disk disturbs.
final class BenchFolder: Sendable {
    let path: String

    /// - Throws: ``BenchFailure`` where there is no room.
    init() throws {
        let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(base)/footlight-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchFailure("there is no room for a folder in \(base)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        guard FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(text.utf8)) else {
            throw BenchFailure("can't write \(path)/\(name)")
        }
    }

    /// What a file holds; nothing if there is none.
    func bytes(of name: String) -> [UInt8] {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) } ?? []
    }

    /// The lines of a file, each as the numbers that stand in it.
    func numbers(in name: String) -> [[Int64]] {
        bytes(of: name).split(separator: 0x0a).map { line in
            line.split(separator: 0x20).compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
        }
    }
}
