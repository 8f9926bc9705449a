/// An object in a vault whose last line is the signature of all before it, in hexadecimal digits: so both are put there in
/// one step, and `openssl pkeyutl -verify -rawin` can check it too (docs/backend.md).
enum SignedObject {
    /// A signature's digits, and the line's end.
    private static let length = 2 * 64 + 1

    /// Puts it there.
    ///
    /// - Parameter text: whole lines.
    /// - Throws: ``VaultError``, also where there is an object of that name.
    static func put(_ text: [UInt8], at name: String, by key: SigningKey, in vault: any Vault) throws {
        let digits = Array("0123456789abcdef".utf8)
        var bytes = text
        for byte in try key.signature(of: text) { bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        guard try vault.put(bytes + [0x0a], at: name) else {
            throw VaultError("\(name) is in the vault already: another process has put it there at this moment")
        }
    }

    /// What was signed, proven.
    ///
    /// - Throws: ``VaultError`` where it is missing, or isn't what was signed.
    static func get(_ name: String, by key: VerifyingKey, in vault: any Vault) throws -> [UInt8] {
        guard let bytes = try vault.get(name) else { throw VaultError("\(name) is missing from the vault") }
        let text = Array(bytes.dropLast(length))
        guard bytes.count > length, let signature = signature(bytes.suffix(length)),
            key.isSignature(signature, of: text)
        else { throw VaultError("\(name) in the vault isn't what was signed with this key") }
        return text
    }

    private static func signature(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        guard line.last == 0x0a else { return nil }
        let digits = line.dropLast().map { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }
        guard !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0) }
    }
}
