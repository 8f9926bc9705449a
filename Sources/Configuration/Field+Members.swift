internal import Documents
import Lighting
import YAML

extension Field {
    /// The bars of a zone, in order.
    func bars() -> [String]? {
        let example = "[stair-01, stair-02]"
        guard let items = list(of: "bars", example: example) else { return nil }
        guard items.count <= Zone.maximumBars else {
            fail(
                .outOfRange, "has \(items.count) bars", allowed: "a zone has at most \(Zone.maximumBars)",
                remedy: "Make several zones of it")
            return nil
        }
        var names: [String] = []
        var lines: [String: Int] = [:]
        // The first bar of each node that stands here by a name of its own, or as the node's only one.
        var ofNode: [Substring: (name: String, line: Int)] = [:]
        for item in items {
            guard let name = item.text("a bar", example: example, limit: .max),
                item.isReference(name, "a bar", takesNode: true, example: "stair-01 or stair-01/bar")
            else { continue }
            let line = item.node.mark.line
            let node = name.prefix { $0 != "/" }
            if let first = lines[name] {
                item.fail(
                    .duplicate, "stands twice (first in line \(first))",
                    allowed: "a bar has one place in a zone", remedy: "Remove one of the two")
            } else if let other = ofNode[node], (other.name == node) != (name == node) {
                item.fail(
                    .ambiguous, "and \"\(other.name)\" (line \(other.line)) may be the same bar",
                    allowed: "a node's name alone means its only bar",
                    remedy: "Write both as \(node)/bar, with the names of its bars")
            } else {
                lines[name] = line
                ofNode[node] = ofNode[node] ?? (name, line)
                names.append(name)
            }
        }
        return names.count == items.count ? names : nil
    }

    /// The sensors of a zone, and where each stands among its bars; nil bars: nobody knows which there are.
    func sensors(bars: [String]?) -> [String: SensorPosition]? {
        guard let entries = named("sensors", example: "{stair-01/bottom: first}") else { return nil }
        let places = bars.map(Places.init)
        var sensors: [String: SensorPosition] = [:]
        for (name, field) in entries {
            let isName = field.isReference(name, "a sensor", takesNode: false, example: "stair-01/bottom", isKey: true)
            if let position = field.position(in: places), isName { sensors[name] = position }
        }
        return sensors.count == entries.count ? sensors : nil
    }

    /// A light sensor by its node and its name.
    func lightSensor() -> String? {
        guard let text = text("a light sensor", example: "landing/window", limit: .max) else { return nil }
        return isReference(text, "a light sensor", takesNode: false, example: "landing/window") ? text : nil
    }

    private func position(in places: Places?) -> SensorPosition? {
        guard let text = text("a sensor's place", example: "first", limit: .max) else { return nil }
        let allowed = "a sensor stands at first, at last, or at a bar of this zone"
        switch text {
        case "first", "last":
            guard places?.has(text) != true else {
                fail(
                    .ambiguous, "is the zone's end and one of its bars", allowed: allowed,
                    remedy: "Name the bar as \(text)/bar in both places, with its own name")
                return nil
            }
            return text == "first" ? .first : .last
        default:
            guard let places, !places.has(text) else { return .bar(text) }
            let near = faults.isFull ? nil : places.nearest(to: text)
            fail(
                .unknownReference, "is no bar of this zone", allowed: allowed,
                remedy: near.map { "Did you mean \($0)?" } ?? write("first"))
            return nil
        }
    }

    /// Whether `name` is `node/thing`, or, where it takes that, `node`; a fault if not.
    private func isReference(
        _ name: String, _ what: String, takesNode: Bool, example: String, isKey: Bool = false
    ) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let problem: String
        if let part = parts.first(where: { !NameRule.allows($0) }) {
            problem = NameRule.problem(part)
        } else if parts.count > 2 {
            problem = "has more than one /"
        } else if parts.count == 1, !takesNode {
            problem = "has no node"
        } else {
            return true
        }
        let names = parts.filter { !$0.isEmpty }.prefix(2).map { NameRule.proposal(for: $0, else: "stair-01") }
        let proposal =
            if names.count == 2 || (names.count == 1 && takesNode) {
                names.joined(separator: "/")
            } else {
                names.first.map { "stair-01/\($0)" } ?? example
            }
        faults.add(
            .malformed, at: isKey ? keyMark : node.mark, field: path, found: Excerpt.of(name), problem: problem,
            allowed: takesNode
                ? "\(what) is named node or node/bar, each \(NameRule.allowed)"
                : "\(what) is named node/sensor, each \(NameRule.allowed)",
            remedy: "Write \(proposal), for instance")
        return false
    }
}
