/// A question to a store's tables, in the SQL that both kinds of store understand: places are `$1` and so on.
public struct StoreQuery: Sendable, Hashable {
    /// A value in a place of a question, or in a row of an answer.
    public enum Value: Sendable, Hashable {
        /// A whole number.
        case integer(Int64)
        /// A text.
        case text(String)
        /// No value.
        case null
    }

    private(set) var sql = ""
    private(set) var values: [Value] = []

    /// A question made of pieces: what is interpolated becomes a place, but for `sql:`.
    init(_ piece: Piece = "") { append(piece) }

    /// Goes on with a piece.
    mutating func append(_ piece: Piece) {
        for part in piece.parts {
            switch part {
            case .sql(let text): sql += text
            case .value(let value):
                values.append(value)
                sql += "$\(values.count)"
            }
        }
    }

    /// A part of a statement.
    struct Piece: ExpressibleByStringInterpolation {
        enum Part {
            case sql(String)
            case value(Value)
        }

        struct StringInterpolation: StringInterpolationProtocol {
            var parts: [Part] = []

            init(literalCapacity: Int, interpolationCount: Int) {}

            mutating func appendLiteral(_ literal: String) { parts.append(.sql(literal)) }
            mutating func appendInterpolation(_ number: Int64) { parts.append(.value(.integer(number))) }
            mutating func appendInterpolation(_ text: String) { parts.append(.value(.text(text))) }
            /// SQL of this program's own: never what came from outside.
            mutating func appendInterpolation(sql: String) { parts.append(.sql(sql)) }
        }

        let parts: [Part]

        init(stringLiteral text: String) { parts = [.sql(text)] }
        init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }
    }
}

extension StoreQuery.Value {
    /// The number; nil for anything else.
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
    /// The text; nil for anything else.
    var text: String? { if case .text(let text) = self { text } else { nil } }
}
