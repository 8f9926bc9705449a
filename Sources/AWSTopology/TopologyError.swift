/// The reason why a topology, an address plan or a file of either is refused.
public struct TopologyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        private enum Base {
            case malformed, unknownKey, missing, outOfRange, overlap, doesNotFit, unknownName, duplicate, unknownForm
        }
        private let base: Base
        /// Text that is not what the field holds, or no YAML at all.
        public static let malformed = Code(base: .malformed)
        /// A key that the form does not know.
        public static let unknownKey = Code(base: .unknownKey)
        /// A key that must be there.
        public static let missing = Code(base: .missing)
        /// A value beyond its limits.
        public static let outOfRange = Code(base: .outOfRange)
        /// Two networks share addresses.
        public static let overlap = Code(base: .overlap)
        /// A network too small for what it must hold, or outside of what must hold it.
        public static let doesNotFit = Code(base: .doesNotFit)
        /// A reference to something that is not there.
        public static let unknownName = Code(base: .unknownName)
        /// A name given twice.
        public static let duplicate = Code(base: .duplicate)
        /// A file that describes no topology in any form that is understood.
        public static let unknownForm = Code(base: .unknownForm)
    }

    /// The kind of fault.
    public var code: Code
    /// The place of the fault; nil for what was not read from a file.
    public var place: SourcePlace?
    /// The field, with its path: `addresses.tiers.backend.block`; empty for none.
    public var field: String
    /// The thing that was found.
    public var found: String
    /// The values that are allowed.
    public var allowed: String
    /// The remedy.
    public var remedy: String

    /// A fault.
    public init(
        _ code: Code, at place: SourcePlace? = nil, field: String = "", found: String, allowed: String, remedy: String
    ) {
        self.code = code
        self.place = place
        self.field = field
        self.found = found
        self.allowed = allowed
        self.remedy = remedy
    }

    /// The same fault with a place and field, where it has none yet.
    public func located(at place: SourcePlace?, field: String) -> TopologyError {
        var error = self
        if error.place == nil { error.place = place }
        if error.field.isEmpty { error.field = field }
        return error
    }

    /// `backend.yaml:12: zones: found 7; allowed: 1 to 6 zones; name fewer zones`
    public var description: String {
        let parts = [place?.description ?? "", field].filter { !$0.isEmpty }.map { $0 + ": " }.joined()
        return "\(parts)found \(found); allowed: \(allowed); \(remedy)"
    }
}
