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
}
