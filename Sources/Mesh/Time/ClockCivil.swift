/// What a reference tells all at once: what is to be added to its mesh time for the time of day.
public struct ClockCivil: Codable, Sendable, Hashable {
    /// Which of the reference's clocks: ``ClockReply/Time/since``.
    public var since: Int64
    /// What is to be added, nanoseconds.
    public var civil: Int64
    /// From when on, nanoseconds of mesh time.
    public var civilFrom: Int64
    /// The node whose system clock says so.
    public var civilBy: String
}
