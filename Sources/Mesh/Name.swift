/// The names of sites, zones, nodes, bars and sensors.
public enum Name {
    /// The rule for names, for an error message.
    public static let rule = "1 to 64 of a-z, 0-9 and -"

    /// True if `text` is a name: `[a-z0-9-]{1,64}`.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        // Most names stand in one piece; byte by byte through a collection of any kind takes ten times as long.
        return bytes.withContiguousStorageIfAvailable { isValid($0) } ?? isValid(bytes)
    }

    private static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        (1...64).contains(bytes.count)
            && bytes.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
    }

    private static let slash = UInt8(ascii: "/")

    /// The two parts of `node/bar` or `node/sensor`, or the one of `node`; nil where a part is no name.
    public static func place(_ text: String) -> (node: String, part: String?)? {
        guard let slash = text.utf8.firstIndex(of: slash) else { return isValid(text) ? (text, nil) : nil }
        let (node, part) = (text[..<slash], text[text.utf8.index(after: slash)...])
        return isValid(node) && isValid(part) ? (String(node), String(part)) : nil
    }
}
