import Configuration
import Documents
import Glibc
import NodeFile
import Testing
import YAML

@Suite("No file, however hostile, does more than be refused")
struct HostileFilesTests {
    /// A folder of the test's own, removed after it.
    func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/footlight-configuration-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { rmdir(folder) }
        try body(folder)
    }

    /// `setfsuid`, which Swift's Glibc leaves out: as whom this thread opens files.
    let setFileUser = unsafeBitCast(dlsym(nil, "setfsuid"), to: (@convention(c) (uid_t) -> Int32).self)

    @Test
    func `a path that leads to no readable file is refused with the system's reason`() throws {
        try withFolder { folder in
            let (loop, secret) = (folder + "/loop", folder + "/secret")
            symlink(loop, loop)
            close(open(secret, O_CREAT | O_WRONLY, 0o000))
            defer {
                unlink(loop)
                unlink(secret)
            }
            let paths = [
                (folder + "/none.yaml", ENOENT), (folder, EISDIR), (loop, ELOOP), (secret + "/x", ENOTDIR),
                (folder + "/" + String(repeating: "x", count: 300), ENAMETOOLONG), (secret, EACCES),
            ]
            for (path, code) in paths {
                // Root may read anything; for this thread, and this while, we aren't.
                let isRoot = geteuid() == 0
                if isRoot, code == EACCES { _ = setFileUser(65534) }
                defer { if isRoot, code == EACCES { _ = setFileUser(0) } }
                for faults in [faults { try SiteFile(path: path) }, faults { try AgentFile(path: path) }] {
                    let error = try #require(faults?.errors.first, "\(path)")
                    #expect(error.code == .unreadable)
                    #expect(error.mark == nil)
                    #expect(error.description.hasPrefix("\(path): can't be "))
                    #expect(error.description.contains(String(cString: strerror(code))))
                }
            }
        }
        for path in ["", "/etc/host\0s"] {
            #expect(faults { try SiteFile(path: path) }?.errors.first?.code == .unreadable)
        }
    }

    @Test
    func `a file without end is read no further than a megabyte`() throws {
        #expect(faults { try SiteFile(path: "/dev/zero") }?.errors.first?.code == .tooLarge)
    }

    static let bytes: [(String, [UInt8], ConfigurationError.Code, YAMLMark?)] = [
        ("nothing", [], .missing, YAMLMark(line: 1, column: 1)),
        ("only a comment", Array("# site: home\n".utf8), .missing, nil),
        ("a single word", Array("home".utf8), .wrongKind, YAMLMark(line: 1, column: 1)),
        ("a list", Array("- site: home".utf8), .wrongKind, YAMLMark(line: 1, column: 1)),
        ("null", Array("~".utf8), .missing, YAMLMark(line: 1, column: 1)),
        ("a NUL", Array("site: a\nzones: \0{}".utf8), .notText, YAMLMark(line: 2, column: 8)),
        ("an escape sequence", Array("site: \u{1b}[2J".utf8), .notText, YAMLMark(line: 1, column: 7)),
        ("a delete character", Array("site: a\n# \u{7f}".utf8), .notText, YAMLMark(line: 2, column: 3)),
        ("invalid UTF-8", Array("site: h".utf8) + [0xff, 0xfe], .notText, YAMLMark(line: 1, column: 8)),
        ("half a character", Array("site: é".utf8).dropLast(), .notText, YAMLMark(line: 1, column: 7)),
        ("Latin-1", Array("# caf".utf8) + [0xe9] + Array("\nsite: a".utf8), .notText, YAMLMark(line: 1, column: 6)),
        ("UTF-16", [0xff, 0xfe, 0x73, 0x00], .notText, YAMLMark(line: 1, column: 1)),
        ("a tab for a space", Array("site: home\nzones:\n\tstairs: 1".utf8), .syntax, nil),
        ("two documents", Array("site: a\n---\nsite: b".utf8), .syntax, YAMLMark(line: 3, column: 1)),
        ("brackets without end", Array(repeating: 0x5b, count: 64), .tooLarge, nil),
        ("braces in keys", Array(String(repeating: "{? ", count: 64).utf8), .tooLarge, nil),
        ("a million laughs", laughs, .tooLarge, nil),
        ("a list of 300,000", Array(("site: [" + String(repeating: "x,", count: 300_000) + "]").utf8), .tooLarge, nil),
        ("a cycle", Array("site: &a [*a]".utf8), .syntax, nil),
        ("a key that is a list", Array("[a]: b".utf8), .syntax, YAMLMark(line: 1, column: 1)),
        ("two megabytes", Array(repeating: 0x20, count: 2 << 20), .tooLarge, nil),
    ]

    static let laughs: [UInt8] = {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = "*a\(level - 1)"
            text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        return Array(text.utf8)
    }()

    // By their places: the log of a run would hold all these megabytes.
    @Test(arguments: bytes.indices)
    func `bytes that are no site and no agent`(_ index: Int) throws {
        let (what, bytes, code, mark) = Self.bytes[index]
        for faults in [
            faults { try SiteFile(bytes: bytes, file: "f") }, faults { try AgentFile(bytes: bytes, file: "f") },
        ] {
            let error = try #require(faults?.errors.first, "\(what)")
            #expect(error.code == code, "\(error)")
            if let mark { #expect(error.mark == mark, "\(error)") }
            #expect(error.description.utf8.count < 1000)
            #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        }
    }

    static let long = String(repeating: "x", count: 1_000_000)

    static let longWords = [
        "site: \(long)", "\(long): 1", "\(long): 1\n\(long): 2", "site: a\nzones: {\(long): {bars: [a]}}",
        "site: a\nzones: {z: {bars: [\(long)]}}", "site: a\nzones: {z: {bars: [a], hold: \(long)}}",
        "site: a\nzones: {z: {bars: [a], sensors: {\(long): \(long)}}}".prefix(1_000_000) + "}}",
        "site: *\(long)", "site: !\(long) x", "site: '\(long)", "brokers: [mqtt://\(long)]",
        "brokers: ['mqtt://a@\(long)']", "site: a\nnode: n\nbars: [{name: \(long)}]",
    ]

    @Test(arguments: longWords.indices)
    func `a megabyte where a word belongs, as value, name or key, is refused in a few words`(_ index: Int) throws {
        let text = Self.longWords[index]
        for faults in [faults { try SiteFile(text: text, file: "f") }, faults { try AgentFile(text: text, file: "f") }]
        {
            for error in try #require(faults).errors { #expect(error.description.utf8.count < 1000) }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `ten thousand sensors at bars that aren't among ten thousand are refused, not compared each with each`() throws
    {
        let bars = (0..<10_000).map { "bar-\($0)" }.joined(separator: ",")
        let sensors = (0..<10_000).map { "n/s-\($0): foo-\($0)" }.joined(separator: ",")
        let text = "site: s\nzones: {z: {bars: [\(bars)], sensors: {\(sensors)}}}"
        let faults = try #require(faults { try SiteFile(text: text, file: "f") })
        #expect(faults.errors.count + faults.omitted == 10_000)
        #expect(faults.errors.allSatisfy { $0.code == .unknownReference })
    }
}
