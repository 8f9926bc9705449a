internal import Mesh

/// A pattern of zones' names, as shells have them: `*` is anything, `?` any one character.
struct ZonePattern: Sendable {
    private let pattern: [UInt8]
    private static let anything = UInt8(ascii: "*")
    private static let anyOne = UInt8(ascii: "?")

    /// Nil where it holds more than that and what names may have.
    init?(_ text: String) {
        pattern = Array(text.utf8)
        let rest = pattern.filter { $0 != ZonePattern.anything && $0 != ZonePattern.anyOne }
        guard pattern.count <= 64, rest.isEmpty || Name.isValid(String(decoding: rest, as: UTF8.self)) else {
            return nil
        }
    }

    /// Whether it isn't a name but a pattern.
    static func isOne(_ text: String) -> Bool { text.utf8.contains { $0 == anything || $0 == anyOne } }

    /// Whether the whole name is like it.
    func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (at, place) = (0, 0)
        /// Behind the last `*`, and where what it stands for ends so far.
        var retry: (pattern: Int, place: Int)?
        while place < name.count {
            if at < pattern.count, pattern[at] == ZonePattern.anything {
                retry = (at + 1, place)
                at += 1
            } else if at < pattern.count, pattern[at] == ZonePattern.anyOne || pattern[at] == name[place] {
                at += 1
                place += 1
            } else if let last = retry {
                retry = (last.pattern, last.place + 1)
                (at, place) = (last.pattern, last.place + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == ZonePattern.anything }
    }
}
