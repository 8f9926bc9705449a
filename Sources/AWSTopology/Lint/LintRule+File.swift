extension LintRule {
    static let file: [LintRule] = [keyTwice]

    static let keyTwice = LintRule(
        "key-twice", .warning,
        breaks: "RFC 8259, section 4; YAML 1.2.2, section 3.2.1.1",
        why: "readers differ in which of the two they take, and whoever edits the other changes nothing",
        remedy: "keep one of them"
    ) { context in
        context.topology.repeatedKeys.map { repeated in
            let what = repeated.key == repeated.owner ? "stands" : "has the key \"\(repeated.key)\""
            return Hit(
                repeated.owner,
                "\(what) twice, first in line \(repeated.first); the one in line \(repeated.second.line) was read",
                place: "\(repeated.owner) twice \(repeated.second.line)")
        }
    }
}
