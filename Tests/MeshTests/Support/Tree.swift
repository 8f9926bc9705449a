@testable import Mesh

/// JSON as it may be written, lawful or not: the order of members, their repetition and numbers as text are kept.
indirect enum Tree: Decodable, Sendable {
    /// Text that stands for itself: a number, `null`, rubbish.
    case raw(String)
    case text(String)
    case list([Tree])
    case members([(name: String, value: Tree)])

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            self = .members(
                try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
                    (name: $0.stringValue, value: try container.decode(Tree.self, forKey: $0))
                })
            return
        }
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([Tree].self) {
            self = .list(list)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .raw("\(flag)")
        } else if let number = try? container.decode(Int64.self) {
            self = .raw("\(number)")
        } else {
            self = .raw("\(try container.decode(Double.self))")
        }
    }

    /// The JSON.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .raw(let text): bytes += text.utf8
        case .text(let text): bytes += JSON.encode(text)
        case .list(let values):
            bytes.append(0x5b)
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(0x2c) }
                value.write(to: &bytes)
            }
            bytes.append(0x5d)
        case .members(let members):
            bytes.append(0x7b)
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(0x2c) }
                bytes += JSON.encode(member.name)
                bytes.append(0x3a)
                member.value.write(to: &bytes)
            }
            bytes.append(0x7d)
        }
    }
}
