/// A message of the presence radar LD2410.
package enum LD2410Message: Sendable, Hashable {
    /// A report, of its own accord.
    case report(LD2410Report)
    /// The answer to the command of this word: done or refused, and what it returns.
    case acknowledgement(command: UInt16, isDone: Bool, value: [UInt8])
}
