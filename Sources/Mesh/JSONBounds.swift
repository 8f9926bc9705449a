/// The most that JSON from outside may have before a library sees it: libraries recurse, convert and allocate as a
/// stranger's bytes tell them to, and a trap in one ends the process.
///
/// The scan is lenient: it finds strings, numbers and brackets as any reader does up to the text's first fault, and
/// leaves faults of grammar to the reader.
public struct JSONBounds: Sendable, Hashable {
    /// The whole text, in bytes.
    public var size: Int
    /// Lists and objects around a value.
    public var nesting: Int
    /// A number's digits, sign, point and exponent, in bytes.
    public var number: Int
    /// A string between its quotes, in bytes as they stand (an escape counts as written).
    public var string: Int

    /// Bounds of one's own.
    public init(size: Int, nesting: Int, number: Int, string: Int) {
        self.size = size
        self.nesting = nesting
        self.number = number
        self.string = string
    }

    /// A message's: 128 KiB, as brokers take; 32 levels, where ours have five; texts of 64 KiB.
    public static let message = JSONBounds(size: 131_072, nesting: 32, number: 64, string: 65_536)

    /// A file's that a program keeps for itself and that holds messages as texts: 64 MiB.
    public static let keptFile = JSONBounds(size: 64 << 20, nesting: 32, number: 64, string: 1 << 20)

    /// Checks bytes against the bounds, in one pass and without allocating.
    ///
    /// - Throws: ``MessageError`` that names the first byte beyond, what was found there and what is allowed.
    public func check(_ bytes: [UInt8]) throws(MessageError) {
        guard let excess = bytes.withUnsafeBufferPointer(excess) else { return }
        throw MessageError(.notJSON, field: "", reason: excess.reason(of: self))
    }

    private enum Excess {
        case size(Int)
        case nesting(at: Int)
        case number(at: Int)
        case string(at: Int)
        case null(at: Int)

        func reason(of bounds: JSONBounds) -> String {
            switch self {
            case .size(let count): "\(count) bytes are more than the \(bounds.size) that JSON may have here"
            case .nesting(let place): "nests deeper than \(bounds.nesting) levels at byte \(place)"
            case .number(let place): "has a number of more than \(bounds.number) characters at byte \(place)"
            case .string(let place): "has a text of more than \(bounds.string) bytes at byte \(place)"
            case .null(let place): "is not JSON in UTF-8: byte \(place) is 0"
            }
        }
    }

    private func excess(_ bytes: UnsafeBufferPointer<UInt8>) -> Excess? {
        guard bytes.count <= size else { return .size(bytes.count) }
        var depth = 0
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            // In UTF-16 and UTF-32, which libraries tell by their zeros, quotes and brackets are no single bytes.
            case 0: return .null(at: place)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                guard depth <= nesting else { return .nesting(at: place) }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\""):
                let start = place + 1
                place = start
                while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                    guard bytes[place] != 0 else { return .null(at: place) }
                    let escapes = bytes[place] == UInt8(ascii: "\\")
                    place += 1
                    if escapes, place < bytes.count {
                        guard bytes[place] != 0 else { return .null(at: place) }
                        place += 1
                    }
                    guard place - start <= string else { return .string(at: start - 1) }
                }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                let start = place
                while place < bytes.count, JSONBounds.isOfNumber(bytes[place]) { place += 1 }
                guard place - start <= number else { return .number(at: start) }
                continue
            default: break
            }
            place += 1
        }
        return nil
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}
