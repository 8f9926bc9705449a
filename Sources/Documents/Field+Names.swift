internal import YAML

extension Field {
    /// The name of something: what MQTT topics and people both take.
    package func name(_ what: String, example: String) -> String? {
        guard let text = text(what, example: example, limit: .max) else { return nil }
        guard NameRule.allows(text) else {
            fail(
                .malformed, NameRule.problem(text), allowed: "\(what) is \(NameRule.allowed)",
                remedy: write(NameRule.proposal(for: text, else: example)))
            return nil
        }
        return text
    }

    /// The name in front of this field.
    package func key(_ key: String, _ what: String, example: String) -> Bool {
        if NameRule.allows(key) { return true }
        faults.add(
            .malformed, at: keyMark, field: path, found: Excerpt.of(key), problem: NameRule.problem(key),
            allowed: "\(what) is \(NameRule.allowed)",
            remedy: "Write \(NameRule.proposal(for: key, else: example)):, for instance")
        return false
    }
}
