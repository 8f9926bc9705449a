import FoundationEssentials
import Testing

/// A folder with files such as sysfs has.
final class FakeFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = "/tmp/footlight-hardware-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        let file = "\(path)/\(name)"
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data((text + "\n").utf8).write(to: URL(filePath: file))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    /// The first line of a file: a value written over a longer one leaves its rest behind, which it doesn't in sysfs.
    func line(_ name: String) throws -> String {
        let text = String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
        return String(try #require(text.split(separator: "\n", omittingEmptySubsequences: false).first))
    }
}
