/// The reason why a store didn't do what it was asked to.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        enum Base { case unavailable, full, notAllowed, wrongVersion, badAddress, failed }
        let base: Base
        /// The store can't be reached at present: asked later, it may answer.
        public static let unavailable = Code(base: .unavailable)
        /// The store has no room.
        public static let full = Code(base: .full)
        /// The role that it is asked in may not.
        public static let notAllowed = Code(base: .notAllowed)
        /// Its tables are of another version than this program's.
        public static let wrongVersion = Code(base: .wrongVersion)
        /// There can be no store of this address.
        public static let badAddress = Code(base: .badAddress)
        /// Something else.
        public static let failed = Code(base: .failed)
    }

    /// The kind of fault.
    public var code: Code
    /// The fault, and what to do about it.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// A month that isn't dropped, as it has other records than were archived.
    static func grown(_ month: RecordMonth, has count: Int, expected: Int) -> StoreError {
        StoreError(.failed, "\(month) has \(count) records, not the \(expected) that were archived: it isn't dropped")
    }
}
