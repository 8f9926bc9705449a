import Testing

@testable import Telemetry

@Suite struct DigestTests {
    /// What `sha256sum` says of bytes that count up by 7, modulo 251, around the ends of blocks.
    @Test(arguments: [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (55, "8af594de0e003fdee5c8bb088216c824349b4137070f559574f4a4bddd27b714"),
        (56, "db81bc2bfd43620591df192139062da77d4c376f1888ea3d2190bd07c8d901f9"),
        (57, "4d95ad65f5ec430c9a97ae9243b87d4d6fa0c474288c93cecfbfe9257e711780"),
        (63, "bd535b38bf0d0d1a09d370b7e34b2696cea3767801a45d5611a4aaa6954e8527"),
        (64, "292be91abe8c0909fe3d26575af5755eee74d23816dc68c3ba41765136967654"),
        (65, "ba65aedf7884642499a59ae124894611d986cf429e69f569488048af3a99e25a"),
        (119, "d367ab298e74477421127b0b448667c37c006c636f5738f081c39388756e5fad"),
        (120, "be7beb9c82089eb08da8fe6eb30c13b9d56869014e228a8c3eb0fdfe832efab2"),
        (128, "cb5311e1d7aa8e11d6af7081f3ffc3e4efa008c7483a1a791fe170bf37546ba7"),
        (1000, "59425e4412e296fc74736673ce067027f384203f59c0d2c3e6be7b13347b3ffc"),
    ])
    func `a digest is SHA-256's`(count: Int, expected: String) {
        #expect(Digest(of: (0..<count).map { UInt8($0 * 7 % 251) }).description == expected)
    }

    /// - Source: NIST, SHA-256 examples: a million times `a`.
    @Test func `a million bytes too`() {
        #expect(
            Digest(of: [UInt8](repeating: 0x61, count: 1_000_000)).description
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `text and bytes come back as they were, and nothing else is read`() throws {
        let digest = Digest(of: [1, 2, 3])
        #expect(Digest(text: digest.description) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest.none.description == String(repeating: "0", count: 64))
        for text in ["", "12", digest.description.uppercased(), digest.description + "0"] {
            #expect(Digest(text: text) == nil, "\(text)")
        }
        #expect(Digest(bytes: [1, 2, 3]) == nil)
    }
}
