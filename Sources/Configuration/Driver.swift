import YAML

/// How one driver's part of a file is read: a new driver is one more of these in its field's list.
struct Driver<Value> {
    /// What `driver:` says.
    let name: String
    /// The fields beside `driver`.
    let fields: [String]
    /// The whole value, for messages.
    let example: String
    let read: (FieldMap) -> Value?

    init(_ name: String, fields: [String] = [], example: String, read: @escaping (FieldMap) -> Value?) {
        self.name = name
        self.fields = fields
        self.example = example
        self.read = read
    }
}

extension Field {
    /// What one of `drivers` makes of this value: `{driver: trace, path: …}`, or for a driver that needs nothing else,
    /// `simulated`.
    func driver<Value>(_ what: String, _ drivers: [Driver<Value>]) -> Value? {
        guard isUntagged(), let first = drivers.first else { return nil }
        let choices = drivers.map { (name: $0.name, value: $0) }
        if let entries = node.entries {
            guard let entry = entries.first(where: { $0.key == "driver" }) else {
                faults.add(
                    .missing, at: keyMark, field: "\(path).driver", problem: "is missing",
                    allowed: "\(what) has a driver: \(oneOf(drivers.map(\.name)))", remedy: write(first.example))
                return nil
            }
            guard let driver = child(entry).choice("a driver", of: choices) else { return nil }
            return fields(["driver"] + driver.fields, example: driver.example).flatMap(driver.read)
        }
        guard node.items == nil, !node.isNull else {
            fail(
                node.isNull ? .missing : .wrongKind, node.isNull ? "has no value" : "is \(node.kind)",
                allowed: "\(what) has a driver: \(oneOf(drivers.map(\.name)))", remedy: write(first.example))
            return nil
        }
        guard let driver = choice("\(what)'s driver", of: choices) else { return nil }
        guard driver.fields.isEmpty else {
            fail(
                .missing, "needs to know more", allowed: "with it stand \(oneOf(driver.fields))",
                remedy: write(driver.example))
            return nil
        }
        return driver.read(FieldMap(field: self, entries: []))
    }
}
