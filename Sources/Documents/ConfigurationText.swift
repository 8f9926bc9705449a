internal import YAML

#if canImport(Glibc)
    private import Glibc
#elseif canImport(Musl)
    private import Musl
#endif

/// A file's way from the disk to its top field.
package enum ConfigurationText {
    /// The most that is read of a file, in bytes: ten times the largest site that anybody might write.
    package static let maximumBytes = 1 << 20
    private static let limits = YAMLLimits(depth: 32, nodes: 200_000)

    /// What the file at `path` holds.
    package static func bytes(ofFile path: String) throws(ConfigurationErrors) -> [UInt8] {
        // Swift hands C the path up to a NUL: that would be another file.
        guard !path.isEmpty, !path.utf8.contains(0) else { throw unreadable(path, "is no path of a file") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, "can't be opened: " + reason(errno)) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count <= maximumBytes {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, "can't be read: " + reason(errno)) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// The top of the document in `bytes`.
    package static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationErrors) -> Field {
        let faults = Faults(file: file)
        guard bytes.count <= maximumBytes else {
            faults.add(
                .tooLarge, at: nil, field: "", problem: "has more than \(maximumBytes) bytes",
                remedy: "Check that this is the file that you mean")
            throw faults.collected
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw noText(bytes, faults) ?? faults.collected
        }
        do {
            let root = try YAML.parse(text, limits: limits)
            return Field(root, path: "", keyMark: root.mark, faults: faults)
        } catch {
            // The parser refuses control characters too, but doesn't say where they are.
            if error.code == .syntax, let noText = noText(bytes, faults) { throw noText }
            let code: ConfigurationError.Code =
                switch error.code {
                case .duplicateKey: .duplicate
                case .tooDeep, .tooLarge: .tooLarge
                case .empty: .missing
                default: .syntax
                }
            // The parser's sentence is "what is wrong; what to do".
            let parts = error.message.split(separator: "; ")
            let remedy = parts.count > 1 ? Excerpt.of(parts[parts.count - 1], limit: 200) : "Correct it"
            let problem = Excerpt.of(parts.dropLast(parts.count > 1 ? 1 : 0).joined(separator: "; "), limit: 200)
            faults.add(
                code, at: error.mark, field: "", problem: problem,
                remedy: remedy.prefix(1).uppercased() + remedy.dropFirst())
            throw faults.collected
        }
    }

    /// What `read` makes of the document in `bytes`.
    ///
    /// - Throws: all that is wrong with it.
    package static func document<Value>(
        _ bytes: [UInt8], file: String, _ read: (Field) -> Value?
    ) throws(ConfigurationErrors) -> Value {
        let top = try parse(bytes, file: file)
        let value = read(top)
        guard top.faults.isEmpty, let value else { throw top.faults.collected }
        return value
    }

    private static func noText(_ bytes: [UInt8], _ faults: Faults) -> ConfigurationErrors? {
        guard let place = firstThatIsNoText(bytes) else { return nil }
        faults.add(
            .notText, at: place.mark, field: "", found: Excerpt.of(place.found), problem: place.problem,
            remedy: "Save the file as UTF-8 text")
        return faults.collected
    }

    /// The first place where `bytes` aren't UTF-8, or where a control character stands, which YAML doesn't take.
    private static func firstThatIsNoText(_ bytes: [UInt8]) -> (mark: YAMLMark, found: String, problem: String)? {
        var mark = YAMLMark(line: 1, column: 1)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .emptyInput: return nil
            case .error: return (mark, "\u{fffd}", "is no UTF-8")
            case .scalarValue("\n"): mark = YAMLMark(line: mark.line + 1, column: 1)
            case .scalarValue(let scalar):
                if scalar.properties.generalCategory == .control, !["\t", "\r", "\u{85}"].contains(scalar) {
                    return (mark, String(scalar), "is a control character")
                }
                mark.column += 1
            }
        }
    }

    private static func unreadable(_ path: String, _ problem: String) -> ConfigurationErrors {
        let faults = Faults(file: path)
        faults.add(
            .unreadable, at: nil, field: "", problem: problem,
            remedy: "Check the path, and that this user may read the file")
        return faults.collected
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
