/// What names may be: of sites, zones, nodes, bars and sensors.
package enum NameRule {
    package static let allowed = "1 to 64 of a-z, 0-9 and -"

    package static func allows(_ name: some StringProtocol) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy(isAllowed)
    }

    /// What is wrong with a name.
    package static func problem(_ name: some StringProtocol) -> String {
        if name.isEmpty { return "is empty" }
        if name.utf8.allSatisfy(isAllowed) { return "is too long (\(name.utf8.count) bytes)" }
        if name.unicodeScalars.contains(where: { $0 == " " }) { return "has a space" }
        if name.utf8.contains(where: { (0x41...0x5a).contains($0) }) { return "has capitals" }
        let first = name.unicodeScalars.first { !$0.isASCII || !isAllowed(UInt8($0.value)) }
        return "has the character \(Excerpt.of(String(first ?? " ")))"
    }

    /// The nearest name that is allowed, or `example` where nothing is left of it.
    package static func proposal(for name: some StringProtocol, else example: String) -> String {
        var result = ""
        for scalar in name.prefix(256).lowercased().unicodeScalars where result.utf8.count < 64 {
            if scalar.isASCII, isAllowed(UInt8(scalar.value)), scalar != "-" {
                result.unicodeScalars.append(scalar)
            } else if !result.isEmpty, !result.hasSuffix("-") {
                result += "-"
            }
        }
        while result.hasSuffix("-") { result.removeLast() }
        return result.isEmpty ? example : result
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
    }
}
