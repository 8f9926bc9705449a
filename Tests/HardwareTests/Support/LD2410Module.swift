/// A module that does what Hi-Link's protocol says, and can be made not to. It shares nothing with the driver.
struct LD2410Module {
    var farthest: [UInt8] = [8, 8]
    var moving: [UInt8] = [50, 50, 40, 30, 20, 15, 15, 15, 15]
    var still: [UInt8] = [0, 0, 40, 40, 30, 30, 20, 20, 20]
    var timeout: UInt16 = 5
    var isConfiguring = false
    /// The frames that were heard.
    var heard: [[UInt8]] = []
    /// The number of writes to its flash.
    var writes = 0
    var keeps = true

    /// The answer to a frame; nil: none.
    mutating func hear(_ frame: [UInt8]) -> [UInt8]? {
        heard.append(frame)
        let word = frame[6]
        if word == 0xff { isConfiguring = true }
        guard isConfiguring else { return nil }
        var value: [UInt8] = []
        switch word {
        case 0xff: value = [1, 0, 0x40, 0]
        case 0xfe: isConfiguring = false
        case 0x61:
            value = [0xaa, 8] + farthest + moving + still + [UInt8(timeout & 0xff), UInt8(timeout >> 8)]
        case 0x60:
            writes += 1
            guard keeps else { break }
            farthest = [frame[10], frame[16]]
            timeout = UInt16(frame[22]) + 256 * UInt16(frame[23])
        case 0x64:
            writes += 1
            guard keeps else { break }
            moving[Int(frame[10])] = frame[16]
            if frame[10] >= 2 { still[Int(frame[10])] = frame[22] }
        default: return LD2410Module.answer(word, status: 1, [])
        }
        return LD2410Module.answer(word, status: 0, value)
    }

    static func answer(_ word: UInt8, status: UInt8, _ value: [UInt8]) -> [UInt8] {
        [0xfd, 0xfc, 0xfb, 0xfa, UInt8(4 + value.count), 0, word, 1, status, 0] + value + [4, 3, 2, 1]
    }
}
