/// A payload that is a text as it stands, and no JSON: a sensor's, or a command.
public enum PlainPayload {
    /// What bridges write in place of a value that they don't have: Home Assistant's statestream and templates.
    ///
    /// - Source: Home Assistant's core, homeassistant/const.py: STATE_UNAVAILABLE, STATE_UNKNOWN; a template's None.
    private static let unknown: Set<String> = ["unavailable", "unknown", "None"]

    /// Returns whether a text stands for a value that its writer doesn't have.
    public static func isUnknown(_ text: String) -> Bool { unknown.contains(text) }

    /// How much of a payload is looked at, bytes: no word is as long.
    private static let limit = 256

    /// The text without the spaces and line ends around it, of which shells and small boards send some.
    public static func text(_ payload: [UInt8]) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let rest = payload.prefix(limit).drop(while: isSpace)
        let end = rest.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? rest.startIndex
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
