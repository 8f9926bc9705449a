/// Where a server listens.
public struct ListenAddress: Sendable, Hashable {
    /// What it may be, for an error message.
    static let textForms = "an address to listen at is HOST:PORT, with a port of 1 to 65535; [::1]:PORT for IPv6"

    /// A host's name or its address.
    public var host: String
    /// 1…65535
    public var port: Int

    /// The address of `127.0.0.1:9464`; nil for anything else.
    init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port), text.allSatisfy({ $0.isASCII && !$0.isWhitespace })
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        self.host = String(host)
        self.port = port
    }
}
