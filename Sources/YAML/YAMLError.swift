/// The reason why a text is not YAML that we read, and the place of the fault.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of fault.
    public struct Code: Sendable, Hashable {
        enum Base { case syntax, duplicateKey, tooDeep, tooLarge, keyNotScalar, unknownAlias, severalDocuments, empty }
        let base: Base
        /// Not YAML.
        public static let syntax = Code(base: .syntax)
        /// A key stands twice in one mapping.
        public static let duplicateKey = Code(base: .duplicateKey)
        /// Nested deeper than ``YAMLLimits/depth``.
        public static let tooDeep = Code(base: .tooDeep)
        /// More nodes than ``YAMLLimits/nodes``, aliases counted by what they stand for.
        public static let tooLarge = Code(base: .tooLarge)
        /// A key is a list or a mapping.
        public static let keyNotScalar = Code(base: .keyNotScalar)
        /// An alias to an anchor that isn't there (or not yet: a node can't contain itself).
        public static let unknownAlias = Code(base: .unknownAlias)
        /// A second document after `---`.
        public static let severalDocuments = Code(base: .severalDocuments)
        /// No document at all.
        public static let empty = Code(base: .empty)
    }

    /// The kind of fault.
    public var code: Code
    /// The place of the fault.
    public var mark: YAMLMark
    /// A sentence that says what was found and what to do, without the place.
    public var message: String

    /// `3:1: the key "hold" stands twice (first in line 2); keep one`
    public var description: String { "\(mark): \(message)" }
}
