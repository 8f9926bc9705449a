import YAML

extension TemplateEvaluator {
    /// The template of a nested stack, worked out with what it is given; nil for one that can't be read from here.
    mutating func child(_ name: String) throws(TopologyError) -> ImportedTemplate? {
        if let known = children[name] { return known }
        guard let node = resources[name], node["Type"]?.text == "AWS::CloudFormation::Stack",
            level < NestedTemplates.deepest, let properties = node["Properties"],
            let url = properties["TemplateURL"], !opening.contains(name)
        else { return nil }
        opening.insert(name)
        defer { opening.remove(name) }
        guard let path = try value(url).known, let found = nested.template(path, from: file) else { return nil }
        // A part that is wrong is left unread, for the whole may still be judged.
        guard let root = try? YAML.parse(found.text), root["Resources"]?.entries != nil else { return nil }
        var given: [String: ImportedValue] = [:]
        for entry in properties["Parameters"]?.entries ?? [] { given[entry.key] = try value(entry.value) }
        var inner = TemplateEvaluator(file: found.file)
        inner.prefix = prefix + name + "/"
        inner.level = level + 1
        inner.nested = nested
        inner.names = names
        // AWS's own are the same in there.
        for (key, value) in values where key.hasPrefix("AWS::") { inner.values[key] = value }
        let template = try ImportedTemplate(root, with: inner, given: given, isNested: true)
        children[name] = template
        names.formUnion(template.names)
        return template
    }

    /// An output of a nested stack; nil for what isn't known.
    mutating func output(_ attribute: String, of stack: String) throws(TopologyError) -> ImportedValue? {
        let mark = "Outputs."
        guard attribute.hasPrefix(mark) else { return nil }
        return try child(stack)?.outputs[String(attribute.dropFirst(mark.utf8.count))]
    }

    /// A text that is but the name of a resource, as that resource: lists of them come joined as text.
    func unfolded(_ text: String) -> ImportedValue {
        guard text.hasPrefix("${"), text.hasSuffix("}"), text.utf8.count > 3 else { return .text(text) }
        let inner = text.dropFirst(2).dropLast()
        let dot = inner.firstIndex(of: ".") ?? inner.endIndex
        let name = String(inner[..<dot])
        guard names.contains(name) else { return .text(text) }
        return .reference(name, attribute: dot == inner.endIndex ? nil : String(inner[inner.index(after: dot)...]))
    }
}
