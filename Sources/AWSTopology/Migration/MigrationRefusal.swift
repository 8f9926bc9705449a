/// The reason why a migration isn't planned.
public struct MigrationRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// One reason.
    public struct Reason: Sendable, Hashable {
        /// The kind of reason.
        public var code: Code
        /// The resource.
        public var resource: String
        /// The reason, in a sentence.
        public var message: String
        /// The remedy.
        public var remedy: String
    }

    /// A kind of reason.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A resource that can't be moved between subnets.
        case immovable
        /// A step would leave something without a zone, or with fewer than AWS wants.
        case noZone
        /// There are no spare addresses for a temporary range.
        case noSpareRange
        /// A step's update would fail, and no temporary phase helps.
        case conflict
        /// There are more subnets than are searched through.
        case tooLarge
    }

    /// All of them.
    public var reasons: [Reason]

    /// A refusal for one reason.
    init(_ code: Code, _ resource: String, _ message: String, _ remedy: String) {
        reasons = [Reason(code: code, resource: resource, message: message, remedy: remedy)]
    }

    init(_ reasons: [Reason]) { self.reasons = reasons }

    /// A line for each.
    public var description: String {
        "the migration is refused:\n"
            + reasons.map { "  \($0.resource): \($0.message); \($0.remedy)" }.joined(separator: "\n")
    }
}
