extension CostEstimate {
    /// The estimate as a table for people.
    public var text: String { Self.text([self]) }

    /// Several estimates side by side, a column each; what each part comes from is that of the last one.
    public static func text(_ estimates: [CostEstimate]) -> String {
        guard let last = estimates.last else { return "" }
        var names = last.parts.map(\.name)
        for part in estimates.flatMap(\.parts) where !names.contains(part.name) { names.append(part.name) }
        var rows = [["US dollars a month"] + estimates.map { "\($0.zones) zone\($0.zones == 1 ? "" : "s")" } + [""]]
        for name in names {
            let parts = estimates.map { $0.parts.first { $0.name == name } }
            rows.append(
                [name] + parts.map { $0.map { dollars($0.monthly) } ?? "–" } + [parts.last??.explanation ?? ""])
        }
        rows.append(["together"] + estimates.map { dollars($0.monthly) } + [""])
        rows.append(["instances"] + estimates.map { "\($0.instances)" } + ["while awake"])
        rows.append(["left when a zone is lost"] + estimates.map { "\($0.survivors)" } + [""])
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            row.indices.map { column in
                column == 0 || column == row.count - 1
                    ? row[column].padded(to: widths[column])
                    : String(repeating: " ", count: widths[column] - row[column].count) + row[column]
            }.joined(separator: "  ").trimmingTrailingSpaces
        }
        let rule = String(repeating: "─", count: widths.dropLast().reduce(0, +) + 2 * (widths.count - 2))
        lines.insert(rule, at: 1)
        lines.insert(rule, at: lines.count - 3)
        for each in last.unpriced { lines.append("not in the figure, for there is no price: \(each)") }
        lines.append(
            "List prices of \(last.prices.region) as of \(last.prices.date), to be checked; without tax, free tier and"
                + " commitments.")
        return lines.joined(separator: "\n") + "\n"
    }

    /// `113.88`
    public static func dollars(_ amount: Double) -> String {
        let cents = Int((amount * 100).rounded())
        return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    /// The estimate as JSON, keys in a fixed order.
    public var json: String {
        let items = parts.map {
            """
                {"name": \(TemplateWriter.quotedJSON($0.name)), "quantity": \(Self.plain($0.quantity)), \
            "unit": "\($0.unit)", "price": \(Self.plain($0.price)), "monthly": \(Self.dollars($0.monthly)), \
            "working": \(TemplateWriter.quotedJSON($0.working))}
            """
        }
        let unpriced = unpriced.map(TemplateWriter.quotedJSON).joined(separator: ", ")
        return """
            {
              "zones": \(zones), "instances": \(instances), "survivors": \(survivors), "region": "\(prices.region)",
              "pricesAsOf": "\(prices.date)", "currency": "USD", "monthly": \(Self.dollars(monthly)),
              "unpriced": [\(unpriced)],
              "parts": [
            \(items.joined(separator: ",\n"))
              ]
            }

            """
    }

    private static func plain(_ number: Double) -> String {
        let rounded = (number * 10000).rounded() / 10000
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}

extension CostEstimate.Part {
    /// `2190 gateway-hours at 0.052: 3 × 730 h`
    fileprivate var explanation: String {
        "\(CostCounter.short(quantity)) \(unit) at \(price)" + (working.isEmpty ? "" : ": \(working)")
    }
}
