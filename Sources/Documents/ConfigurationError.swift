public import YAML

/// One fault of a file that a person wrote: where, what was found, what is allowed, and what to do.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        enum Base {
            case unreadable, tooLarge, notText, syntax, unknownField, missing, wrongKind, malformed, outOfRange
            case duplicate, ambiguous, unknownReference, conflict
        }
        let base: Base
        /// The file can't be opened or read.
        public static let unreadable = Code(base: .unreadable)
        /// The file is larger, or nested deeper, than any that people write.
        public static let tooLarge = Code(base: .tooLarge)
        /// The file isn't UTF-8 text.
        public static let notText = Code(base: .notText)
        /// The file isn't YAML.
        public static let syntax = Code(base: .syntax)
        /// There is no field of this name here.
        public static let unknownField = Code(base: .unknownField)
        /// A field that must be there isn't, or is empty.
        public static let missing = Code(base: .missing)
        /// A list where a single value belongs, and the like.
        public static let wrongKind = Code(base: .wrongKind)
        /// A value that isn't written as such values are.
        public static let malformed = Code(base: .malformed)
        /// A value beyond what is allowed.
        public static let outOfRange = Code(base: .outOfRange)
        /// The same thing twice.
        public static let duplicate = Code(base: .duplicate)
        /// Two names that may mean the same thing.
        public static let ambiguous = Code(base: .ambiguous)
        /// A name of something that isn't there.
        public static let unknownReference = Code(base: .unknownReference)
        /// Fields that contradict each other.
        public static let conflict = Code(base: .conflict)
    }

    /// The file, as it was named to us.
    public var file: String
    /// The place in the file; nil: the fault is the whole file's.
    public var mark: YAMLMark?
    /// The field, `zones.stairs.hold`; empty where the fault is the file's own.
    public var field: String
    /// The kind of fault.
    public var code: Code
    /// The value as it was written, cut to a readable length; nil where there is none.
    public var found: String?
    /// The fault of what was found: `is too short`.
    public var problem: String
    /// The values that are allowed: `a hold lasts 5s to 1h`; empty where the remedy says it all.
    public var allowed: String
    /// The remedy: `Write hold: 60s, for instance`.
    public var remedy: String

    /// `site.yaml:12:5: zones.stairs.hold: "4s" is too short; a hold lasts 5s to 1h. Write hold: 60s, for instance.`
    public var description: String {
        var text = file
        if let mark { text += ":\(mark)" }
        text += ": "
        if !field.isEmpty { text += field + ": " }
        if let found { text += "\"\(found)\" " }
        text += problem
        if !allowed.isEmpty { text += "; " + allowed }
        return text + ". " + remedy + (remedy.hasSuffix("?") ? "" : ".")
    }
}
