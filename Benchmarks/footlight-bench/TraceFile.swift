/// The frames of one bar, as its trace has them.
struct TraceFile {
    /// A frame's instant, and whether it gives light.
    private(set) var frames: [(t: Int64, isLit: Bool)] = []

    /// The traces in a file, by bar: `{"t":123,"bar":"stair-01/bar","lightness":0.370000,"channels":[24311]}`.
    static func read(_ bytes: [UInt8]) -> [String: TraceFile] {
        var traces: [String: TraceFile] = [:]
        for line in bytes.split(separator: 0x0a) {
            let parts = line.split(separator: 0x22)
            guard parts.count >= 5, line.last == 0x7d, let bracket = line.lastIndex(of: 0x5b) else { continue }
            let digits = parts[2].filter { $0 >= 0x30 && $0 <= 0x39 }
            let t = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
            let isLit = line[bracket...].contains { $0 >= 0x31 && $0 <= 0x39 }
            traces[String(decoding: parts[5], as: UTF8.self), default: TraceFile()].frames.append((t, isLit))
        }
        return traces
    }

    /// The first frame from `start` until `end` that gives light; nil where there is none, or where it was lit before.
    func firstLight(from start: Int64, to end: Int64) -> Int64? {
        var low = 0
        var high = frames.count
        while low < high {
            let middle = (low + high) / 2
            if frames[middle].t < start { low = middle + 1 } else { high = middle }
        }
        if low > 0, frames[low - 1].isLit { return nil }
        return frames[low...].prefix { $0.t < end }.first(where: \.isLit)?.t
    }
}
