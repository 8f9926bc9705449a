/// The name under which a GPIO line is held: one of an agent's uses for it.
public enum GPIOConsumer: Sendable, Hashable, CustomStringConvertible {
    /// A node's bar or sensor.
    case part(_ name: String, node: String)
    /// The trigger wire of the agent whose first node this is.
    case wire(node: String)

    /// How many bytes of it the kernel keeps.
    ///
    /// - Source: linux/gpio.h: GPIO_MAX_NAME_SIZE, 32 with the zero at the end.
    private static let kept = 31

    /// `footlight stair-01/bottom`, `footlight wire stair-01`.
    public var description: String {
        switch self {
        case .part(let name, let node): "footlight \(node)/\(name)"
        case .wire(let node): "footlight wire \(node)"
        }
    }

    /// Returns whether this is the one that the kernel calls `user`.
    public func isSeen(as user: String) -> Bool {
        description.utf8.prefix(GPIOConsumer.kept).elementsEqual(user.utf8)
    }
}
