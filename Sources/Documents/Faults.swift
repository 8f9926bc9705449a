package import YAML

/// Collects what is wrong with a file while it is read, so that its writer hears of everything at once.
///
/// A class, because all the fields of one file report to the same one; it never leaves the function that reads the file.
package final class Faults {
    package let file: String
    private var errors: [ConfigurationError] = []
    private var omitted = 0

    package init(file: String) { self.file = file }

    package var isEmpty: Bool { errors.isEmpty }

    /// Whether no more are kept: then there is no need to look for what might have been meant.
    package var isFull: Bool { errors.count >= ConfigurationErrors.limit }

    package func add(
        _ code: ConfigurationError.Code, at mark: YAMLMark?, field: String, found: String? = nil, problem: String,
        allowed: String = "", remedy: String
    ) {
        guard !isFull else {
            omitted += 1
            return
        }
        errors.append(
            ConfigurationError(
                file: file, mark: mark, field: field, code: code, found: found, problem: problem, allowed: allowed,
                remedy: remedy))
    }

    /// All of them, by place; of equal places, in the order in which they were found.
    package var collected: ConfigurationErrors {
        let start = YAMLMark(line: 0, column: 0)
        let sorted = errors.enumerated().sorted {
            ($0.element.mark ?? start, $0.offset) < ($1.element.mark ?? start, $1.offset)
        }
        return ConfigurationErrors(errors: sorted.map(\.element), omitted: omitted)
    }
}
