internal import Lighting

/// The last things that happened, in lines that people can read.
final class Story {
    private static let limit = 4000

    let isTelling: Bool
    private(set) var lines: [String] = []

    init(isTelling: Bool) { self.isTelling = isTelling }

    func add(_ line: String) {
        if lines.count >= 2 * Story.limit { lines.removeFirst(Story.limit) }
        lines.append(line)
    }

    /// `73.052114` seconds.
    static func text(_ time: Duration) -> String {
        let micros = time.nanoseconds / 1000
        let fraction = String(micros % 1_000_000)
        return String(repeating: " ", count: max(0, 5 - String(micros / 1_000_000).count))
            + "\(micros / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }

    /// The beginning of a message.
    static func text(_ payload: [UInt8]) -> String { String(decoding: payload.prefix(400), as: UTF8.self) }
}
