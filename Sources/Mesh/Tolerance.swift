/// The treatment of values that only a later contract has: in a message of one, each is left out alone, and told of. In
/// any other message they are mistakes, and it is refused.
public struct Tolerance: Sendable {
    /// How many are told of by name.
    private static let told = 3

    private let contract: Int?
    private var notes: [MessageError] = []
    private var count = 0

    /// A tolerance of a message of a contract; nil: the first.
    init(_ contract: Int?) { self.contract = contract }

    /// A value, or what is usual in the stead of one that only a later contract has.
    ///
    /// - Throws: ``MessageError`` for a mistake.
    mutating func read<Value>(
        _ value: @autoclosure () throws(MessageError) -> Value, or usual: Value
    ) throws(MessageError) -> Value {
        do throws(MessageError) {
            return try value()
        } catch {
            guard Version.isLater(contract) else { throw error }
            count += 1
            if notes.count < Tolerance.told { notes.append(error) }
            return usual
        }
    }

    /// What was left out, and who wrote it; nil: nothing was.
    var remark: String? { summary.map { $0 + Version.origin(contract) } }

    /// What was left out; nil: nothing was.
    var summary: String? {
        guard count > 0 else { return nil }
        let others = count > notes.count ? ", and \(count - notes.count) more" : ""
        return "the usual holds for " + notes.map(\.description).joined(separator: ", ") + others
    }
}
