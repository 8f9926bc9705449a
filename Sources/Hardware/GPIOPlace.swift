/// A line of a GPIO chip, by its number or its name.
public enum GPIOPlace: Sendable, Hashable, CustomStringConvertible {
    /// The line at `offset` on a chip: its name (`gpiochip0`), path or label.
    case offset(UInt32, chip: String)
    /// The line that bears this name, on this chip or on whichever has one.
    case named(String, chip: String? = nil)

    /// `line 17 of gpiochip0`
    public var description: String {
        switch self {
        case .offset(let offset, let chip): "line \(offset) of \(chip)"
        case .named(let name, let chip?): "line \"\(name)\" of \(chip)"
        case .named(let name, nil): "line \"\(name)\""
        }
    }
}
