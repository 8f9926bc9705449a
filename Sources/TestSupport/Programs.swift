import Glibc
import Processes

/// Our own programs, as they were built together with the tests.
package enum Programs {
    /// The path of `footlight` or `footlight-agent`.
    package static func path(_ name: String) throws -> String {
        for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        throw TestFailure("\(name) is not built (looked in \(folders.joined(separator: ", "))); run swift build first")
    }

    /// Where the test bundle is: given by its path among the arguments, or it is the running program itself.
    private static let folders: [String] = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") } + [own]
        return bundles.compactMap { path in
            path.lastIndex(of: "/").map { String(path[..<$0]) }
        }
    }()
}
