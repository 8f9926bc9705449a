import Glibc

/// Where a program of the repository's works: beside the others that it starts, with a folder for what they leave.
package struct Workplace: Sendable {
    private let checkout: Checkout
    /// The folder of the program that runs, where those are that it starts.
    package var programs: String { checkout.programs }
    /// The repository's.
    package var root: String { checkout.root }
    /// Empty at first, below /tmp; it stays until somebody removes it.
    package let folder: String

    /// - Parameter name: what the folder's name begins with.
    /// - Throws: ``ProcessFailure``.
    package init(_ name: String) throws {
        checkout = try Checkout()
        var template = Array("/tmp/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ProcessFailure("there is no room for a folder in /tmp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a file into the folder.
    package func write(_ text: String, to name: String) throws {
        guard let file = fopen("\(folder)/\(name)", "w") else { throw ProcessFailure("can't write \(folder)/\(name)") }
        defer { fclose(file) }
        fputs(text, file)
    }
}
