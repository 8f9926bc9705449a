extension StoreQuery {
    /// A time, a page's beginning, an order and an end.
    mutating func append(page asked: HistoryQuery, by order: RowOrder) {
        let columns = order.columns
        append(" AND \(sql: columns[0]) >= \(asked.from) AND \(sql: columns[0]) < \(asked.to)")
        if let after = asked.after, after.values.count == columns.count {
            append(" AND (\(sql: order.sql)) \(sql: asked.isNewestFirst ? "<" : ">") (")
            for (index, value) in after.values.enumerated() {
                if index > 0 { append(", ") }
                switch value {
                case .integer(let number): append("\(number)")
                case .text(let text): append("\(text)")
                case .null: append("NULL")
                }
            }
            append(")")
        }
        let sorted = columns.map { asked.isNewestFirst ? "\($0) DESC" : $0 }.joined(separator: ", ")
        append(" ORDER BY \(sql: sorted) LIMIT \(Int64(asked.limit) + 1)")
    }
}
