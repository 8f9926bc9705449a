/// One field that is another in the file than on the broker.
struct FieldChange: Sendable, Encodable {
    /// `hold`, `look.colour`.
    var field: String
    /// What it is; nil where there is none.
    var from: String?
    /// What it is to be; nil where there is to be none.
    var to: String?
    /// What changes, where that is said in fewer words.
    var note: String?

    /// `60s → 90s`
    var text: String { note ?? "\(from ?? "–") → \(to ?? "–")" }

    private enum CodingKeys: CodingKey {
        case field, from, to
    }
}
