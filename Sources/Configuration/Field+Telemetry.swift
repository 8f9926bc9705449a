internal import Documents
import YAML

extension Field {
    /// Where records are sent.
    func telemetry() -> TelemetrySettings? {
        let example =
            "{url: https://telemetry.example.com, tokenFile: /etc/footlight/token, outbox: /var/lib/footlight/fleet/outbox}"
        let hints = ["token": "Write the token into a file of its own, and tokenFile: /etc/footlight/token here"]
        guard let fields = fields(["url", "tokenFile", "ca", "outbox", "limit"], example: example, hints: hints)
        else { return nil }
        let url = fields.required("url", example: "https://telemetry.example.com")?.backendAddress()
        let tokenFile = fields.required("tokenFile", example: "/etc/footlight/token")?
            .absolutePath("the path of a token's file", example: "/etc/footlight/token")
        let ca = fields["ca"]?.absolutePath("the path of a file", example: "/etc/footlight/ca.pem")
        if ca != nil, let url, url.hasPrefix("http://") {
            fields["ca"]?.fail(
                .conflict, "is for https, and url isn't", allowed: "http knows no certificates",
                remedy: "Write url: https://…, or remove ca")
        }
        let outbox = fields.required("outbox", example: "/var/lib/footlight/fleet/outbox")?
            .absolutePath("the path of a folder", example: "/var/lib/footlight/fleet/outbox")
        let limit = fields["limit"]?.integer(
            in: 1...65_536, "what the outbox may hold, in MiB,", unit: "MiB", example: "64MiB")
        guard let url, let tokenFile, let outbox else { return nil }
        return TelemetrySettings(
            url: url, tokenFile: tokenFile, ca: ca, outbox: outbox, limitBytes: limit.map { $0 << 20 })
    }

    private func backendAddress() -> String? {
        let example = "https://telemetry.example.com"
        guard let text = text("a backend's address", example: example, limit: 512) else { return nil }
        let isPlain = text.hasPrefix("http://")
        let rest = text.dropFirst(isPlain ? 7 : 8)
        let (place, path) = (rest.prefix { $0 != "/" }, rest.drop { $0 != "/" })
        // A token is nobody's business, not even a log's.
        if place.contains("@") {
            faults.add(
                .malformed, at: node.mark, field: self.path, found: "…@…",
                problem: "has a user's name or password in it",
                allowed: "the token stands in a file of its own",
                remedy: "Write url: \(example), and tokenFile beside it")
            return nil
        }
        let address = ListenAddress(text: String(place)) ?? ListenAddress(text: "\(place):443")
        guard isPlain || text.hasPrefix("https://"), let address,
            path.utf8.allSatisfy({ byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "/-._~".utf8.contains(byte)
                }
            })
        else {
            fail(
                .malformed, "is no backend's address",
                allowed: "https://HOST, https://HOST:PORT, with a path or without; [::1] for IPv6",
                remedy: write(example))
            return nil
        }
        if isPlain, address.host != "localhost", !address.host.hasPrefix("127."), address.host != "::1" {
            fail(
                .conflict, "sends the token in the clear", allowed: "http is for a backend on this machine",
                remedy: "Write https:// and let a proxy before the backend do TLS")
            return nil
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }
}
