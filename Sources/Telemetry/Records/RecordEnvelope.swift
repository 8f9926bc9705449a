internal import Lighting
internal import Mesh

/// A record's JSON.
struct RecordEnvelope: Codable {
    private enum CodingKeys: String, CodingKey {
        case version, site, node, boot, sequence, at, previous, kind, body
    }

    let version: Int
    let key: RecordKey
    let at: Int64
    let previous: String
    let kind: String
    /// Nil for a kind that only a later version has.
    let body: RecordBody?

    init(_ record: Record) {
        version = Record.version
        key = record.key
        at = record.at.nanoseconds
        previous = record.previous.description
        kind = record.body.kind.rawValue
        body = record.body
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        version = try fields.decode(Int.self, forKey: .version)
        key = RecordKey(
            site: try fields.decode(String.self, forKey: .site), node: try fields.decode(String.self, forKey: .node),
            boot: try fields.decode(String.self, forKey: .boot),
            sequence: try fields.decode(Int64.self, forKey: .sequence))
        at = try fields.decode(Int64.self, forKey: .at)
        previous = try fields.decode(String.self, forKey: .previous)
        kind = try fields.decode(String.self, forKey: .kind)
        body =
            switch RecordKind(rawValue: kind) {
            case .motion: .motion(try fields.decode(MotionEvent.self, forKey: .body))
            case .light: .light(try fields.decode(FirstLight.self, forKey: .body))
            case .health: .health(try fields.decode(HealthTransition.self, forKey: .body))
            case .activity: .activity(try fields.decode(GroupActivity.self, forKey: .body))
            case .sample: .sample(try fields.decode(MetricSample.self, forKey: .body))
            case .log: .log(try fields.decode(LogLine.self, forKey: .body))
            case nil: nil
            }
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(version, forKey: .version)
        try fields.encode(key.site, forKey: .site)
        try fields.encode(key.node, forKey: .node)
        try fields.encode(key.boot, forKey: .boot)
        try fields.encode(key.sequence, forKey: .sequence)
        try fields.encode(at, forKey: .at)
        try fields.encode(previous, forKey: .previous)
        try fields.encode(kind, forKey: .kind)
        switch body {
        case .motion(let body): try fields.encode(body, forKey: .body)
        case .light(let body): try fields.encode(body, forKey: .body)
        case .health(let body): try fields.encode(body, forKey: .body)
        case .activity(let body): try fields.encode(body, forKey: .body)
        case .sample(let body): try fields.encode(body, forKey: .body)
        case .log(let body): try fields.encode(body, forKey: .body)
        case nil: break
        }
    }
}
