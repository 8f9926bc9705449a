import Documents

extension Field {
    /// A numeric address: to look a name up takes time, and the light can't wait.
    func address() -> String? {
        guard let text = text("an address", example: "192.168.1.50") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
        let isIPv6 =
            text.contains(":") && text.utf8.allSatisfy { $0 == 0x3a || ("0123456789abcdefABCDEF".utf8).contains($0) }
        guard isIPv4 || isIPv6 else {
            fail(
                .malformed, "is no address", allowed: "an address is of numbers: a name would have to be looked up",
                remedy: write("192.168.1.50"))
            return nil
        }
        return text
    }

    /// The address of a chip on an I2C bus, in hexadecimal.
    func busAddress(in range: ClosedRange<Int>, example: String) -> Int? {
        guard let text = text("a chip's address", example: example) else { return nil }
        let allowed =
            "an address is 0x\(String(range.lowerBound, radix: 16)) to 0x\(String(range.upperBound, radix: 16))"
        guard text.hasPrefix("0x"), let address = Int(text.dropFirst(2), radix: 16), !text.contains("+") else {
            fail(.malformed, "is no address of a chip", allowed: allowed, remedy: write(example))
            return nil
        }
        guard range.contains(address) else {
            fail(
                .outOfRange, address < range.lowerBound ? "is too low" : "is too high", allowed: allowed,
                remedy: write(example))
            return nil
        }
        return address
    }
}
