/// The commands of the presence radar LD2410 that its setup needs. Pure.
///
/// - Source: Hi-Link, "HLK-LD2410B serial communication protocol" V1.06 (2023), 2.2.1…2.2.4 and 2.2.7.
enum LD2410Command: Hashable {
    /// Stop reporting, and take commands.
    case enable
    /// Return the parameters.
    case read
    /// Keep these farthest gates, and this timeout in seconds.
    case setRange(moving: Int, still: Int, timeout: Int)
    /// Keep these sensitivities of a gate, 0…100.
    case setGate(Int, moving: Int, still: Int)
    /// Take no more commands, and report.
    case end

    static let header: [UInt8] = [0xfd, 0xfc, 0xfb, 0xfa]
    static let tail: [UInt8] = [0x04, 0x03, 0x02, 0x01]

    /// The word by which it is known.
    var word: UInt16 {
        switch self {
        case .enable: 0xff
        case .read: 0x61
        case .setRange: 0x60
        case .setGate: 0x64
        case .end: 0xfe
        }
    }

    /// True if it wears the module's flash.
    var writes: Bool {
        switch self {
        case .setRange, .setGate: true
        case .enable, .read, .end: false
        }
    }

    /// The frame that says it.
    var bytes: [UInt8] {
        let value: [UInt8] =
            switch self {
            case .enable: [0x01, 0x00]
            case .read, .end: []
            case .setRange(let moving, let still, let timeout): LD2410Command.triple(moving, still, timeout)
            case .setGate(let gate, let moving, let still): LD2410Command.triple(gate, moving, still)
            }
        return LD2410Command.header + [UInt8(2 + value.count), 0x00, UInt8(word), 0x00] + value + LD2410Command.tail
    }

    /// Three parameters, each with its number of two bytes and its value of four.
    private static func triple(_ values: Int...) -> [UInt8] {
        values.enumerated().flatMap { number, value in
            [UInt8(number), 0x00] + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
    }
}
