/// What is known of a sensor that speaks on a topic, as of a message.
public struct SensorHearing: Sendable, Hashable {
    /// The value that it said, as it came, 64 characters at most; nil: none.
    public var said: String?
    /// Why it can't work as it is configured, or can't be reached; nil: nothing is the matter.
    public var trouble: String?
    /// Whether the sensor itself has just said something.
    public var isAlive: Bool
    /// Whether whoever looks after it says that it can be reached; nil: nobody says.
    public var isOnline: Bool?

    /// What is known.
    public init(said: String? = nil, trouble: String? = nil, isAlive: Bool = false, isOnline: Bool? = nil) {
        self.said = said.map { Excerpt.of($0, limit: 64) }
        self.trouble = trouble.map { Excerpt.of($0, limit: 300) }
        self.isAlive = isAlive
        self.isOnline = isOnline
    }
}
