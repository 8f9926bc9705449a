internal import Documents
internal import Mesh

/// What comes on a topic on which nothing understandable has come yet: what a typing error looks like from here.
struct FieldSearch: Sendable {
    /// So many messages are looked through for the names that they have.
    private static let thoroughly = 16
    /// So many of the names are told.
    private static let told = 12

    /// Whether a message has been understood, so that nothing is searched for any more.
    private(set) var isOver = false
    private var count = 0
    private var names: Set<String> = []

    /// A message was understood.
    mutating func found() {
        isOver = true
        names = []
    }

    /// A message came that has nothing at `field`.
    ///
    /// - Parameter isRare: whether most messages need not have it, so that a few say nothing.
    /// - Returns: what is the matter; nil: perhaps nothing.
    mutating func missed(_ field: JSONPath, in payload: [UInt8], isRare: Bool = false) -> String? {
        guard !isOver else { return nil }
        count += 1
        if count <= FieldSearch.thoroughly, let leaves = try? JSON.leaves(in: payload) {
            for leaf in leaves where names.count < 64 { names.insert(leaf.path.description) }
        }
        guard !isRare || count >= FieldSearch.thoroughly else { return nil }
        let sorted = names.sorted()
        let there =
            sorted.prefix(FieldSearch.told).joined(separator: ", ") + (sorted.count > FieldSearch.told ? ", …" : "")
        if field == .whole {
            return "messages come, but they are JSON: write the field of theirs that counts; they have \(there)"
        }
        let near = Spelling.nearest(to: field.description, in: sorted)
        return "messages come, none has field \(field.description); they have \(there.isEmpty ? "none" : there)"
            + (near.map { "; did you mean \($0)?" } ?? "")
    }
}
