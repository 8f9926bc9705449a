/// Numbers as people write them: digits, and after a point more digits. No sign, no exponent.
package enum DecimalText {
    /// `text` times `scale`, rounded down; what doesn't fit becomes the most that does. Nil for any other text.
    ///
    /// Digits beyond the sixth after the point don't count.
    ///
    /// - Parameter scale: 1…3,600,000,000,000.
    package static func scaled(_ text: some StringProtocol, by scale: Int64) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
        // Only digits: what Int64 doesn't take is too large.
        let (whole, overflow) = (Int64(parts[0]) ?? .max).multipliedReportingOverflow(by: scale)
        guard parts.count == 2 else { return overflow ? .max : whole }
        let digits = parts[1].prefix(6)
        let power = digits.reduce(Int64(1)) { power, _ in power * 10 }
        let (sum, overflow2) = whole.addingReportingOverflow((Int64(digits) ?? 0) * scale / power)
        return overflow || overflow2 ? .max : sum
    }
}
