import Gzip
import Testing

@Suite struct GzipTests {
    private static func fault(_ bytes: [UInt8], limit: Int = 1 << 20) -> Gzip.Fault? {
        do throws(Gzip.Fault) { _ = try Gzip.unpacked(bytes, limit: limit) } catch { return error }
        return nil
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_000])
    func `what is packed comes back, up to the limit`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let packed = Gzip.packed(bytes)
        #expect(try Gzip.unpacked(packed, limit: count) == bytes)
        if count > 0 { #expect(Self.fault(packed, limit: count - 1) == .tooLarge) }
        // Several one after another are one.
        #expect(try Gzip.unpacked(packed + packed, limit: 2 * count) == bytes + bytes)
    }

    @Test func `what isn't packed, is damaged or cut off is refused`() {
        var packed = Gzip.packed(Array("some text, some text".utf8))
        #expect(Self.fault([]) == .malformed)
        #expect(Self.fault(Array("plain".utf8)) == .malformed)
        for count in 1..<packed.count { #expect(Self.fault(Array(packed[..<count])) == .malformed, "\(count) bytes") }
        packed[packed.count - 6] ^= 1
        #expect(Self.fault(packed) == .malformed)
    }

    @Test func `little that unpacks to much is stopped at the limit`() {
        // 16 MiB of zeros in 16 KB.
        let packed = Gzip.packed([UInt8](repeating: 0, count: 16 << 20))
        #expect(packed.count < 20_000)
        #expect(Self.fault(packed, limit: 1 << 20) == .tooLarge)
    }
}
