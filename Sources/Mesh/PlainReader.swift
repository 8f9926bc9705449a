/// Reads JSON that stands exactly as expected, byte for byte; whatever deviates is for the JSON library.
package struct PlainReader {
    private let bytes: [UInt8]
    private var place = 0

    /// A reader at the beginning of `bytes`.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether all was read.
    package var isAtEnd: Bool { place == bytes.count }

    /// Whether `text` stands here; then it is behind.
    package mutating func skip(_ text: StaticString) -> Bool {
        let (start, count, place) = (text.utf8Start, text.utf8CodeUnitCount, place)
        guard bytes.count - place >= count else { return false }
        let stands = bytes.withUnsafeBufferPointer { bytes in
            for offset in 0..<count where bytes[place + offset] != start[offset] { return false }
            return true
        }
        if stands { self.place += count }
        return stands
    }

    /// An integer. Instants have nineteen digits, which is as many as may fit.
    package mutating func integer() -> Int64? {
        let isNegative = skip("-")
        let digits = digits()
        guard (1...19).contains(digits.count), digits.count == 1 || bytes[digits.lowerBound] != 0x30,
            let value = Int64(exactly: number(digits))
        else { return nil }
        return isNegative ? -value : value
    }

    /// A number without sign or exponent, of digits so few that one division is exact.
    package mutating func decimal() -> Double? {
        guard let whole = integer(), whole >= 0 else { return nil }
        guard skip(".") else { return Double(whole) }
        let digits = digits()
        guard (1...6).contains(digits.count), whole < 1_000_000 else { return nil }
        let scale = digits.reduce(Int64(1)) { scale, _ in scale * 10 }
        return Double(whole * scale + Int64(number(digits))) / Double(scale)
    }

    /// A text of plain characters, without escapes.
    package mutating func text() -> String? {
        guard skip("\"") else { return nil }
        let start = place
        while place < bytes.count, bytes[place] != 0x22 {
            guard (0x20...0x7e).contains(bytes[place]), bytes[place] != 0x5c else { return nil }
            place += 1
        }
        let end = place
        return skip("\"") ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
    }

    /// A truth.
    package mutating func truth() -> Bool? { skip("true") ? true : skip("false") ? false : nil }

    private mutating func digits() -> Range<Int> {
        let start = place
        place = bytes.withUnsafeBufferPointer { bytes in
            bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.count
        }
        return start..<place
    }

    /// What the digits of a range say, which are nineteen at most.
    private func number(_ digits: Range<Int>) -> UInt64 {
        bytes.withUnsafeBufferPointer { bytes in
            bytes[digits].reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 0x30) }
        }
    }
}
