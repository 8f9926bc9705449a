import Glibc

/// A compiled time zone as its file has it, read by nothing that the agent uses.
///
/// - Source: RFC 9636, 3.1 and 3.2, the block of version 2 and later.
struct ZoneFile {
    /// Seconds since 1970 at which another offset came, and the offset from then on.
    let transitions: [(at: Int64, offset: Int)]
    /// The offset before the first of them.
    let first: Int

    /// The file at `path`; nil where it is no compiled zone of version 2 or later.
    init?(path: String) {
        guard let bytes = ZoneFile.contents(of: path) else { return nil }
        self.init(bytes)
    }

    private init?(_ bytes: [UInt8]) {
        guard bytes.count > 44, bytes.starts(with: [0x54, 0x5a, 0x69, 0x66]),
            bytes[4] >= 0x32
        else { return nil }
        func number(_ place: Int, _ width: Int) -> Int64 {
            let value = bytes[place..<place + width].reduce(Int64(0)) { $0 << 8 | Int64($1) }
            return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : value
        }
        func counts(_ header: Int) -> [Int] { (0..<6).map { Int(number(header + 20 + $0 * 4, 4)) } }
        func size(_ counts: [Int], _ width: Int) -> Int {
            counts[3] * (width + 1) + counts[4] * 6 + counts[5] + counts[2] * (width + 4) + counts[1] + counts[0]
        }
        let header = 44 + size(counts(0), 4)
        let counts = counts(header)
        let times = header + 44
        let kinds = times + counts[3] * 8
        let types = kinds + counts[3]
        func offset(_ type: Int) -> Int { Int(number(types + type * 6, 4)) }
        transitions = (0..<counts[3]).map { (number(times + $0 * 8, 8), offset(Int(bytes[kinds + $0]))) }
        first = offset(0)
    }

    /// The offset at an instant, in seconds since 1970.
    func offset(at seconds: Int64) -> Int { transitions.last { $0.at <= seconds }?.offset ?? first }

    /// The different zones in a folder and those below it, each under the first of its names.
    static func all(in folder: String) -> [(name: String, zone: ZoneFile)] {
        var names: [String] = []
        var folders = [""]
        while let below = folders.popLast() {
            guard let stream = opendir("\(folder)/\(below)") else { continue }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard !name.hasPrefix("."), name != "right", name != "posix" else { continue }
                let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
                if isFolder { folders.append("\(below)\(name)/") } else { names.append(below + name) }
            }
        }
        var seen: Set<[UInt8]> = []
        return names.sorted().compactMap { name in
            guard let bytes = contents(of: "\(folder)/\(name)"), seen.insert(bytes).inserted else { return nil }
            return ZoneFile(bytes).map { (name, $0) }
        }
    }

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}
