/// A reference's word to all at once on the time of day: the correction to be added to its mesh time.
public struct ClockCivil: Codable, Sendable, Hashable {
    /// The reference's clock that it is for: ``ClockReply/Time/since``.
    public var since: Int64
    /// The correction, in nanoseconds.
    public var civil: Int64
    /// From when on, nanoseconds of mesh time.
    public var civilFrom: Int64
    /// The node whose system clock says so.
    public var civilBy: String
}
