public import Mesh

/// The fleet agent that collects a site's records says so: retained, on `Topic/collector`. While it is there nodes keep
/// records; an empty message ends that.
public struct CollectorMessage: Payload, Hashable {
    /// The fleet agent.
    public var agent: String
    /// An identifier of the start of that agent; each start has another.
    public var bootId: String
    /// The instant from which it collects, nanoseconds since 1970: whoever hears of another hands over at once what
    /// waits.
    public var since: Int64

    /// A collector.
    public init(agent: String, bootId: String, since: Int64) {
        self.agent = agent
        self.bootId = bootId
        self.since = since
    }

    /// The message in a payload; nil: nobody collects.
    ///
    /// - Throws: `MessageError` for what no fleet agent says.
    public init?(payload: [UInt8]) throws(MessageError) {
        guard !payload.isEmpty else { return nil }
        self = try JSON.decode(CollectorMessage.self, from: payload)
    }

    /// - Throws: `MessageError` for what no fleet agent says.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        try RecordText.checkName(agent, field: "agent")
        try RecordText.checkLength(bootId, 1...64, field: "bootId")
    }
}
