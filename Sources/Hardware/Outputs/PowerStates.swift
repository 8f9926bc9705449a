/// A bar's light where the zone's isn't known yet, or the agent isn't there.
public struct PowerStates: Sendable, Hashable {
    /// The choices that there are.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// No light.
        case off
        /// The light that it showed last.
        case last
        /// All its light, warm white.
        case on
    }

    /// The light from the agent's start until it knows what the zone shows.
    public var start: State
    /// The light after the agent was stopped in good order.
    public var stop: State
    /// The light after the agent was killed, or crashed.
    public var killed: State

    /// States; the defaults are those of a file that says nothing.
    public init(start: State = .off, stop: State = .off, killed: State = .last) {
        self.start = start
        self.stop = stop
        self.killed = killed
    }
}
