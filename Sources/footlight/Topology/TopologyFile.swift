internal import AWSTopology
internal import FoundationEssentials

/// Topologies and what is made of them, on disk.
enum TopologyFile {
    /// The topology in `path`.
    ///
    /// - Throws: `Failure` for a file that can't be read, `TopologyError` for one that is wrong.
    static func read(_ path: String) throws -> Topology { try Topology(reading: text(of: path), file: path) }

    /// The text in `path`.
    ///
    /// - Throws: `Failure` for a file that can't be read.
    static func text(of path: String) throws -> String {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw Failure(.badFile, "\(path) can't be read; check that it is there and that you may read it.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Failure(.badFile, "\(path) is not UTF-8 text; save it as such.")
        }
        return text
    }

    /// Writes `text` to `path`.
    ///
    /// - Throws: `Failure` where it can't be written.
    static func write(_ text: String, to path: String) throws {
        do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw Failure(
                .badFile, "\(path) can't be written; check that its folder is there and that you may write to it.")
        }
    }

    /// The default topology, for commands that are given no file.
    static func standard() throws -> Topology { try Topology(reading: DefaultTopology.text, file: "the default") }
}
