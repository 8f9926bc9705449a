import YAML

/// The AWS resources of a plan as `terraform show -json` writes it, in CloudFormation's words.
///
/// A plan doesn't know the identifiers of what it will make; which resource refers to which is in the plan's
/// configuration, and followed through variables and outputs of modules.
struct TerraformPlan {
    /// A resource of the plan, and its block in the configuration.
    struct Planned {
        var address: String
        var type: String
        var values: YAMLNode
        /// The expressions of its block; nil where the plan has no configuration.
        var expressions: YAMLNode?
        var module: String
        /// `[0]`, `["a"]`, or empty.
        var index: String
        var line: Int
    }

    private(set) var planned: [Planned] = []
    /// Addresses without their index, within their module: `module.vpc.aws_subnet.public`, to their instances.
    private(set) var instances: [String: [String]] = [:]
    /// Addresses by identifiers that are already known.
    private(set) var identifiers: [String: String] = [:]
    /// Configuration of modules by path: "", `module.vpc`.
    private(set) var modules: [String: YAMLNode] = [:]
    /// Calls of modules by the same path.
    private(set) var calls: [String: YAMLNode] = [:]
    let hasConfiguration: Bool

    init(_ root: YAMLNode) {
        let configuration = root["configuration"]?["root_module"]
        hasConfiguration = configuration != nil
        if let configuration { read(module: configuration, path: "") }
        if let values = (root["planned_values"] ?? root["values"])?["root_module"] { read(planned: values, path: "") }
    }

    private mutating func read(module: YAMLNode, path: String) {
        modules[path] = module
        for call in module["module_calls"]?.entries ?? [] {
            let inner = path.isEmpty ? "module.\(call.key)" : "\(path).module.\(call.key)"
            calls[inner] = call.value
            if let node = call.value["module"] { read(module: node, path: inner) }
        }
    }

    private mutating func read(planned node: YAMLNode, path: String) {
        var blocks: [String: YAMLNode] = [:]
        for block in modules[path]?["resources"]?.items ?? [] {
            if let address = block["address"]?.text { blocks[address] = block }
        }
        for item in node["resources"]?.items ?? [] {
            guard item["mode"]?.text != "data", let address = item["address"]?.text, let type = item["type"]?.text,
                let name = item["name"]?.text, let values = item["values"]
            else { continue }
            let index = address.hasSuffix("]") ? address.lastIndex(of: "[").map { String(address[$0...]) } ?? "" : ""
            let base = (path.isEmpty ? "" : "\(path).") + "\(type).\(name)"
            instances[base, default: []].append(address)
            for key in ["id", "arn"] { if let text = values[key]?.text { identifiers[text] = address } }
            planned.append(
                Planned(
                    address: address, type: type, values: values,
                    expressions: hasConfiguration
                        ? blocks["\(type).\(name)"]?["expressions"] ?? YAMLNode(.mapping([])) : nil,
                    module: path, index: index, line: (item["address"]?.mark ?? item.mark).line))
        }
        for child in node["child_modules"]?.items ?? [] {
            read(planned: child, path: Self.withoutIndices(child["address"]?.text ?? path))
        }
    }

    /// `module.a[0].module.b["x"]` → `module.a.module.b`
    static func withoutIndices(_ address: String) -> String {
        var text = ""
        var depth = 0
        for letter in address {
            if letter == "[" { depth += 1 }
            if depth == 0 { text.append(letter) }
            if letter == "]" { depth -= 1 }
        }
        return text
    }
}
