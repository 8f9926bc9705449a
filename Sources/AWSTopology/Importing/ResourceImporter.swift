/// Makes a topology of a template's or a plan's resources.
struct ResourceImporter {
    var topology = Topology()
    /// The template's resources by name.
    let byName: [String: ImportedResource]
    /// Buckets by the names that they are given, which are the same for whoever says the same.
    private let bucketsByName: [String: String]
    /// What was left open at all that may be meant already.
    var leftOpen: Set<String> = []
    /// Where the file's security groups are.
    var securityGroups: [String: Int] = [:]
    let resources: [ImportedResource]
    private let file: String

    init(_ resources: [ImportedResource], file: String) {
        self.resources = resources
        self.file = file
        byName = Dictionary(resources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        bucketsByName = Dictionary(
            resources.compactMap { resource in
                guard resource.type == "AWS::S3::Bucket" else { return nil }
                return resource["BucketName"].string.map { ($0, resource.name) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The topology: resources that stand by themselves first, then what is attached to them.
    mutating func build() -> Topology {
        for resource in resources {
            topology.places[resource.name] = SourcePlace(file: resource.file ?? file, line: resource.line)
            topology.unresolved.formUnion(resource.unresolved)
            if !network(resource), !compute(resource), !balancing(resource), !data(resource), !identity(resource),
                !service(resource)
            {
                topology.others.append(OtherResource(name: resource.name, type: resource.type))
            }
        }
        attach()
        attachServices()
        topology.zones = Set(topology.subnets.compactMap(\.zone)).sorted()
        return topology
    }

    mutating func unresolved(_ resource: String, _ property: String, _ expression: String) {
        topology.unresolved.insert(
            UnresolvedValue(resource: resource, property: property, expression: expression))
    }

    /// What a property refers to.
    static func reference<R>(_ value: ImportedValue, to type: R.Type = R.self) -> Reference<R>? {
        guard let name = value.referred, !name.isEmpty else { return nil }
        return Reference(name)
    }

    /// What each item of a property refers to; items that aren't known are in ``Topology/unresolved``.
    static func references<R>(_ value: ImportedValue, to type: R.Type = R.self) -> [Reference<R>] {
        value.items.flatMap { (item) -> [Reference<R>] in
            switch item {
            case .unknown: []
            // Several in one text, as groups take them.
            case .text(let text) where text.contains(",") && !text.contains("${"):
                text.separated(by: ",").map(\.trimmed).filter { !$0.isEmpty }.map { Reference($0) }
            default: reference(item).map { [$0] } ?? []
            }
        }
    }

    /// The bucket that is meant: a resource, one by its name as the file gives it, or by its address.
    func bucket(_ value: ImportedValue) -> Reference<Bucket>? {
        guard let name = value.referred, !name.isEmpty else { return nil }
        if byName[name]?.type == "AWS::S3::Bucket" { return Reference(name) }
        let plain = name.separated(by: ":::")
        guard plain.count == 2 else { return bucketsByName[name].map { Reference($0) } }
        let inner = plain[1].separated(by: "/")[0]
        // `arn:aws:s3:::${Logs}` is the resource itself.
        if case .reference(let name, nil) = Self.unfolded(inner), byName[name]?.type == "AWS::S3::Bucket" {
            return Reference(name)
        }
        return bucketsByName[inner].map { Reference($0) }
    }

    private static func unfolded(_ text: String) -> ImportedValue {
        guard text.hasPrefix("${"), text.hasSuffix("}"), !text.contains(".") else { return .text(text) }
        return .reference(String(text.dropFirst(2).dropLast()), attribute: nil)
    }

    /// A network; nil where it isn't known or isn't one.
    static func network(_ value: ImportedValue) -> IPv4Network? { value.known.flatMap { try? IPv4Network($0) } }

    /// Seconds.
    static func seconds(_ value: ImportedValue) -> Duration? { value.int.map { .seconds(min(max(0, $0), 31_536_000)) } }

    /// Attributes as load balancers have them, `[{Key, Value}]`.
    static func attributes(_ value: ImportedValue) -> [String: ImportedValue] {
        Dictionary(
            value.items.compactMap { item in item["Key"].known.map { ($0, item["Value"]) } },
            uniquingKeysWith: { _, last in last })
    }

    func index<R: Resource>(_ path: KeyPath<Topology, [R]>) -> [String: Int] {
        Dictionary(
            topology[keyPath: path].enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
