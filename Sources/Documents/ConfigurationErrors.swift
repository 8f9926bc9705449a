/// All the faults of a file, in the order of its lines.
public struct ConfigurationErrors: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number of faults of one file that are kept: nobody reads more.
    public static let limit = 1000

    /// The faults, at least one.
    public let errors: [ConfigurationError]
    /// The number of faults beyond ``limit``.
    public let omitted: Int

    /// A line for each fault, as compilers write them.
    public var description: String {
        let lines = errors.map(\.description).joined(separator: "\n")
        return omitted == 0 ? lines : lines + "\n… and \(omitted) more faults."
    }
}
