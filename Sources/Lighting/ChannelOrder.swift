/// The order in which the bytes of an addressable LED stand for a bar's channels: `GRB`, `GRBW`, `WC-`.
public struct ChannelOrder: Sendable, Hashable {
    /// The channel of each byte, by its place in the bar's ``ChannelSet/channels``; nil for a byte that drives nothing.
    public let channels: [Int?]
    /// The order as people write it.
    public let text: String

    /// The order that `text` writes for the LEDs of `set`: each channel's letter (R, G, B; W for white or warm white, C for
    /// cold) once, and - for a byte that drives nothing. Nil where a letter lacks, is strange or stands twice.
    public init?(text: String, of set: ChannelSet) {
        let letters = ChannelOrder.letters(of: set)
        var channels: [Int?] = []
        for letter in text {
            if letter == "-" {
                channels.append(nil)
            } else if let channel = letters.firstIndex(of: letter), !channels.contains(channel) {
                channels.append(channel)
            } else {
                return nil
            }
        }
        guard channels.count(where: { $0 != nil }) == letters.count, channels.count <= 8 else { return nil }
        self.channels = channels
        self.text = text
    }

    /// The letters of a set's channels.
    public static func letters(of set: ChannelSet) -> [Character] {
        set.channels.map { channel in
            switch channel {
            case .red: "R"
            case .green: "G"
            case .blue: "B"
            case .white, .warm: "W"
            case .cold: "C"
            }
        }
    }
}
