/// The limits of a request.
public struct IngestLimits: Sendable, Hashable {
    /// The bytes of a body as it comes.
    public var bodyBytes = 1 << 20
    /// The bytes of a body once it is unpacked.
    public var unpackedBytes = 16 << 20
    /// The records of a request.
    public var records = 10_000
    /// The seconds that a body may take to come.
    public var bodySeconds = 30
    /// The age of a record, days.
    public var ageDays = 400
    /// The largest lead of a record over this machine's clock, in seconds.
    public var aheadSeconds = 600
    /// The records of a site per second, over a minute.
    public var recordsPerSecond = 5000
    /// The requests that are served at once, to write and to read each.
    public var requests = 64

    /// The limits as they are by default.
    public init() {}
}
