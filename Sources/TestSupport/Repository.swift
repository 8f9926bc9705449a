import FoundationEssentials
import Processes

/// The files of the repository, for tests that hold one to another.
public enum Repository {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// The text of a file; throws where there is none.
    public static func text(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: "\(root)/\(path)") else {
            throw TestFailure("there is no \(path)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The Swift files below a folder, by their path from the repository's.
    public static func swiftFiles(_ folder: String) throws -> [String] {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)") else {
            throw TestFailure("there is no \(folder)")
        }
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    }

    /// The text of all Swift files below some folders.
    public static func swift(below folders: String...) throws -> String {
        try folders.flatMap(swiftFiles).map(text).joined(separator: "\n")
    }

    /// The cells of each row of a document's tables that begins with code or a link; of one section, if that is given.
    public static func rows(_ path: String, section: String? = nil) throws -> [[String]] {
        var lines = try text(path).split(separator: "\n")[...]
        if let section {
            let heading = "## \(section)"
            lines = lines.drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
            if lines.isEmpty { throw TestFailure("\(path) has no section \(section)") }
        }
        return lines.filter { $0.hasPrefix("| `") || $0.hasPrefix("| [") }.map { line in
            line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Returns the words of a text that stand in backticks.
    public static func code(_ text: String) -> [String] { quoted(text, by: "`") }

    /// The texts in quotes of a Swift file that stand in one line.
    public static func literals(_ path: String) throws -> [String] {
        try text(path).split(separator: "\n").flatMap { quoted(String($0), by: "\"") }
    }

    private static func quoted(_ text: String, by mark: Character) -> [String] {
        text.split(separator: mark, omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) }
    }
}
