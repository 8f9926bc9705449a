internal import ArgumentParser

/// Parts of the bench by name, with commas between.
struct PartList: ExpressibleByArgument {
    var parts: Set<Part>

    init(parts: Set<Part>) { self.parts = parts }

    init?(argument: String) {
        parts = []
        for name in argument.split(separator: ",") {
            guard let part = Part(rawValue: String(name)) else { return nil }
            parts.insert(part)
        }
        if parts.isEmpty { return nil }
    }

    var defaultValueDescription: String { "all but endurance" }
}
