import YAML

extension TerraformPlan {
    /// The resources that an expression leads to.
    struct Found {
        var addresses: [String] = []
        /// Whether nothing else can be in its value: no variable, data source or local value that may have more.
        var isComplete = true
        /// Whether all else is of the root module's variables, which are known before apply.
        var isElseKnown = true
        /// Whether one of several instances was taken by a key.
        var isNarrowed = false

        mutating func add(_ other: Found) {
            for each in other.addresses where !addresses.contains(each) { addresses.append(each) }
            isComplete = isComplete && other.isComplete
            isElseKnown = isElseKnown && other.isElseKnown
            isNarrowed = isNarrowed || other.isNarrowed
        }

        /// What isn't known.
        static let open = Found(isComplete: false, isElseKnown: false)
    }

    /// Where an expression stands.
    private struct Scope {
        var module: String
        var index: String
        var forEach: YAMLNode?
    }

    /// The resources that an expression of `resource` leads to.
    func resources(of expression: YAMLNode?, in resource: Planned) -> Found {
        follow(
            expression, Scope(module: resource.module, index: resource.index, forEach: resource.forEach), depth: 0)
    }

    private func follow(_ expression: YAMLNode?, _ scope: Scope, depth: Int) -> Found {
        guard depth < 16, let expression else { return .open }
        guard let names = expression["references"]?.items?.compactMap(\.text) else {
            // A constant holds no resource, unless it is a name; then it is known.
            return Found(isComplete: Self.holdsNoName(expression["constant_value"]))
        }
        let isPerInstance = names.contains { $0 == "count.index" || $0.hasPrefix("each.") }
        var found = Found()
        for (position, name) in names.enumerated() {
            // Terraform lists "a.b[0].id", then "a.b[0]", then "a.b": the first, most exact one counts.
            if position > 0, Self.isPrefix(name, of: names[position - 1]) { continue }
            found.add(resolve(name, scope, isPerInstance: isPerInstance, depth))
        }
        return found
    }

    /// Whether a known value can't add to a list of names: it is a number, a truth, or nothing.
    private static func holdsNoName(_ node: YAMLNode?) -> Bool {
        guard let node else { return false }
        switch node.content {
        case .scalar(let text, let plain): return plain || text.isEmpty
        case .sequence(let items): return items.allSatisfy { holdsNoName($0) }
        case .mapping(let entries): return entries.allSatisfy { holdsNoName($0.value) }
        }
    }

    private static func isPrefix(_ short: String, of long: String) -> Bool {
        long.hasPrefix(short) && (long.dropFirst(short.count).first.map { $0 == "." || $0 == "[" } ?? true)
    }

    private func resolve(_ name: String, _ scope: Scope, isPerInstance: Bool, _ depth: Int) -> Found {
        let plain = Self.withoutIndices(name)
        let parts = plain.split(separator: ".").map(String.init)
        let prefix = scope.module.isEmpty ? "" : "\(scope.module)."
        switch parts.first {
        case "count", "path", "self", "terraform": return Found()
        case "each":
            guard parts.count > 1, parts[1] == "value" else { return Found() }
            // Of what it is made for each of, the one with the same key.
            var found = follow(scope.forEach, scope, depth: depth + 1)
            found.addresses = found.addresses.filter { Self.lastIndex(of: $0) == scope.index }
            return found.addresses.isEmpty ? .open : found
        case "var": return parts.count > 1 ? variable(parts[1], scope, depth) : .open
        case "module": return parts.count > 2 ? output(of: name, parts, scope, isPerInstance, depth) : .open
        case "data", "local", nil: return .open
        default:
            guard parts.count > 1 else { return .open }
            let all = instances["\(prefix)\(parts[0]).\(parts[1])"] ?? []
            let exact = name.firstIndex(of: "[").map { String(name[$0...].prefix { $0 != "]" }) + "]" }
            let index = exact ?? (isPerInstance ? scope.index : "")
            let matching = all.filter { !index.isEmpty && Self.lastIndex(of: $0) == index }
            guard !matching.isEmpty else { return Found(addresses: all) }
            return Found(addresses: matching, isNarrowed: exact == nil && matching.count < all.count)
        }
    }

    private func variable(_ name: String, _ scope: Scope, _ depth: Int) -> Found {
        guard !scope.module.isEmpty else {
            return Found(isComplete: Self.holdsNoName(variables[name]), isElseKnown: variables[name] != nil)
        }
        let plain = Self.withoutIndices(scope.module)
        guard let expression = calls[plain]?["expressions"]?[name] else {
            let value = modules[plain]?["variables"]?[name]?["default"]
            return Found(isComplete: Self.holdsNoName(value), isElseKnown: value != nil)
        }
        let parent = scope.module.lastIndexOfModule.map { String(scope.module[..<$0]) } ?? ""
        let outer = Scope(
            module: parent, index: Self.lastIndex(of: scope.module), forEach: calls[plain]?["for_each_expression"])
        return follow(expression, outer, depth: depth + 1)
    }

    private func output(
        of name: String, _ parts: [String], _ scope: Scope, _ isPerInstance: Bool, _ depth: Int
    ) -> Found {
        let base = (scope.module.isEmpty ? "" : "\(scope.module).") + "module.\(parts[1])"
        guard let expression = modules[Self.withoutIndices(base)]?["outputs"]?[parts[2]]?["expression"] else {
            return .open
        }
        let all = moduleInstances[base] ?? [base]
        // `module.a["b"].c[0]`: the module's key stands after its name, an item's after the output's.
        let rest = name.dropFirst("module.\(parts[1])".count)
        let exact = rest.hasPrefix("[") ? String(rest.prefix { $0 != "]" }) + "]" : nil
        let index = exact ?? (isPerInstance ? scope.index : "")
        let matching = all.filter { !index.isEmpty && Self.lastIndex(of: $0) == index }
        var found = Found(isNarrowed: exact == nil && !matching.isEmpty && matching.count < all.count)
        for module in matching.isEmpty ? all : matching {
            found.add(follow(expression, Scope(module: module, index: "", forEach: nil), depth: depth + 1))
        }
        let tail = rest.dropFirst(exact?.count ?? 0)
        if let open = tail.firstIndex(of: "["), let number = Int(tail[tail.index(after: open)...].prefix { $0 != "]" }),
            found.isComplete, number < found.addresses.count, found.addresses.count > 1
        {
            found.addresses = [found.addresses[number]]
        }
        return found
    }
}

extension String {
    /// Where the last `.module.` of a module's path stands; nil for a path of one module. Dots in keys don't count.
    fileprivate var lastIndexOfModule: Index? {
        var found: Index?
        var depth = 0
        for position in indices {
            switch self[position] {
            case "[": depth += 1
            case "]": depth -= 1
            case "." where depth == 0 && self[position...].hasPrefix(".module."): found = position
            default: break
            }
        }
        return found
    }
}
