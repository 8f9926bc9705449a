/// The SHA-256 digest of a record's line.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The digest of no record: zeros.
    public static let none = Digest(words: SIMD4(repeating: 0))

    // No vector of its own: values that are aligned to 32 bytes don't go well through Swift 6.3's continuations.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    private init(words: SIMD4<UInt64>) {
        (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
    }

    private var words: SIMD4<UInt64> { SIMD4(first, second, third, fourth) }

    /// The digest of `bytes`.
    public init(of bytes: [UInt8]) {
        let halves = SHA256.digest(of: bytes)
        var words = SIMD4<UInt64>(repeating: 0)
        for index in 0..<4 { words[index] = (UInt64(halves[2 * index]) << 32) | UInt64(halves[2 * index + 1]) }
        self.init(words: words)
    }

    /// The digest that 64 hexadecimal digits say, in small letters; nil for anything else.
    public init?(text: String) {
        guard text.utf8.count == 64 else { return nil }
        var words = SIMD4<UInt64>(repeating: 0)
        var text = text
        let isDigest = text.withUTF8 { bytes in
            for word in 0..<4 {
                for byte in bytes[16 * word..<16 * word + 16] {
                    guard let digit = Digest.digit(byte) else { return false }
                    words[word] = (words[word] << 4) | UInt64(digit)
                }
            }
            return true
        }
        guard isDigest else { return nil }
        self.init(words: words)
    }

    /// The digest of 32 bytes, as stores keep it; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words = SIMD4<UInt64>(repeating: 0)
        for (index, byte) in bytes.enumerated() { words[index / 8] = (words[index / 8] << 8) | UInt64(byte) }
        self.init(words: words)
    }

    /// Its 32 bytes.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
            for (place, word) in [first, second, third, fourth].enumerated() {
                UnsafeMutableRawBufferPointer(bytes).storeBytes(
                    of: word.bigEndian, toByteOffset: 8 * place, as: UInt64.self)
            }
            count = 32
        }
    }

    /// 64 hexadecimal digits, as `sha256sum` prints them.
    public var description: String {
        let words = words
        return String(unsafeUninitializedCapacity: 64) { text in
            for index in 0..<64 {
                let digit = UInt8(truncatingIfNeeded: words[index / 16] >> (60 - 4 * (index % 16))) & 15
                text[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 64
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 0x57
        default: nil
        }
    }
}
