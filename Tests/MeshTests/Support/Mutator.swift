import Lighting

/// Makes bad messages of good ones, all from one seed.
struct Mutator {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// Values that stand where they shouldn't: wrong types, ends of ranges, texts that are no texts.
    static let values: [Tree] =
        [
            "null", "true", "false", "0", "-0", "-0.0", "-1", "1", "2", "255", "256", "0.1", "1e308", "-1e308",
            "1e-320",
            "1e999", "-1e999", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
            "18446744073709551616", "4102444800000000000", "4102444800000000001", "1800000000000000000",
            "1800000030000000000", "2147483648", "3600", "3600.0000001", "60", "10000", "10001", "5e-324", "NaN",
            "Infinity", "-Infinity", "1e", "01", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "\"\\ud800\"",
            "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u202e\\n\\u001b[31m\"", "[0,1,2]", "[2,-1,0]",
            "[9223372036854775807,0,0]", "{\"r\":255,\"g\":-1,\"b\":1e308}",
        ].map { .raw($0) }
        + [
            "", "NaN", "0", "on", "off", "auto", "ON", "a", "stairs", "stair-01", "stair-01/bar", "stair-01/bottom",
            "landing/top", "a/b/c", "/", "+", "#", "../..", "/etc/passwd", "Europe/Rome", "22:00", "24:00", "9:5",
            "first", "last", "random", "centreOut", "reverse", "1800K", "6501K", "infK", "#ff8800", "#+ffff", "warm",
            "trigger", "identify", "restart", "online", "offline", "é́́́́́́́́", "\u{1F1E6}\u{1F1E7}\u{200D}",
            String(repeating: "x", count: 300),
        ].map { .text($0) }

    /// A bad (or, by chance, good) message made of the good one `tree`.
    mutating func mutate(_ tree: Tree) -> [UInt8] {
        var tree = tree
        for _ in 0..<1 + roll(3) { tree = alter(tree) }
        var bytes = tree.bytes
        switch roll(12) {
        case 0: bytes = Array(bytes.prefix(roll(bytes.count + 1)))
        case 1: for _ in 0...roll(4) where !bytes.isEmpty { bytes[roll(bytes.count)] = UInt8(roll(256)) }
        case 2:
            bytes.insert(contentsOf: [0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80].prefix(1 + roll(6)), at: roll(bytes.count))
        default: break
        }
        return bytes
    }

    /// A message of a kind that no good one is like.
    mutating func rubbish() -> [UInt8] {
        switch roll(10) {
        case 0: return []
        case 1: return (0..<roll(64)).map { _ in UInt8(roll(256)) }
        case 2: return Array(String(repeating: "[", count: 1 + roll(10_000)).utf8)
        case 3:
            let depth = 1 + roll(10_000)
            return Array((String(repeating: "{\"zones\":", count: depth) + String(repeating: "}", count: depth)).utf8)
        case 4: return [UInt8](repeating: 0, count: 1 + roll(1000))
        case 5: return [0xef, 0xbb, 0xbf] + Array("{\"state\":\"on\"}".utf8)
        case 6: return Array("{\"state\":\"off\"}".utf16).flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        case 7:
            return Array("{\"bars\":[\(String(repeating: "\"a\",", count: 1 + roll(400)))\"b\"],\"sensors\":{}}".utf8)
        default: return Mutator.values[roll(Mutator.values.count)].bytes
        }
    }

    private mutating func alter(_ tree: Tree) -> Tree {
        switch tree {
        case .members(var members) where !members.isEmpty && roll(8) > 0:
            let index = roll(members.count)
            switch roll(8) {
            case 0: members.remove(at: index)
            case 1: members.append((name: members[index].name, value: value()))
            case 2: members[index].name = ["", "a/b", "stairs", "\u{0}\n", String(repeating: "k", count: 500)][roll(5)]
            case 3: members.append((name: "unknown", value: value()))
            default: members[index].value = alter(members[index].value)
            }
            return .members(members)
        case .list(var values) where !values.isEmpty && roll(4) > 0:
            let index = roll(values.count)
            switch roll(4) {
            case 0: values.remove(at: index)
            case 1: values += Array(repeating: values[index], count: 1 + roll(50))
            default: values[index] = alter(values[index])
            }
            return .list(values)
        default: return value()
        }
    }

    private mutating func value() -> Tree { Mutator.values[roll(Mutator.values.count)] }

    mutating func roll(_ count: Int) -> Int { Int(generator.next() % UInt64(max(count, 1))) }
}
