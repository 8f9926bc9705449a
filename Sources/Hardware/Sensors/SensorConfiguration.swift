/// One motion sensor of a node.
public struct SensorConfiguration: Sendable, Hashable {
    /// The limits that may be asked for.
    public static let stuckLimitRange = Duration.seconds(30)...Duration.seconds(86400)

    /// Its name, unique in its node.
    public var name: String
    /// The time without a break after which its motion counts as a fault; nil: the agent decides.
    public var stuckLimit: Duration?
    /// The source of its motion.
    public var input: SensorInput

    /// A sensor made in code.
    public init(name: String, stuckLimit: Duration? = nil, input: SensorInput) {
        self.name = name
        self.stuckLimit = stuckLimit
        self.input = input
    }
}
