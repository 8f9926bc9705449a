/// Which of a log's sensors are replayed.
public enum SensorChoice: Sendable, Hashable {
    /// Those that are named as motion sensors are in such logs: `M` or `MA` and a number.
    case allMotion
    /// Those of these names, whatever they are called, as long as they say ON and OFF.
    case named(Set<String>)

    /// Whether a name is a motion sensor's by its form: `M003`, `MA013`.
    static func isMotion(_ name: [UInt8]) -> Bool {
        var rest = name[...]
        guard let first = rest.popFirst(), first | 0x20 == 0x6d else { return false }
        if let second = rest.first, second | 0x20 == 0x61 { rest.removeFirst() }
        return !rest.isEmpty && rest.allSatisfy { (0x30...0x39).contains($0) }
    }
}
