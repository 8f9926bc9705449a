internal import Configuration
internal import Lighting
internal import Mesh

/// A site file with another name for a node: its text as it was, but for the name.
struct SiteFileRename: Sendable {
    /// A line that names the node.
    struct Line: Sendable, Hashable, Encodable {
        var number: Int
        var before: String
        var after: String
    }

    /// The lines that name the node.
    let lines: [Line]
    /// The new text; nil: it wouldn't say the same by another name, since something else has the node's name, say.
    let text: String?

    /// - Throws: `ConfigurationErrors`: what is wrong with the file as it is.
    init(_ text: String, file: String, _ rename: NodeRename) throws {
        let before = try SiteFile(text: text, file: file)
        var lines: [Line] = []
        var all: [String] = []
        // By bytes: as characters, a carriage return and the line feed behind it are one.
        let parts = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let line = Substring(part)
            let renamed = SiteFileRename.renamed(line, rename)
            if renamed != line { lines.append(Line(number: index + 1, before: String(line), after: renamed)) }
            all.append(renamed)
        }
        self.lines = lines
        let edited = all.joined(separator: "\n")
        var wanted = before
        wanted.zones = [:]
        for (name, zone) in before.zones {
            let message = ZoneMessage(zone, revision: nil)
            wanted.zones[name] = (rename.zone(message, revision: nil) ?? message).zone
        }
        // What came of it may be no site file at all.
        guard var after = try? SiteFile(text: edited, file: file) else {
            self.text = nil
            return
        }
        // Compared as messages have it: that is how precisely it is published.
        after.zones = after.zones.mapValues { ZoneMessage($0, revision: nil).zone }
        self.text = after == wanted ? edited : nil
    }

    /// The line with the new name wherever the old one stands by itself, and not behind a slash, where parts stand.
    private static func renamed(_ line: Substring, _ rename: NodeRename) -> String {
        let bytes = Array(line.utf8)
        let old = Array(rename.old.utf8)
        func isPart(_ byte: UInt8) -> Bool {
            Name.isValid(String(UnicodeScalar(byte | 0x20))) || byte == UInt8(ascii: "_") || byte >= 0x80
        }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let end = index + old.count
            let isHere =
                end <= bytes.count && bytes[index..<end].elementsEqual(old)
                && (index == 0 || !isPart(bytes[index - 1]) && bytes[index - 1] != UInt8(ascii: "/"))
                && (end == bytes.count || !isPart(bytes[end]))
            result += isHere ? Array(rename.new.utf8) : [bytes[index]]
            index = isHere ? end : index + 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}
