/// A row of an answer to who asks for history: flat, so that every reader of tables can take it.
protocol TableRow: Sendable, Equatable {
    /// The columns' names, in the order of ``cells``.
    static var columns: [TableColumn] { get }
    /// What is in them.
    var cells: [StoreQuery.Value] { get }
}

/// A column of an answer.
struct TableColumn: Sendable, Hashable {
    /// What it holds.
    enum Kind: Sendable, Hashable {
        /// An instant, nanoseconds since 1970.
        case instant
        /// A time, nanoseconds.
        case duration
        /// A count.
        case count
        /// A text.
        case text
    }

    let name: String
    let kind: Kind
    /// Whether it may hold nothing.
    let isOptional: Bool
    /// What it says, for people who read how to ask.
    let meaning: String

    init(_ name: String, _ kind: Kind, optional: Bool = false, _ meaning: String) {
        self.name = name
        self.kind = kind
        isOptional = optional
        self.meaning = meaning
    }
}

/// Some rows, and where the next ones begin.
struct TablePage<Row: TableRow>: Sendable, Equatable {
    var rows: [Row]
    /// Behind the last of them; nil: there are no more.
    var next: RowCursor?
}

/// Where a page ends and the next one begins: what its last row is known by.
struct RowCursor: Sendable, Hashable, CustomStringConvertible {
    /// What a cursor's parts are.
    enum Part: Sendable {
        case number
        case text
    }

    let values: [StoreQuery.Value]

    init(_ values: [StoreQuery.Value]) { self.values = values }

    /// The cursor that was handed out as this text; nil for anything else.
    init?(_ text: String, _ parts: [Part]) {
        let words = text.split(separator: "/", maxSplits: parts.count - 1, omittingEmptySubsequences: false)
        guard words.count == parts.count, text.utf8.count <= 500, !text.utf8.contains(0) else { return nil }
        var values: [StoreQuery.Value] = []
        for (word, part) in zip(words, parts) {
            switch part {
            case .text: values.append(.text(String(word)))
            case .number:
                guard let number = Int64(word) else { return nil }
                values.append(.integer(number))
            }
        }
        self.values = values
    }

    /// As it is handed out: `1790000000000000000/stair`
    var description: String {
        values.map { value in
            switch value {
            case .integer(let number): "\(number)"
            case .text(let text): text
            case .null: ""
            }
        }.joined(separator: "/")
    }
}

extension StoreQuery.Value {
    init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

/// What a list is in the order of, and so what its cursors are made of: columns, of which the first is the instant.
struct RowOrder: Sendable {
    let columns: [String]
    let parts: [RowCursor.Part]

    init(_ columns: KeyValuePairs<String, RowCursor.Part>) {
        self.columns = columns.map(\.key)
        parts = columns.map(\.value)
    }

    /// The columns, as they are selected: a row begins with them.
    var sql: String { columns.joined(separator: ", ") }
}
