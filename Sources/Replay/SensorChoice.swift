/// A choice of a log's sensors to replay.
public enum SensorChoice: Sendable, Hashable {
    /// The sensors that are named as motion sensors are (`M003`, `binary_sensor.hall_motion`), and those whose messages
    /// have a field for it.
    case allMotion
    /// The sensors of these names, whatever they are called, as long as they say ON and OFF.
    case named(Set<String>)

    /// What the names of motion sensors have in them.
    private static let words: [StaticString] = ["motion", "occupancy", "presence", "pir", "mmwave", "radar"]

    /// Whether a name is a motion sensor's by its form: `M003`, `MA013`; or by a word in it.
    static func isNamed(_ name: [UInt8]) -> Bool {
        isMotion(name)
            || words.contains { LogLine.find($0, in: name.span, 0..<name.count) != nil }
    }

    /// Whether a name is as in CASAS: `M003`, `MA013`.
    static func isMotion(_ name: [UInt8]) -> Bool {
        var rest = name[...]
        guard let first = rest.popFirst(), first | 0x20 == 0x6d else { return false }
        if let second = rest.first, second | 0x20 == 0x61 { rest.removeFirst() }
        return !rest.isEmpty && rest.allSatisfy { (0x30...0x39).contains($0) }
    }
}
