internal import Documents
internal import Glibc

/// The time zone database as it is installed on this machine.
///
/// - Source: `tzfile(5)`: a compiled zone begins with the four bytes `TZif`; Debian's package `tzdata`.
public struct TimeZoneDatabase: Sendable {
    /// The database of Debian, and of most other systems.
    public static let system = TimeZoneDatabase(folder: "/usr/share/zoneinfo")

    /// Where the compiled zones are.
    let folder: String

    /// Folders with the zones once more, by rules of their own: they are no zones.
    private static let variants: Set<String> = ["posix", "right"]
    /// Files of compiled rules that say nothing of a place: the machine's own zone, the rules for POSIX's texts, and
    /// the zone of a machine that nobody has set up.
    private static let placeless: Set<String> = ["localtime", "posixrules", "Factory"]

    /// The file of a zone; nil for what isn't the name of one, whatever else is there.
    ///
    /// A name is one to three words of letters, digits, `_`, `+` and `-`, joined by `/`, so that it leads nowhere else.
    func path(of name: String) -> String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), name.utf8.count <= 64, parts.allSatisfy({ TimeZoneDatabase.isWord($0) }),
            !TimeZoneDatabase.variants.contains(String(parts[0])), !TimeZoneDatabase.placeless.contains(name)
        else { return nil }
        return "\(folder)/\(name)"
    }

    /// Returns whether the database has a zone of that name, `Europe/Berlin` say.
    public func contains(_ name: String) -> Bool { path(of: name).map { TimeZoneDatabase.isCompiledZone($0) } ?? false }

    /// Returns whether a name may stand in a file: the database has it or, where this machine has no database, it could
    /// be one.
    public func allows(_ name: String) -> Bool { contains(name) || !isInstalled && path(of: name) != nil }

    /// True if there is a database at all: some machines have none.
    public var isInstalled: Bool { access(folder, R_OK | X_OK) == 0 }

    /// The names of all zones, for spelling help: some six hundred files are looked at.
    func names() -> [String] {
        var names: [String] = []
        var folders = [""]
        while let prefix = folders.popLast() {
            for entry in TimeZoneDatabase.entries(of: "\(folder)/\(prefix)") {
                guard let path = path(of: prefix + entry) else { continue }
                if TimeZoneDatabase.isCompiledZone(path) {
                    names.append(prefix + entry)
                } else if TimeZoneDatabase.isFolder(path) {
                    folders.append("\(prefix)\(entry)/")
                }
            }
        }
        return names.sorted()
    }

    /// The zone that somebody may have meant by `text`: the nearest name, or the one whose city it is.
    public func nearest(to text: String) -> String? {
        let names = names()
        if let near = Spelling.nearest(to: text, in: names.filter { $0.contains("/") || text.utf8.count <= 6 }) {
            return near
        }
        let word = text.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return names.first { $0.split(separator: "/").last?.lowercased() == word }
    }

    private static func isWord(_ part: Substring) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x5f: true
                default: false
                }
            }
    }

    private static func isCompiledZone(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var magic: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        let count = withUnsafeMutableBytes(of: &magic) { read(descriptor, $0.baseAddress, $0.count) }
        return count == 4 && magic == (0x54, 0x5a, 0x69, 0x66)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
