import YAML

extension TerraformPlan {
    /// The resources that an expression of `resource` leads to; empty where it leads to none that the plan makes.
    func resources(of expression: YAMLNode?, in resource: Planned) -> [String] {
        follow(expression, module: resource.module, index: resource.index, depth: 0)
    }

    private func follow(_ expression: YAMLNode?, module: String, index: String, depth: Int) -> [String] {
        guard depth < 16, let names = expression?["references"]?.items?.compactMap(\.text) else { return [] }
        let isPerInstance = names.contains { $0 == "count.index" || $0.hasPrefix("each.") }
        var found: [String] = []
        for (position, name) in names.enumerated() {
            // Terraform lists "a.b[0].id", then "a.b[0]", then "a.b": the first, most exact one counts.
            if position > 0, Self.isPrefix(name, of: names[position - 1]) { continue }
            for each in resolve(name, module, isPerInstance ? index : "", depth) where !found.contains(each) {
                found.append(each)
            }
        }
        return found
    }

    private static func isPrefix(_ short: String, of long: String) -> Bool {
        long.hasPrefix(short) && (long.dropFirst(short.count).first.map { $0 == "." || $0 == "[" } ?? true)
    }

    private func resolve(_ name: String, _ module: String, _ index: String, _ depth: Int) -> [String] {
        let plain = Self.withoutIndices(name)
        let parts = plain.split(separator: ".").map(String.init)
        guard parts.count >= 2 else { return [] }
        let prefix = module.isEmpty ? "" : "\(module)."
        switch parts[0] {
        case "var":
            guard !module.isEmpty else { return [] }
            let parent = module.lastIndexOfModule.map { String(module[..<$0]) } ?? ""
            return follow(calls[module]?["expressions"]?[parts[1]], module: parent, index: index, depth: depth + 1)
        case "module":
            guard parts.count >= 3 else { return [] }
            let inner = "\(prefix)module.\(parts[1])"
            let output = modules[inner]?["outputs"]?[parts[2]]?["expression"]
            let all = follow(output, module: inner, index: "", depth: depth + 1)
            guard let number = Self.index(in: name), number < all.count, all.count > 1 else { return all }
            return [all[number]]
        case "data", "local", "each", "count", "path", "self": return []
        default:
            let all = instances["\(prefix)\(parts[0]).\(parts[1])"] ?? []
            let exact = name.firstIndex(of: "[").map { String(name[$0...].prefix { $0 != "]" }) + "]" } ?? index
            let matching = all.filter { !exact.isEmpty && $0.hasSuffix(exact) }
            return matching.isEmpty ? all : matching
        }
    }

    private static func index(in name: String) -> Int? {
        guard let open = name.lastIndex(of: "[") else { return nil }
        return Int(name[name.index(after: open)...].prefix { $0 != "]" })
    }
}

extension String {
    /// Where the last `.module.` or the beginning of a module's path stands; nil for a path of one module.
    fileprivate var lastIndexOfModule: Index? {
        var found: Index?
        var position = startIndex
        while let dot = self[position...].firstIndex(of: ".") {
            if self[dot...].hasPrefix(".module.") { found = dot }
            position = index(after: dot)
        }
        return found
    }
}
