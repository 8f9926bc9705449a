/// The reason why an outbox didn't do what it was asked to; what it held before is still there.
public struct OutboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        enum Base { case full, disk, inUse, laterVersion }
        let base: Base
        /// The outbox holds as much as it may of what is never given up: no more is taken until some of it has been
        /// sent.
        public static let full = Code(base: .full)
        /// The disk has no room, or fails.
        public static let disk = Code(base: .disk)
        /// Another process has it.
        public static let inUse = Code(base: .inUse)
        /// A later version of Footlight wrote it.
        public static let laterVersion = Code(base: .laterVersion)
    }

    /// The kind of fault.
    public var code: Code
    /// The fault, what is allowed, and what to do.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
