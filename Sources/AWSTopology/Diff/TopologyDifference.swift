/// The changes, replacements and interruptions of deploying one topology over another, by the rules of stack updates.
public struct TopologyDifference: Sendable, Hashable {
    /// A kind of change of a resource.
    public enum Kind: String, Sendable, Hashable {
        /// The resource is made.
        case added
        /// The resource is deleted, or kept where its policy says so.
        case removed
        /// The resource is changed.
        case changed
        /// Another one takes its place.
        case replaced
    }

    /// A property that changes.
    public struct PropertyChange: Sendable, Hashable {
        /// Its path, `UpdatePolicy.AutoScalingRollingUpdate.MaxBatchSize`.
        public var path: String
        /// The value before; nil for none.
        public var before: String?
        /// The value after; nil for none.
        public var after: String?
        /// The effect of that on the resource.
        public var behavior: UpdateBehavior
        /// A remark; empty for none.
        public var note: String
    }

    /// A resource that changes.
    public struct Change: Sendable, Hashable {
        /// The logical name.
        public var name: String
        /// The type's name.
        public var type: String
        /// The kind of change.
        public var kind: Kind
        /// Its properties that change; empty for what is added or removed.
        public var properties: [PropertyChange] = []
        /// A remark; empty for none.
        public var note = ""

        /// The worst of what its properties' changes do.
        public var behavior: UpdateBehavior { properties.map(\.behavior).max() ?? .noInterruption }
    }

    /// The changes, in the order of the new template, then those that are removed in the order of the old one.
    public var changes: [Change]

    /// True if nothing changes.
    public var isEmpty: Bool { changes.isEmpty }

    /// The difference from `before` to `after`.
    public init(from before: Topology, to after: Topology) {
        self.init(from: before.cloudFormationTemplate, to: after.cloudFormationTemplate)
    }

    /// The difference from one template to another.
    public init(from before: CloudFormationTemplate, to after: CloudFormationTemplate) {
        let old = Dictionary(before.resources.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
        let new = Set(after.resources.map(\.name))
        var changes = after.resources.map { Self.change(from: old[$0.name], to: $0) }
        Self.propagate(&changes, old: old, after.resources)
        self.changes =
            changes.compactMap(\.self)
            + before.resources.filter { !new.contains($0.name) }.map { resource in
                var change = Change(name: resource.name, type: resource.type, kind: .removed)
                if resource.deletionPolicy == "Retain" { change.note = "It is kept, outside of the stack." }
                if resource.deletionPolicy == "Snapshot" { change.note = "A last snapshot is kept." }
                return change
            }
        for index in self.changes.indices { explain(&self.changes[index], after) }
    }

    private static func change(from old: TemplateResource?, to new: TemplateResource) -> Change? {
        guard let old else { return Change(name: new.name, type: new.type, kind: .added) }
        var change = Change(name: new.name, type: new.type, kind: .changed)
        if old.type != new.type {
            change.kind = .replaced
            change.properties = [
                PropertyChange(path: "Type", before: old.type, after: new.type, behavior: .replacement, note: "")
            ]
            return change
        }
        change.properties = leaves(old.properties, new.properties, path: []).map { path, before, after in
            let (behavior, note) = UpdateBehavior.of(type: new.type, property: path[0])
            return PropertyChange(
                path: path.joined(separator: "."), before: before, after: after, behavior: behavior, note: note)
        }
        func attribute(_ name: String, _ before: TemplateValue?, _ after: TemplateValue?) {
            change.properties += leaves(before ?? .mapping([]), after ?? .mapping([]), path: [name]).map {
                PropertyChange(
                    path: $0.joined(separator: "."), before: $1, after: $2, behavior: .noInterruption, note: "")
            }
        }
        attribute("CreationPolicy", old.creationPolicy, new.creationPolicy)
        attribute("UpdatePolicy", old.updatePolicy, new.updatePolicy)
        if old.deletionPolicy != new.deletionPolicy {
            change.properties.append(
                PropertyChange(
                    path: "DeletionPolicy", before: old.deletionPolicy, after: new.deletionPolicy,
                    behavior: .noInterruption, note: ""))
        }
        if change.behavior == .replacement { change.kind = .replaced }
        return change.properties.isEmpty ? nil : change
    }

    /// What refers to something replaced changes with it, and may have to be replaced in turn.
    private static func propagate(
        _ changes: inout [Change?], old: [String: TemplateResource], _ new: [TemplateResource]
    ) {
        var replaced = Set(changes.compactMap(\.self).filter { $0.kind == .replaced }.map(\.name))
        var fresh = replaced
        while !fresh.isEmpty {
            let causes = fresh
            fresh = []
            for (index, resource) in new.enumerated() where old[resource.name] != nil {
                guard case .mapping(let entries) = resource.properties else { continue }
                for entry in entries {
                    let found = entry.value.references.filter { causes.contains($0) && $0 != resource.name }
                    guard !found.isEmpty else { continue }
                    let cause = found.joined(separator: ", ")
                    var change = changes[index] ?? Change(name: resource.name, type: resource.type, kind: .changed)
                    guard !change.properties.contains(where: { $0.path == entry.key }) else { continue }
                    let (behavior, note) = UpdateBehavior.of(type: resource.type, property: entry.key)
                    change.properties.append(
                        PropertyChange(
                            path: entry.key, before: cause, after: found.count == 1 ? "the new one" : "the new ones",
                            behavior: behavior, note: note))
                    if behavior == .replacement {
                        change.kind = .replaced
                        if replaced.insert(resource.name).inserted { fresh.insert(resource.name) }
                    }
                    changes[index] = change
                }
            }
        }
    }

    /// The places where two values differ: mappings are gone into, all else is taken as a whole.
    private static func leaves(
        _ old: TemplateValue, _ new: TemplateValue, path: [String]
    ) -> [(path: [String], before: String?, after: String?)] {
        if old == new { return [] }
        switch (old, new) {
        case (.list(let before), .list(let after)) where before.count == after.count:
            // Item by item where each is a mapping; a list of names is read more easily as a whole.
            let pairs = zip(before, after).enumerated().filter { $0.element.0 != $0.element.1 }
            guard pairs.allSatisfy({ $0.element.0.isMapping && $0.element.1.isMapping }) else { break }
            return pairs.flatMap { index, pair in
                var inner = path
                inner.append("\(index + 1)")
                return leaves(pair.0, pair.1, path: inner)
            }
        case (.base64(let before), .base64(let after)): return leaves(before, after, path: path)
        case (.sub(let before), .sub(let after)) where before.contains("\n") && after.contains("\n"):
            // Of a script the first line that differs.
            let lines = (before.split(separator: "\n"), after.split(separator: "\n"))
            let same = zip(lines.0, lines.1).prefix { $0 == $1 }.count
            return [
                (path, lines.0.dropFirst(same).first.map(String.init), lines.1.dropFirst(same).first.map(String.init))
            ]
        default: break
        }
        guard case .mapping(let before) = old, case .mapping(let after) = new else {
            return [(path, TemplateWriter.brief(old), TemplateWriter.brief(new))]
        }
        let keys = after.map(\.key) + before.map(\.key).filter { new[$0] == nil }
        return keys.flatMap { key -> [(path: [String], before: String?, after: String?)] in
            switch (old[key], new[key]) {
            case (let a?, let b?): return leaves(a, b, path: path + [key])
            case (let a, let b):
                return [(path + [key], a.map(TemplateWriter.brief), b.map(TemplateWriter.brief))]
            }
        }
    }

    /// What a group does when its launch template changes.
    private func explain(_ change: inout Change, _ template: CloudFormationTemplate) {
        if change.type == LaunchTemplate.type, change.kind == .changed {
            let groups = template.resources.filter {
                $0.type == AutoScalingGroup.type && $0.properties.references.contains(change.name)
            }
            change.note = groups.map { group in
                group.updatePolicy?["AutoScalingRollingUpdate"] == nil
                    ? "\(group.name) keeps its instances until they are replaced for another reason."
                    : "\(group.name) replaces its instances batch by batch."
            }.joined(separator: " ")
        }
    }
}
