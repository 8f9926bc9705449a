/// A site of a thousand nodes says a million of these when it is switched on: each node hears of every other.
extension NodeStatus {
    /// The message in `bytes`, checked, as `JSON.decode` reads it.
    ///
    /// - Throws: ``MessageError`` where it isn't one.
    init(bytes: [UInt8]) throws(MessageError) {
        var leftOut: [String] = []
        try self.init(bytes: bytes, leftOut: &leftOut)
    }

    /// The same, and what of it is left out: words that only a later contract has, a sentence each.
    init(bytes: [UInt8], leftOut: inout [String]) throws(MessageError) {
        self =
            if let plain = NodeStatus(plain: bytes) {
                try plain.validated()
            } else {
                try JSON.decode(NodeStatus.self, from: bytes, leftOut: &leftOut)
            }
    }

    /// The message in bytes that stand exactly as `JSON.encode` writes them; nil for any other spelling.
    init?(plain bytes: [UInt8]) {
        var reader = PlainReader(bytes)
        guard reader.skip("{\"bars\":["), let bars = reader.pairs("{\"channels\":", "\"name\":"),
            reader.skip(",\"bootId\":"), let bootId = reader.text()
        else { return nil }
        var broker: String?
        if reader.skip(",\"broker\":") {
            guard let address = reader.text() else { return nil }
            broker = address
        }
        var commands: [String]?
        if reader.skip(",\"commands\":[") {
            guard let names = reader.texts() else { return nil }
            commands = names
        }
        var conflict: String?
        if reader.skip(",\"conflict\":") {
            guard let other = reader.text() else { return nil }
            conflict = other
        }
        guard reader.skip(",\"connection\":"), let connection = reader.integer() else { return nil }
        var lights: [String]?
        if reader.skip(",\"lights\":[") {
            guard let names = reader.texts() else { return nil }
            lights = names
        }
        guard reader.skip(",\"priority\":"), let priority = reader.integer() else { return nil }
        var contract: Int?
        if reader.skip(",\"protocol\":") {
            guard let number = reader.integer() else { return nil }
            contract = Int(number)
        }
        guard reader.skip(",\"sensors\":["), let sensors = reader.pairs("{\"driver\":", "\"name\":"),
            reader.skip(",\"started\":"), let started = reader.integer(), reader.skip(",\"state\":"),
            let state = reader.text().flatMap(State.init(rawValue:)), reader.skip(",\"synchronised\":")
        else { return nil }
        let synchronised = reader.skip("true")
        guard synchronised || reader.skip("false"), reader.skip(",\"version\":"), let version = reader.text(),
            reader.skip("}"), reader.isAtEnd
        else { return nil }
        self.init(
            state: state, bootId: bootId, started: started, connection: Int(connection), version: version,
            bars: bars.map { Bar(name: $1, channels: $0) }, sensors: sensors.map { Sensor(name: $1, driver: $0) },
            synchronised: synchronised, priority: Int(priority), contract: contract, conflict: conflict, broker: broker,
            lights: lights, commands: commands)
    }
}

extension PlainReader {
    /// The texts that an array holds, and the array's end.
    fileprivate mutating func texts() -> [String]? {
        var texts: [String] = []
        while !skip("]") {
            guard texts.isEmpty || skip(","), let text = text() else { return nil }
            texts.append(text)
        }
        return texts
    }

    /// The objects of two texts each that an array holds, and the array's end.
    fileprivate mutating func pairs(_ first: StaticString, _ second: StaticString) -> [(String, String)]? {
        var pairs: [(String, String)] = []
        while !skip("]") {
            guard pairs.isEmpty || skip(","), skip(first), let one = text(), skip(","), skip(second),
                let other = text(), skip("}")
            else { return nil }
            pairs.append((one, other))
        }
        return pairs
    }
}
