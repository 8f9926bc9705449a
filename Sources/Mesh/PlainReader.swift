/// Reads JSON that stands exactly as expected, byte for byte; whatever deviates is for the JSON library.
struct PlainReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    /// Whether `text` stands here; then it is behind.
    mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        for offset in 0..<count where bytes[place + offset] != text.utf8Start[offset] { return false }
        place += count
        return true
    }

    /// An integer of no more digits than surely fit.
    mutating func integer() -> Int64? {
        let isNegative = skip("-")
        let digits = digits()
        guard (1...18).contains(digits.count), digits.count == 1 || digits.first != 0x30 else { return nil }
        let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        return isNegative ? -value : value
    }

    /// A number without sign or exponent, of digits so few that one division is exact.
    mutating func decimal() -> Double? {
        guard let whole = integer(), whole >= 0 else { return nil }
        guard skip(".") else { return Double(whole) }
        let digits = digits()
        guard (1...6).contains(digits.count), whole < 1_000_000 else { return nil }
        var scale: Int64 = 1
        var value = whole
        for digit in digits { (value, scale) = (value * 10 + Int64(digit - 0x30), scale * 10) }
        return Double(value) / Double(scale)
    }

    /// A text of plain characters, without escapes.
    mutating func text() -> String? {
        guard skip("\"") else { return nil }
        let start = place
        while place < bytes.count, bytes[place] != 0x22 {
            guard (0x20...0x7e).contains(bytes[place]), bytes[place] != 0x5c else { return nil }
            place += 1
        }
        let end = place
        return skip("\"") ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
        return bytes[start..<place]
    }
}
