import FoundationEssentials
import Processes

/// A folder in /tmp that goes with the object.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init(_ name: String) throws {
        path = "/tmp/footlight-\(name)-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, and returns its path.
    @discardableResult
    package func write(_ text: String, to name: String, mode: Int = 0o644) throws -> String {
        guard
            FileManager.default.createFile(
                atPath: "\(path)/\(name)", contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        else {
            throw TestFailure("can't write \(path)/\(name)")
        }
        return "\(path)/\(name)"
    }

    /// What a file holds; nothing if there is none.
    package func contents(of name: String) throws -> [UInt8] {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) } ?? []
    }
}
