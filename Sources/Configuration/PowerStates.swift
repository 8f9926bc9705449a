/// What a bar shows where the agent can't know better, or isn't there.
public struct PowerStates: Sendable, Hashable {
    /// What may be shown.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// No light.
        case off
        /// What it showed last.
        case last
        /// All its light, warm white.
        case on
    }

    /// When the agent has started, until it knows what the zone shows.
    public var start: State
    /// When the agent has been stopped in good order.
    public var stop: State
    /// When the agent has been killed, or has crashed.
    public var killed: State

    /// States; the defaults are those of a file that says nothing.
    public init(start: State = .off, stop: State = .off, killed: State = .last) {
        self.start = start
        self.stop = stop
        self.killed = killed
    }
}
