internal import Fleet
internal import Mesh

/// A backend reads these by the ten thousand a second, and to the JSON library they would be most of its work.
extension RecordEnvelope {
    /// The record of a line, as `JSON.decode` reads it.
    ///
    /// - Throws: `MessageError` where it is none.
    init(line: [UInt8]) throws(MessageError) {
        try Record.bounds.check(line)
        self =
            if let plain = RecordEnvelope(plain: line) { plain } else {
                try JSON.decode(RecordEnvelope.self, from: line, within: Record.bounds)
            }
    }

    /// The record of a line that stands exactly as `Record` writes it; nil for any other spelling, for texts with more than
    /// ASCII in them, and for what is rare.
    init?(plain line: [UInt8]) {
        var reader = PlainReader(line)
        guard reader.skip("{\"at\":"), let at = reader.integer(), reader.skip(",\"body\":{"),
            let body = RecordBody(from: &reader), reader.skip("},\"boot\":"), let boot = reader.text(),
            reader.skip(",\"kind\":"), let kind = reader.text(), kind == body.kind.rawValue,
            reader.skip(",\"node\":"), let node = reader.text(), reader.skip(",\"previous\":"),
            let previous = reader.text(), reader.skip(",\"sequence\":"), let sequence = reader.integer(),
            reader.skip(",\"site\":"), let site = reader.text(), reader.skip(",\"version\":"),
            let version = reader.integer(), reader.skip("}"), reader.isAtEnd
        else { return nil }
        self.at = at
        self.body = body
        self.kind = kind
        self.previous = previous
        self.version = Int(version)
        key = RecordKey(site: site, node: node, boot: boot, sequence: sequence)
    }
}

extension RecordBody {
    /// What stands between the braces of a body; each kind's begins as no other does.
    fileprivate init?(from reader: inout PlainReader) {
        if reader.skip("\"motion\":") {
            guard let motion = reader.truth(), reader.skip(",\"sensor\":"), let sensor = reader.text() else {
                return nil
            }
            self = .motion(MotionEvent(sensor: sensor, motion: motion))
        } else if reader.skip("\"activation\":") {
            guard let activation = reader.integer(), reader.skip(",\"actual\":"), let actual = reader.integer(),
                reader.skip(",\"bar\":"), let bar = reader.text(), reader.skip(",\"planned\":"),
                let planned = reader.integer(), reader.skip(",\"zone\":"), let zone = reader.text()
            else { return nil }
            self = .light(FirstLight(zone: zone, bar: bar, activation: activation, planned: planned, actual: actual))
        } else if reader.skip("\"cause\":") {
            guard let cause = reader.text(), reader.skip(",\"node\":"), let node = reader.text(),
                reader.skip(",\"status\":"), let status = reader.text().flatMap(HealthStatus.init(rawValue:)),
                case let body = HealthTransition(node: node, status: status, cause: cause), body.cause == cause
            else { return nil }
            self = .health(body)
        } else if reader.skip("\"name\":") {
            guard let name = reader.text(), reader.skip(",\"unit\":"), let unit = reader.text(),
                reader.skip(",\"value\":"), let value = reader.decimal(),
                case let body = MetricSample(name: name, value: value, unit: unit), body.name == name, body.unit == unit
            else { return nil }
            self = .sample(body)
        } else if reader.skip("\"level\":") {
            guard let level = reader.text().flatMap(LogLine.Level.init(rawValue:)), reader.skip(",\"text\":"),
                let text = reader.text(), case let body = LogLine(level: level, text: text), body.text == text
            else { return nil }
            self = .log(body)
        } else {
            return nil
        }
    }
}
