/// Finds the messages of the presence radar LD2410 in the bytes of its serial line, which may come torn, and noisy. Pure.
///
/// Frames have no checksum, so one counts only if its header, length, fixed bytes and tail all fit. Where they don't, its
/// first byte alone is skipped: a frame that begins within the rubbish isn't lost.
///
/// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), tables 4, 5 and 10…15; "HLK-LD2410C serial
///   communication protocol" V1.09 (2025) for the states 4…6.
package struct LD2410Reader: Sendable {
    /// The largest number of bytes between a frame's length and its tail.
    ///
    /// - Source: the buffer of commands that the module names when configuration is enabled: 0x40. A report has 35.
    static let largest = 0x40
    private static let reportHeader: [UInt8] = [0xf4, 0xf3, 0xf2, 0xf1]
    private static let reportTail: [UInt8] = [0xf8, 0xf7, 0xf6, 0xf5]
    /// The bytes of header and length before a frame's content.
    private static let before = 6
    private static let after = 4

    /// The outcome of a look at the first bytes.
    private enum Verdict {
        /// They may become a frame.
        case unfinished
        /// They are none.
        case rubbish
        /// They are one of so many bytes, that says this; nil: nothing of interest.
        case frame(Int, LD2410Message?)
    }

    /// The bytes that may become a frame: fewer than 75 between calls.
    private var buffer: [UInt8] = []
    /// The number of bytes that belonged to no frame.
    package private(set) var skipped = 0

    /// The number of frames that came, also of those that say nothing.
    package private(set) var frames = 0

    /// A reader of a line on which nothing has come yet.
    package init() {}

    /// Takes the bytes that came.
    ///
    /// - Returns: the messages that they complete, in order.
    package mutating func read(_ bytes: some Sequence<UInt8>) -> [LD2410Message] {
        var messages: [LD2410Message] = []
        for byte in bytes {
            buffer.append(byte)
            search: while !buffer.isEmpty {
                switch verdict() {
                case .unfinished: break search
                case .rubbish:
                    buffer.removeFirst()
                    skipped += 1
                case .frame(let count, let message):
                    buffer.removeFirst(count)
                    frames += 1
                    if let message { messages.append(message) }
                }
            }
        }
        return messages
    }

    private func verdict() -> Verdict {
        let isReport = buffer[0] == LD2410Reader.reportHeader[0]
        let header = isReport ? LD2410Reader.reportHeader : LD2410Command.header
        guard zip(buffer, header).allSatisfy({ $0 == $1 }) else { return .rubbish }
        guard buffer.count >= LD2410Reader.before else { return .unfinished }
        let length = Int(buffer[4]) | Int(buffer[5]) << 8
        // An acknowledgement has its word and a status, a report all of its fields.
        guard (isReport ? 13 : 4)...LD2410Reader.largest ~= length else { return .rubbish }
        let content = buffer.dropFirst(LD2410Reader.before).prefix(length)
        // Told early: a false header mustn't hold back the true one that follows.
        guard isReport ? LD2410Reader.mayBeReport(content) : LD2410Reader.mayBeAnswer(content) else { return .rubbish }
        let total = LD2410Reader.before + length + LD2410Reader.after
        guard buffer.count >= total else { return .unfinished }
        let tail = isReport ? LD2410Reader.reportTail : LD2410Command.tail
        guard buffer[(total - LD2410Reader.after)..<total].elementsEqual(tail) else { return .rubbish }
        guard isReport else { return .frame(total, LD2410Reader.answer(Array(content))) }
        let bytes = Array(content)
        guard bytes[length - 2] == 0x55, bytes[length - 1] == 0, bytes[2] <= 6 else { return .rubbish }
        return .frame(total, LD2410Reader.report(bytes))
    }

    /// True for what can be the beginning of a report's content: its type, 1 (engineering) or 2 (basic), and 0xAA.
    private static func mayBeReport(_ content: ArraySlice<UInt8>) -> Bool {
        guard let type = content.first else { return true }
        return (1...2).contains(type) && content.dropFirst().first ?? 0xaa == 0xaa
    }

    /// True for what can be the beginning of an answer's content: the word's second byte is 1, whereas a command's own is
    /// 0, as where the line echoes what is sent.
    private static func mayBeAnswer(_ content: ArraySlice<UInt8>) -> Bool { content.dropFirst().first ?? 1 == 1 }

    private static func answer(_ content: [UInt8]) -> LD2410Message {
        .acknowledgement(
            command: UInt16(content[0]), isDone: content[2] == 0 && content[3] == 0, value: Array(content.dropFirst(4)))
    }

    /// The report of a frame's content; nil while the module measures the room's background, when it sees nobody.
    private static func report(_ content: [UInt8]) -> LD2410Message? {
        guard content[2] <= 3 else { return nil }
        func energy(_ byte: UInt8) -> Int { min(Int(byte), 100) }
        func distance(_ place: Int) -> Int { Int(content[place]) | Int(content[place + 1]) << 8 }
        var report = LD2410Report(
            isMoving: content[2] & 1 != 0, isStill: content[2] & 2 != 0, movingDistance: distance(3),
            movingEnergy: energy(content[5]), stillDistance: distance(6), stillEnergy: energy(content[8]),
            detectionDistance: distance(9))
        // Nine gates come whatever farthest gates are set, and the length says so: 17 bytes and two for each gate. The
        // last two of them, a light sensor and the OUT pin, are undefined for modules that aren't of the B kind.
        if content[0] == 1, content.count > 17 {
            let count = (content.count - 17) / 2
            let energies = content.dropFirst(13).prefix(2 * count).map(energy)
            report.gates = LD2410Report.Gates(
                moving: Array(energies.prefix(count)), still: Array(energies.dropFirst(count)))
        }
        return .report(report)
    }
}
