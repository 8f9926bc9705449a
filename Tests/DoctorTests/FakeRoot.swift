import Glibc
import Hardware
import Processes

@testable import Doctor

/// A folder that stands for a board's `/`, and goes with the object.
final class FakeRoot {
    let path: String

    init() throws {
        var template = Array("/tmp/footlight-root-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ProcessFailure("no folder in /tmp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = try? ChildProcess("rm", ["-r", path]).waitForEnd() }

    var board: Board { Board(root: path) }

    func folder(_ name: String) throws {
        var made = path
        for part in name.split(separator: "/") {
            made += "/\(part)"
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw ProcessFailure("can't make \(made)") }
        }
    }

    func write(_ text: String, to name: String, mode: mode_t = 0o644) throws {
        try folder(String(name[..<(name.lastIndex(of: "/") ?? name.startIndex)]))
        guard let file = fopen(path + name, "w") else { throw ProcessFailure("can't write \(name)") }
        fputs(text, file)
        fclose(file)
        chmod(path + name, mode)
    }
}
