/// The sensors of a log by their names' bytes: found without making a text of them, once per line.
struct SensorTable: Sendable {
    /// How many different sensors a log may name.
    static let limit = 10_000
    /// How many kinds of other sensors are told apart.
    private static let kindLimit = 40

    /// What becomes of a sensor's lines.
    enum Use: Sendable, Hashable {
        /// Replayed: its place among the chosen sensors.
        case motion(Int)
        /// A motion sensor that wasn't chosen.
        case notChosen
        /// Another kind of sensor: its place in ``kinds``.
        case other(Int)
    }

    private struct Entry {
        var name: [UInt8]
        var use: Use
    }

    /// The chosen sensors that the log has named so far.
    private(set) var chosen: [String] = []
    /// The kinds of other sensors: the letters that their names begin with.
    private(set) var kinds: [String] = []
    private let choice: SensorChoice
    private var entries: [Entry] = []
    private var slots = [Int32](repeating: -1, count: 256)

    init(choice: SensorChoice) { self.choice = choice }

    /// What becomes of the lines of the sensor of this name; nil where there are too many of them.
    ///
    /// - Parameter isMotion: whether what it says now is of motion for certain, whatever it is called.
    mutating func use(of line: Span<UInt8>, _ name: Range<Int>, isMotion: Bool = false) -> (entry: Int, use: Use)? {
        var slot = SensorTable.hash(line, name) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if isEqual(entries[index].name, line, name) { return (index, entries[index].use) }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard entries.count < SensorTable.limit else { return nil }
        let bytes = name.map { line[$0] }
        let use = decide(bytes, isMotion || SensorChoice.isNamed(bytes))
        entries.append(Entry(name: bytes, use: use))
        slots[slot] = Int32(entries.count - 1)
        if entries.count * 2 > slots.count { grow() }
        return (entries.count - 1, use)
    }

    /// The name of an entry.
    func name(of entry: Int) -> String { String(decoding: entries[entry].name, as: UTF8.self) }

    private mutating func decide(_ bytes: [UInt8], _ isMotion: Bool) -> Use {
        let name = String(decoding: bytes, as: UTF8.self)
        let isChosen =
            switch choice {
            case .allMotion: isMotion
            case .named(let names): names.contains(name)
            }
        if isChosen {
            chosen.append(name)
            return .motion(chosen.count - 1)
        }
        if isMotion { return .notChosen }
        let letters = bytes.prefix { (0x41...0x5a).contains($0 & 0xdf) }.prefix(16)
        var kind = letters.isEmpty ? "?" : String(decoding: letters, as: UTF8.self)
        if let index = kinds.firstIndex(of: kind) { return .other(index) }
        if kinds.count >= SensorTable.kindLimit { kind = "others" }
        if let index = kinds.firstIndex(of: kind) { return .other(index) }
        kinds.append(kind)
        return .other(kinds.count - 1)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = SensorTable.hash(entry.name.span, 0..<entry.name.count) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    private func isEqual(_ name: [UInt8], _ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard name.count == range.count else { return false }
        for index in name.indices where name[index] != line[range.lowerBound + index] { return false }
        return true
    }

    /// - Source: FNV-1a, 64 bits; its upper half folded in, as the table takes the lowest bits.
    private static func hash(_ line: Span<UInt8>, _ range: Range<Int>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in range { hash = (hash ^ UInt64(line[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7fff_ffff)
    }
}
