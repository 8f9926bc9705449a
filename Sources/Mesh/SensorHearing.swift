/// The state of a sensor that speaks on a topic, as known from a message.
public struct SensorHearing: Sendable, Hashable {
    /// The value that it said, as it came, 64 characters at most; nil: none.
    public var said: String?
    /// The reason why it can't work as it is configured, or can't be reached; nil: nothing is the matter.
    public var trouble: String?
    /// True if the sensor itself has just said something.
    public var isAlive: Bool
    /// True if whoever looks after it says that it can be reached, false if that it can't; nil: nobody says.
    public var isOnline: Bool?

    /// The state as it is known.
    public init(said: String? = nil, trouble: String? = nil, isAlive: Bool = false, isOnline: Bool? = nil) {
        self.said = said.map { Excerpt.of($0, limit: 64) }
        self.trouble = trouble.map { Excerpt.of($0, limit: 300) }
        self.isAlive = isAlive
        self.isOnline = isOnline
    }
}
