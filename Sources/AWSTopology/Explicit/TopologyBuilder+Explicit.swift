import YAML

extension TopologyBuilder {
    /// Resources that are said one by one, under their own names: what `footlight topology import` writes.
    mutating func resources(_ outer: inout FieldReader) throws(TopologyError) {
        guard var sections = try outer.mapping("resources") else { return }
        for kind in ExplicitKind.all {
            for (name, each) in try sections.named(kind.key) {
                var fields = each
                try Self.checkExplicitName(name, fields)
                try kind.read(&topology, name, &fields)
                topology.ids[name] = try fields.text("id")
                topology.places[name] = fields.place
                try fields.finish()
            }
        }
        for (name, each) in try sections.named("services") {
            var fields = each
            var service = Placement.blank
            service.name = name
            try service.read(&fields)
            try fields.finish()
            topology.placements.append(service)
            topology.places[name] = fields.place
        }
        for (name, type, place) in try sections.texts("others") {
            topology.others.append(OtherResource(name: name, type: type))
            topology.places[name] = place
        }
        try sections.finish()
        try checkEngines()
        topology.zones = Set(topology.zones + topology.subnets.compactMap(\.zone)).sorted()
    }

    /// Values that are given at deployment, in a file that says its resources one by one.
    mutating func parameters(_ outer: inout FieldReader) throws(TopologyError) {
        for (name, each) in try outer.named("parameters") {
            var fields = each
            topology.parameters.append(
                Parameter(
                    name: name, type: try fields.text("type") ?? "String", defaultValue: try fields.text("default"),
                    description: try fields.text("description") ?? ""))
            try fields.finish()
        }
    }

    /// What the file that was imported didn't say, so that it isn't taken for absent.
    mutating func unknowns(_ outer: inout FieldReader) throws(TopologyError) {
        guard let sections = try outer.mapping("unknown") else { return }
        for (name, fields) in try sections.named() {
            for (property, expression, _) in try fields.texts() {
                topology.unresolved.insert(
                    UnresolvedValue(
                        resource: name, property: property == Self.whole ? "" : property, expression: expression))
            }
        }
    }

    /// What makes more than the file that was imported says.
    mutating func openings(_ outer: inout FieldReader) throws(TopologyError) {
        guard let node = outer.value("openings") else { return }
        for item in FieldNode(node: node, file: outer.file, path: "openings").items {
            var fields = try item.fields()
            let what = try fields.require(try fields.text("what"), "what", allowed: "what makes more than is said")
            let touches = try fields.list("touches").map { Set($0) }
            topology.openings.append(Opening(what: what, touches: touches, place: fields.place))
            try fields.finish()
        }
    }

    /// The word for a whole resource among properties.
    static var whole: String { "all of it" }

    /// A name from elsewhere may be an address of Terraform's; what no file of either can have isn't one.
    private static func checkExplicitName(_ name: String, _ fields: FieldReader) throws(TopologyError) {
        guard (1...1024).contains(name.utf8.count),
            name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else {
            throw TopologyError(
                .malformed, at: fields.place, field: fields.path, found: "a name of \(name.utf8.count) bytes",
                allowed: "1 to 1024 bytes without control characters", remedy: "rename it")
        }
    }

    private func checkEngines() throws(TopologyError) {
        let all =
            topology.databaseInstances.map { ($0.name, $0.engine) }
            + topology.databaseClusters.filter { $0.otherType == nil }.map { ($0.name, $0.engine) }
        for (name, engine) in all
        where !topology.isUnresolved(name, "Engine") && !DatabaseEngine.read.contains(engine.lowercased()) {
            try DatabaseEngine.check(engine, at: topology.places[name], field: "\(name).engine")
        }
    }
}

extension FieldReader {
    /// The entries of a mapping of names to texts, in the order of the file, below a key.
    mutating func texts(_ key: String) throws(TopologyError) -> [(name: String, text: String, place: SourcePlace)] {
        guard let inner = try mapping(key) else { return [] }
        return try inner.texts()
    }

    /// The entries of this mapping of names to texts.
    func texts() throws(TopologyError) -> [(name: String, text: String, place: SourcePlace)] {
        var all: [(name: String, text: String, place: SourcePlace)] = []
        for entry in node.entries ?? [] {
            guard let text = entry.value.text else {
                throw fault(
                    .malformed, entry.key, found: entry.value.kind, allowed: "a text",
                    remedy: "write \"\(entry.key): text\"")
            }
            all.append((entry.key, text, SourcePlace(file: file, line: entry.keyMark.line)))
        }
        return all
    }
}
