internal import AWSTopology
internal import FoundationEssentials
internal import Glibc
internal import Synchronization

/// The files that commands are called with: files, folders, and standard input.
enum TopologySources {
    /// Endings of files that may describe a topology.
    private static let endings = ["yaml", "yml", "json", "template", "tfstate"]
    /// Folders nest no deeper than people nest them.
    private static let deepest = 16

    /// Templates that were read as parts of others; a class, for it is noted where they are read.
    private final class ReadParts: Sendable {
        private let files = Mutex<Set<String>>([])

        func note(_ file: String) { files.withLock { _ = $0.insert(file) } }

        func contains(_ file: String) -> Bool { files.withLock { $0.contains(file) } }
    }

    /// A file, and what it describes.
    typealias Read = (file: String, document: TopologyDocument)

    /// What is read, and what of folders is passed over.
    private struct Reading {
        var documents: [Read] = []
        var skipped: [LintReports.Skipped] = []
    }

    /// The reports of all that is named.
    ///
    /// - Parameter parameters: Values of a template's parameters.
    /// - Throws: `Failure` for a file that can't be read, `TopologyError` for one that is wrong; what is wrong in a
    ///   folder is passed over, and said.
    static func reports(
        of names: [String], parameters: [String: String], suppressions: [LintSuppression]
    ) throws -> LintReports {
        let reading = try reading(names, parameters: parameters, notesUnread: false)
        return LintReports(
            reading.documents.map { LintReport(of: $0.document, file: $0.file, suppressions: suppressions) },
            skipped: reading.skipped)
    }

    /// What all that is named describes.
    ///
    /// - Parameters:
    ///   - parameters: Values of a template's parameters.
    ///   - notesUnread: Whether to note what of templates nothing is made of.
    /// - Throws: As ``reports(of:parameters:suppressions:)``.
    static func documents(
        of names: [String], parameters: [String: String], notesUnread: Bool = false
    ) throws -> [Read] {
        try reading(names, parameters: parameters, notesUnread: notesUnread).documents
    }

    private static func reading(
        _ names: [String], parameters: [String: String], notesUnread: Bool
    ) throws -> Reading {
        var reading = Reading()
        let read = ReadParts()
        let nested = NestedTemplates { path, from in
            guard !path.hasPrefix("/"), from != "-" else { return nil }
            let file = Self.joined(from, path)
            guard let text = try? TopologyFile.text(of: file) else { return nil }
            read.note(file)
            return NestedTemplates.Found(file: file, text: text)
        }
        func add(_ name: String, _ text: String) throws {
            let document = try TopologyDocument(
                reading: text, file: name, parameters: parameters, nested: nested, notesUnread: notesUnread)
            reading.documents.append((name, document))
        }
        for name in names {
            if name == "-" {
                try add("-", try standardInput())
            } else if let files = files(in: name, depth: 0) {
                for file in files {
                    do { try add(file, try TopologyFile.text(of: file)) } catch let error as TopologyError {
                        let reason = error.code == .unknownForm ? "it describes no topology" : "\(error)"
                        reading.skipped.append(LintReports.Skipped(file: file, reason: reason))
                    }
                }
            } else {
                try add(name, try TopologyFile.text(of: name))
            }
        }
        // What is a part of another template is taken with it, with what it is given there.
        reading.documents.removeAll { read.contains($0.file) }
        return reading
    }

    /// The files below a folder, in order; nil for what is none.
    private static func files(in folder: String, depth: Int) -> [String]? {
        guard depth < deepest, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            return nil
        }
        return names.sorted().filter { !$0.hasPrefix(".") }.flatMap { (name) -> [String] in
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if let inner = files(in: path, depth: depth + 1) { return inner }
            return endings.contains { name.hasSuffix(".\($0)") } ? [path] : []
        }
    }

    /// A path as a file has it, from where the reader stands.
    private static func joined(_ file: String, _ path: String) -> String {
        var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
        for part in path.split(separator: "/").map(String.init) {
            switch part {
            case ".": break
            case ".." where !parts.isEmpty && parts.last != ".." && parts.last != "": parts.removeLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// Standard input, which can be read once only.
    private static let input = Mutex<String?>(nil)

    private static func standardInput() throws -> String {
        if let text = input.withLock({ $0 }) { return text }
        let text = try readStandardInput()
        input.withLock { $0 = text }
        return text
    }

    private static func readStandardInput() throws -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.badFile, "Standard input is not UTF-8 text; save it as such.")
        }
        return text
    }
}
