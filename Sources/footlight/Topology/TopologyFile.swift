import AWSTopology
import ArgumentParser
import Foundation

/// Reads a topology from disk.
enum TopologyFile {
    /// The topology in `path`.
    ///
    /// - Throws: `ValidationError` for a file that can't be read, `TopologyError` for one that is wrong.
    static func read(_ path: String) throws -> Topology { try Topology(reading: text(of: path), file: path) }

    /// The text in `path`.
    ///
    /// - Throws: `ValidationError` for a file that can't be read.
    static func text(of path: String) throws -> String {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw ValidationError("\(path) can't be read; check that it is there and that you may read it.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw ValidationError("\(path) is not UTF-8 text; save it as such.")
        }
        return text
    }

    /// The default topology, for commands that are given no file.
    static func standard() throws -> Topology { try Topology(reading: DefaultTopology.text, file: "the default") }
}
