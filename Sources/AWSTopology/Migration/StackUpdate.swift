/// One update of a stack from one topology to another, and whether it can be done.
///
/// CloudFormation creates what is new, and replacements, before it deletes what is old. So whatever can't stand beside
/// its predecessor makes an update fail: that is predicted here, without AWS.
///
/// - Source: AWS CloudFormation User Guide, "Update behaviors of stack resources"; requirement T9.
public struct StackUpdate: Sendable, Hashable {
    /// The topology before.
    public let from: Topology
    /// The topology that is wanted.
    public let to: Topology
    /// The places of the databases.
    public let placements: [DatabasePlacement]
    /// The changes, by the resources' order: those that stand, then new ones.
    public let changes: [StackChange]

    /// The update from one topology to another; where databases lie is assumed unless it is said.
    public init(from: Topology, to: Topology, placements: [DatabasePlacement]? = nil) {
        self.from = from
        self.to = to
        self.placements = placements ?? DatabasePlacement.assumed(in: from)
        changes = Self.changes(from, to)
    }

    private static func changes(_ from: Topology, _ to: Topology) -> [StackChange] {
        let old = from.resources
        let new = to.resources
        let oldNames = Set(old.map(\.name))
        let byName = Dictionary(new.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
        var changes: [StackChange] = []
        var replaced: Set<String> = []
        for resource in old {
            let type = Swift.type(of: resource).type
            guard let next = byName[resource.name] else {
                changes.append(StackChange(action: .remove, name: resource.name, type: type))
                continue
            }
            guard Swift.type(of: next).type == type else {
                changes.append(StackChange(action: .replace, name: resource.name, type: type, properties: ["type"]))
                continue
            }
            // Most are the same, which is quickly seen.
            guard !Self.isSame(resource, next) else { continue }
            let differences = StackChange.differences(resource, next)
            let isReplaced = StackChange.isReplacement(differences, of: type)
            if isReplaced { replaced.insert(resource.name) }
            if !differences.isEmpty {
                changes.append(
                    StackChange(
                        action: isReplaced ? .replace : .modify, name: resource.name, type: type,
                        properties: differences))
            }
        }
        for resource in new where !oldNames.contains(resource.name) {
            changes.append(
                StackChange(action: .add, name: resource.name, type: Swift.type(of: resource).type))
        }
        return changes + cascades(from, to, replaced: replaced, changes)
    }

    private static func isSame<R: Resource>(_ resource: R, _ other: any Resource) -> Bool { other as? R == resource }

    /// A NAT gateway or an instance whose subnet is replaced gets another subnet id, and is replaced as well.
    private static func cascades(
        _ from: Topology, _ to: Topology, replaced: Set<String>, _ changes: [StackChange]
    ) -> [StackChange] {
        let known = Set(changes.map(\.name))
        let gateways = from.natGateways.filter {
            replaced.contains($0.subnet.name) && to[$0.reference] != nil && !known.contains($0.name)
        }
        let instances = from.instances.filter {
            $0.subnet.map { replaced.contains($0.name) } ?? false && to[$0.reference] != nil
                && !known.contains($0.name)
        }
        return gateways.map {
            StackChange(action: .replace, name: $0.name, type: NATGateway.type, properties: ["subnet"])
        }
            + instances.map {
                StackChange(action: .replace, name: $0.name, type: Instance.type, properties: ["subnet"])
            }
    }

    /// The names of what is made: what is new, and what is replaced.
    var created: Set<String> {
        Set(changes.filter { $0.action == .add || $0.action == .replace }.map(\.name))
    }

    /// The names of what is deleted in the end.
    var deleted: Set<String> {
        Set(changes.filter { $0.action == .remove || $0.action == .replace }.map(\.name))
    }
}
