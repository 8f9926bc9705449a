/// A reader of bytes from outside, with what must hold of it whatever the bytes are: libFuzzer drives it (`make fuzz`),
/// and a test lets it read the corpus.
///
/// A corpus's files can be read and written by hand: lines of a letter that says what the line is, and the text itself.
struct Reader: Sendable {
    /// Its name on the command line, and its folder in the corpus.
    let name: String
    /// Takes bytes up.
    let read: @Sendable ([UInt8]) throws -> Void

    static let all = [
        Reader(name: "json", read: read(json:)),
        Reader(name: "messages", read: read(messages:)),
        Reader(name: "sensors", read: read(sensors:)),
        Reader(name: "node", read: read(node:)),
        Reader(name: "fleet", read: read(fleet:)),
        Reader(name: "records", read: read(records:)),
        Reader(name: "clock", read: read(clock:)),
        Reader(name: "commandline", read: read(commandLine:)),
        Reader(name: "wire", read: read(wire:)),
        Reader(name: "site", read: read(site:)),
        Reader(name: "agentfiles", read: read(agentFiles:)),
        Reader(name: "texts", read: read(texts:)),
        Reader(name: "topology", read: read(topology:)),
        Reader(name: "logs", read: read(logs:)),
        Reader(name: "zonefile", read: read(zoneFile:)),
    ]
}

/// What must hold and doesn't.
struct Broken: Error, CustomStringConvertible {
    let description: String
}

/// - Throws: ``Broken`` where `condition` doesn't hold.
func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
    if !condition { throw Broken(description: what()) }
}

/// - Throws: ``Broken`` where a text that people are shown holds what a terminal would act upon or nobody sees.
func requirePlain(_ text: String, lines: Bool = false) throws {
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control where !(lines && scalar == "\n"): break
        case .format, .lineSeparator, .paragraphSeparator, .surrogate: break
        default: continue
        }
        throw Broken(description: "\(scalar.escaped(asASCII: true)) in \(text.debugDescription)")
    }
}

/// A line of an input: what it is, a mark, and the text itself.
struct Line {
    let kind: UInt8
    let mark: UInt8
    let text: [UInt8]

    /// The lines of `bytes`, 200 at most: what more of them find, fewer do.
    static func all(_ bytes: [UInt8]) -> [Line] {
        bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 200, omittingEmptySubsequences: true).map { line in
            Line(
                kind: line[line.startIndex], mark: line.dropFirst().first ?? 0x30, text: Array(line.dropFirst(2)))
        }
    }

    /// The item that a letter stands for: `A` is the first.
    static func item<Item>(_ letter: UInt8, of items: [Item]) -> Item {
        items[(Int(letter) + items.count * 0x41 - 0x41) % items.count]
    }
}
