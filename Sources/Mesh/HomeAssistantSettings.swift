/// The settings by which a site shows itself to Home Assistant: where its discovery messages are published.
public struct HomeAssistantSettings: Codable, Sendable, Hashable {
    /// The prefix that Home Assistant listens to where nothing else is set there.
    public static let usualPrefix = "homeassistant"

    /// The rule for a prefix, for an error message.
    public static let rule =
        "1 to 64 of A-Z, a-z, 0-9, _ and -, in up to four levels with / between them, as in homeassistant"

    /// The beginning of the topics of discovery, without a slash at its end.
    public var prefix: String

    /// Settings; nil: that can't be a prefix.
    public init?(prefix: String) {
        guard HomeAssistantSettings.isPrefix(prefix) else { return nil }
        self.prefix = prefix
    }

    /// The settings of a site that says nothing.
    public static let usual = HomeAssistantSettings()

    private init() { prefix = HomeAssistantSettings.usualPrefix }

    /// Returns whether `text` may stand at the beginning of a topic: no wildcard, no empty level.
    public static func isPrefix(_ text: String) -> Bool {
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        return (1...64).contains(text.utf8.count) && levels.count <= 4
            && levels.allSatisfy { level in
                !level.isEmpty
                    && level.utf8.allSatisfy { byte in
                        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5f
                            || byte == 0x2d
                    }
            }
    }
}
