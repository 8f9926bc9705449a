/// The effect of a stack update on a resource when a property of it changes; AWS's term, hence the spelling.
///
/// - Source: AWS CloudFormation User Guide, "Understand update behaviors of stack resources".
public enum UpdateBehavior: Int, Sendable, Hashable, Comparable {
    /// The resource goes on working.
    case noInterruption
    /// The resource stays, but doesn't work, or not for all, for some time.
    case someInterruption
    /// A new one is made, what referred to the old one refers to the new one, and the old one is deleted.
    case replacement

    /// The words for people.
    public var text: String {
        switch self {
        case .noInterruption: "no interruption"
        case .someInterruption: "some interruption"
        case .replacement: "replacement"
        }
    }

    /// The milder first.
    public static func < (a: UpdateBehavior, b: UpdateBehavior) -> Bool { a.rawValue < b.rawValue }
}
