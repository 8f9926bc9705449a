internal import AWSTopology
internal import FoundationEssentials

/// Topologies and what is made of them, on disk.
enum TopologyFile {
    /// The topology in a file, in a folder of files, or in standard input (`-`), whatever its form.
    ///
    /// - Parameter parameters: Values of templates' parameters; other forms have none.
    /// - Throws: `Failure` for a file that can't be read, `TopologyError` for one that is wrong.
    static func read(_ path: String, parameters: [String: String] = [:]) throws -> Topology {
        var topology = try unnamed(path, parameters: parameters)
        if topology.name.isEmpty { topology.name = name(of: path) }
        return topology
    }

    /// The same, without a name where the file says none.
    private static func unnamed(_ path: String, parameters: [String: String]) throws -> Topology {
        let documents = try TopologySources.documents(of: [path], parameters: parameters)
        guard var topology = documents.first?.document.topology else {
            throw Failure(.badFile, "There is no topology in \(path); name a file that describes one.")
        }
        for (file, document) in documents.dropFirst() { try topology.add(document.topology, from: file) }
        return topology
    }

    /// The name of what a file describes that doesn't say one: `network` of `network.template.yaml`.
    static func name(of file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? ""
        let name = last.prefix { $0 != "." }
        return name.isEmpty || name == "-" ? "topology" : String(name)
    }

    /// Two topologies to be held against each other. Where only one of them knows its region, as a template doesn't, the
    /// other is taken to lie there as well: zones are the same by their names only.
    ///
    /// - Parameter parameters: Values of templates' parameters.
    /// - Throws: As ``read(_:parameters:)``.
    static func read(
        _ before: String, and after: String, parameters: [String: String]
    ) throws -> (before: Topology, after: Topology) {
        var first = try unnamed(before, parameters: parameters)
        var second = try unnamed(after, parameters: parameters)
        if first.name.isEmpty { first.name = second.name.isEmpty ? name(of: before) : second.name }
        if second.name.isEmpty { second.name = first.name }
        if let region = first.region ?? second.region {
            first = first.placed(in: region)
            second = second.placed(in: region)
        }
        return (first, second)
    }

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
