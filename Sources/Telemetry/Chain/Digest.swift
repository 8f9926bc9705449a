/// The SHA-256 digest of a record's line.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// What stands for the digest of no record: zeros.
    public static let none = Digest(words: SIMD8(repeating: 0))

    private let words: SIMD8<UInt32>

    private init(words: SIMD8<UInt32>) { self.words = words }

    /// The digest of `bytes`.
    public init(of bytes: [UInt8]) { words = SHA256.digest(of: bytes) }

    /// The digest that 64 hexadecimal digits say, in small letters; nil for anything else.
    public init?(text: String) {
        guard text.utf8.count == 64 else { return nil }
        var words = SIMD8<UInt32>(repeating: 0)
        for (index, byte) in text.utf8.enumerated() {
            guard let digit = Digest.digit(byte) else { return nil }
            words[index / 8] = (words[index / 8] << 4) | UInt32(digit)
        }
        self.words = words
    }

    /// The digest of 32 bytes, as stores keep it; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words = SIMD8<UInt32>(repeating: 0)
        for (index, byte) in bytes.enumerated() { words[index / 4] = (words[index / 4] << 8) | UInt32(byte) }
        self.words = words
    }

    /// Its 32 bytes.
    public var bytes: [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> (24 - 8 * ($0 % 4))) } }

    /// 64 hexadecimal digits, as `sha256sum` prints them.
    public var description: String {
        String(unsafeUninitializedCapacity: 64) { text in
            for index in 0..<64 {
                let digit = UInt8(truncatingIfNeeded: words[index / 8] >> (28 - 4 * (index % 8))) & 15
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
