/// A place in a file.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    /// The file's name as given; empty where there is none.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// A place.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `backend.yaml:12`
    public var description: String { "\(file):\(line)" }
}
