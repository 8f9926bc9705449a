/// A kind of record, by the field `kind`.
public enum RecordKind: String, Sendable, Hashable, CaseIterable {
    /// A sensor began or ceased to see motion.
    case motion
    /// A bar's first light in an activation.
    case light
    /// A node's health status changed.
    case health
    /// Something that the fleet agent does to a node.
    case activity
    /// A figure.
    case sample
    /// A line of a log.
    case log
}
