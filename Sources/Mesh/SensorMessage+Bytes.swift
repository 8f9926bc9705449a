/// The one message that people wait for goes without the JSON library, which after seconds of rest costs 0.1 to 0.15 ms
/// each way: its code and data are in no cache by then.
extension SensorMessage {
    /// The same bytes as `JSON.encode` makes.
    var bytes: [UInt8] {
        // A reason may hold anything.
        guard failed == nil, stuck == nil, unsynchronised == nil, recalled == nil, let zones = zonesText else {
            return JSON.encode(self)
        }
        return Array(
            "{\"lastEdge\":\(lastEdge),\"lastMotion\":\(lastMotion),\"motion\":\(motion),\"zones\":{\(zones)}}".utf8)
    }

    /// The message in `bytes`, checked, as `JSON.decode` reads it.
    ///
    /// - Throws: ``MessageError`` where it isn't one.
    package init(bytes: [UInt8]) throws(MessageError) {
        self =
            if let plain = SensorMessage(plain: bytes) {
                try plain.validated()
            } else {
                try JSON.decode(SensorMessage.self, from: bytes)
            }
    }

    private var zonesText: String? {
        var parts: [String] = []
        for (name, part) in zones.sorted(by: { $0.key < $1.key }) {
            guard Name.isValid(name), Name.place(part.origin) != nil,
                let lead = SensorMessage.text(of: part.leadSeconds)
            else { return nil }
            var hold = ""
            if let seconds = part.holdSeconds {
                guard let text = SensorMessage.text(of: seconds) else { return nil }
                hold = "\"holdSeconds\":\(text),"
            }
            parts.append(
                "\"\(name)\":{\"firstMotion\":\(part.firstMotion),\(hold)\"leadSeconds\":\(lead),"
                    + "\"origin\":\"\(part.origin)\",\"start\":\(part.start)}")
        }
        return parts.joined(separator: ",")
    }

    /// A number of seconds without an exponent, and without a fraction that is zero; nil where it has more digits, or
    /// would be written with an exponent.
    private static func text(of seconds: Double) -> String? {
        guard (0...1e4).contains(seconds) else { return nil }
        let count = Int((seconds * 1e6).rounded())
        guard Double(count) / 1e6 == seconds, count == 0 || count >= 100 else { return nil }
        let fraction = count % 1_000_000
        guard fraction > 0 else { return "\(count / 1_000_000)" }
        var digits = "\(1_000_000 + fraction)".dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(count / 1_000_000).\(digits)"
    }

    /// The message in bytes that stand exactly as ``bytes`` writes them; nil for any other spelling.
    init?(plain bytes: [UInt8]) {
        var reader = PlainReader(bytes)
        guard reader.skip("{\"lastEdge\":"), let edge = reader.integer(), reader.skip(",\"lastMotion\":"),
            let last = reader.integer(), reader.skip(",\"motion\":")
        else { return nil }
        let motion = reader.skip("true")
        guard motion || reader.skip("false"), reader.skip(",\"zones\":{") else { return nil }
        var zones: [String: Part] = [:]
        while !reader.skip("}") {
            guard zones.isEmpty || reader.skip(","), let name = reader.text(), reader.skip(":{\"firstMotion\":"),
                let first = reader.integer()
            else { return nil }
            let saysHold = reader.skip(",\"holdSeconds\":")
            let hold = saysHold ? reader.decimal() : nil
            guard saysHold == (hold != nil), reader.skip(",\"leadSeconds\":"), let lead = reader.decimal(),
                reader.skip(",\"origin\":"), let origin = reader.text(), reader.skip(",\"start\":"),
                let start = reader.integer(), reader.skip("}"), zones[name] == nil
            else { return nil }
            zones[name] = Part(start: start, origin: origin, firstMotion: first, leadSeconds: lead, holdSeconds: hold)
        }
        guard reader.skip("}"), reader.isAtEnd else { return nil }
        (self.motion, lastEdge, lastMotion, self.zones) = (motion, edge, last, zones)
    }
}
