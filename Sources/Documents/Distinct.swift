internal import YAML

/// `items`, if their names differ; a fault for each that doesn't.
package func distinct<Value>(
    _ items: [(field: Field, value: Value)], name: KeyPath<Value, String>, _ allowed: String
) -> [Value] {
    var lines: [String: Int] = [:]
    for item in items {
        guard let line = lines.updateValue(item.field.node.mark.line, forKey: item.value[keyPath: name]) else {
            continue
        }
        item.field.fail(
            .duplicate, "stands twice (first in line \(line))", allowed: allowed,
            remedy: "Give one of the two another name")
    }
    return items.map(\.value)
}
