/// Who fills which place, by the rule of docs/protocol.md, read from what the broker keeps.
package struct PlaceHolders: Sendable {
    private var given: [String: (node: String, revision: Double)] = [:]
    /// Nodes whose configuration takes their bar or sensor out of the place of its name.
    private var moved: Set<String> = []

    /// Reads `config/node/<node>` messages, by node. `field`: `bars` or `sensors`.
    package init(_ messages: [String: PlainJSON], field: String) {
        for (node, message) in messages {
            let revision = message["revision"]?.number ?? 0
            for (thing, place) in message[field]?.fields ?? [:] {
                guard let place = place.text else { continue }
                moved.insert("\(node)/\(thing)")
                if place.isEmpty { continue }
                let full = PlaceHolders.full(place, field)
                if let other = given[full], other.revision >= revision { continue }
                given[full] = (node, revision)
            }
        }
    }

    /// The node that fills a place (`stair-01` or `stair-01/bar`); nil: nobody.
    package func holder(of place: String, field: String) -> String? {
        let full = PlaceHolders.full(place, field)
        if let given = given[full] { return given.node }
        return moved.contains(full) ? nil : full.split(separator: "/").first.map { String($0) }
    }

    private static func full(_ place: String, _ field: String) -> String {
        field == "bars" && !place.contains("/") ? place + "/bar" : place
    }
}
