import YAML

/// The resources of a plan or a state as `terraform show -json` writes it, or of a `terraform.tfstate`.
///
/// A plan doesn't know the identifiers of what it will make; which resource refers to which is in the plan's
/// configuration, and followed through variables and outputs of modules. A state knows all identifiers.
struct TerraformPlan {
    /// A resource of the plan, and its block in the configuration.
    struct Planned {
        var address: String
        var type: String
        var values: YAMLNode
        /// What of the values is known only after apply; nil where the plan doesn't say.
        var unknown: YAMLNode?
        /// The expressions of its block; nil where the plan has no configuration.
        var expressions: YAMLNode?
        /// What it is made for each of.
        var forEach: YAMLNode?
        /// The module's path, with the keys of its instances: `module.vpc["a"]`.
        var module: String
        /// `[0]`, `["a"]`, or empty.
        var index: String
        var line: Int
    }

    private(set) var planned: [Planned] = []
    /// Addresses without their own index, within their module: `module.vpc["a"].aws_subnet.public`, to their instances.
    private(set) var instances: [String: [String]] = [:]
    /// Addresses by identifiers that are already known.
    private(set) var identifiers: [String: String] = [:]
    /// Addresses by type and name, for types whose name is as good as an identifier.
    private(set) var named: [String: [String: String]] = [:]
    /// Types by address.
    private(set) var types: [String: String] = [:]
    /// Configuration of modules by path: "", `module.vpc`.
    private(set) var modules: [String: YAMLNode] = [:]
    /// Calls of modules by the same path.
    private(set) var calls: [String: YAMLNode] = [:]
    /// Paths of modules without the last key, to their instances: `module.vpc` to `module.vpc["a"]`.
    private(set) var moduleInstances: [String: [String]] = [:]
    /// Values of the root module's variables, which a plan always knows.
    private(set) var variables: [String: YAMLNode] = [:]
    let hasConfiguration: Bool
    /// Whether it is a state, which knows every value that there is.
    let isState: Bool
    private var unknowns: [String: YAMLNode] = [:]

    /// Attributes that name a resource as well as its identifier does.
    private static let names = [
        "aws_s3_bucket": "bucket", "aws_iam_role": "name", "aws_autoscaling_group": "name", "aws_elb": "name",
        "aws_iam_instance_profile": "name", "aws_db_subnet_group": "name", "aws_launch_configuration": "name",
        "aws_launch_template": "name", "aws_rds_cluster": "cluster_identifier", "aws_db_instance": "identifier",
    ]

    init(_ root: YAMLNode) {
        let configuration = root["configuration"]?["root_module"]
        hasConfiguration = configuration != nil
        isState = root["planned_values"] == nil
        for entry in root["variables"]?.entries ?? [] { variables[entry.key] = entry.value["value"] }
        for change in root["resource_changes"]?.items ?? [] {
            guard let address = change["address"]?.text else { continue }
            unknowns[address] = change["change"]?["after_unknown"]
        }
        if let configuration { read(module: configuration, path: "") }
        if let values = (root["planned_values"] ?? root["values"])?["root_module"] {
            read(planned: values, path: "")
        } else {
            for item in root["resources"]?.items ?? [] { read(stored: item) }
        }
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
        for block in modules[Self.withoutIndices(path)]?["resources"]?.items ?? [] {
            if let address = block["address"]?.text { blocks[address] = block }
        }
        for item in node["resources"]?.items ?? [] {
            guard item["mode"]?.text != "data", let address = item["address"]?.text, let type = item["type"]?.text,
                let name = item["name"]?.text
            else { continue }
            let block = blocks["\(type).\(name)"]
            // Where nothing is known before apply, the plan has no values at all.
            add(
                Planned(
                    address: address, type: type, values: item["values"] ?? YAMLNode(.mapping([])),
                    unknown: unknowns[address],
                    expressions: hasConfiguration ? block?["expressions"] ?? YAMLNode(.mapping([])) : nil,
                    forEach: block?["for_each_expression"], module: path, index: Self.lastIndex(of: address),
                    line: (item["address"]?.mark ?? item.mark).line),
                name: name)
        }
        for child in node["child_modules"]?.items ?? [] {
            let address = child["address"]?.text ?? path
            moduleInstances[String(address.dropLast(Self.lastIndex(of: address).count)), default: []].append(address)
            read(planned: child, path: address)
        }
    }

    /// A resource of a state as it is stored, with its instances.
    private mutating func read(stored item: YAMLNode) {
        guard item["mode"]?.text != "data", let type = item["type"]?.text, let name = item["name"]?.text else { return }
        let module = item["module"]?.text ?? ""
        for instance in item["instances"]?.items ?? [] {
            let key = instance["index_key"].map { node in
                if case .scalar(let text, plain: true) = node.content {
                    "[\(text)]"
                } else {
                    "[\"\(node.text ?? "")\"]"
                }
            }
            add(
                Planned(
                    address: (module.isEmpty ? "" : "\(module).") + "\(type).\(name)\(key ?? "")", type: type,
                    values: instance["attributes"] ?? YAMLNode(.mapping([])), module: module, index: key ?? "",
                    line: (item["type"]?.mark ?? item.mark).line),
                name: name)
        }
    }

    private mutating func add(_ resource: Planned, name: String) {
        let base = (resource.module.isEmpty ? "" : "\(resource.module).") + "\(resource.type).\(name)"
        instances[base, default: []].append(resource.address)
        types[resource.address] = resource.type
        for key in ["id", "arn"] {
            if let text = resource.values[key]?.text, !text.isEmpty { identifiers[text] = resource.address }
        }
        if let key = Self.names[resource.type], let text = resource.values[key]?.text, !text.isEmpty {
            named[resource.type, default: [:]][text] = resource.address
        }
        planned.append(resource)
    }

    /// `[0]` of `a.b[0]`; empty where there is none.
    static func lastIndex(of address: String) -> String {
        guard address.hasSuffix("]") else { return "" }
        return address.lastIndex(of: "[").map { String(address[$0...]) } ?? ""
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
