import YAML

/// A way to the templates of nested stacks.
///
/// Nothing here reads files: who calls says how.
public struct NestedTemplates: Sendable {
    /// A file that was found.
    public struct Found: Sendable {
        /// The file's name, for places.
        public var file: String
        /// The file's text.
        public var text: String

        /// A file.
        public init(file: String, text: String) {
            self.file = file
            self.text = text
        }
    }

    /// Stacks nest no deeper than this; what does is left unread.
    static let deepest = 8

    private let find: @Sendable (_ path: String, _ from: String) -> Found?

    /// A way to files: by the path that a template has, and the file that has it.
    public init(find: @escaping @Sendable (_ path: String, _ from: String) -> Found?) { self.find = find }

    /// No way to any.
    public static let none = NestedTemplates { _, _ in nil }

    /// The template at `path`, as `file` says it; nil for an address elsewhere, and for a file that isn't there.
    func template(_ path: String, from file: String) -> Found? {
        guard !path.contains("://"), !path.contains("${"), !path.contains(ImportedValue.dynamic) else { return nil }
        return find(path, file)
    }
}
