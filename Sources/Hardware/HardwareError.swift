/// Why a piece of hardware doesn't do what it should, and what to do about it.
public struct HardwareError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public struct Code: Sendable, Hashable {
        enum Base { case unavailable, writeFailed }
        let base: Base
        /// It isn't there, or isn't ours to use.
        public static let unavailable = Code(base: .unavailable)
        /// It didn't take a frame.
        public static let writeFailed = Code(base: .writeFailed)
    }

    /// What kind of fault it is.
    public var code: Code
    /// A sentence that says what and what to do.
    public var description: String

    /// A fault.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
