internal import YAML

/// How one driver's part of a file is read: a new driver is one more of these in its field's list.
package struct Driver<Value> {
    /// What `driver:` says.
    package let name: String
    /// The fields beside `driver`.
    package let fields: [String]
    /// The whole value, for messages.
    package let example: String
    package let read: (FieldMap) -> Value?

    package init(_ name: String, fields: [String] = [], example: String, read: @escaping (FieldMap) -> Value?) {
        self.name = name
        self.fields = fields
        self.example = example
        self.read = read
    }
}

extension Field {
    /// What one of `drivers` makes of this value: `{driver: trace, path: …}`, or for a driver that needs nothing else,
    /// `simulated`.
    package func driver<Value>(_ what: String, _ drivers: [Driver<Value>]) -> Value? {
        guard isUntagged(), let example = drivers.first?.example else { return nil }
        let allowed = "\(what) has a driver: \(oneOf(drivers.map(\.name)))"
        let name: Field
        if let entries = node.entries {
            guard let entry = entries.first(where: { $0.key == "driver" }) else {
                faults.add(
                    .missing, at: keyMark, field: "\(path).driver", problem: "is missing", allowed: allowed,
                    remedy: write(example))
                return nil
            }
            name = child(entry)
        } else {
            name = self
        }
        guard let text = name.text("a driver", example: name.path == path ? example : drivers[0].name) else {
            return nil
        }
        guard let driver = drivers.first(where: { $0.name == text }) else {
            let near = Spelling.nearest(to: text, in: drivers.map(\.name))
            name.fail(
                .malformed, "is no driver", allowed: allowed,
                remedy: near.map { "Did you mean \($0)?" } ?? write(example))
            return nil
        }
        if node.entries != nil {
            return fields(["driver"] + driver.fields, example: driver.example).flatMap(driver.read)
        }
        guard driver.fields.isEmpty else {
            fail(
                .missing, "needs more than its name",
                allowed: "this driver has the fields \(driver.fields.joined(separator: ", "))",
                remedy: write(driver.example))
            return nil
        }
        return driver.read(FieldMap(field: self, entries: []))
    }
}
