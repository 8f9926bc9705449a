import Lighting
import Replay

/// A home that people live in, made up from a seed: they sleep, get up at night, walk from room to room and sit still.
struct LivedInHome {
    private var random: SplitMix64
    private let rooms: Int
    private var now: Int64
    private var room = 0

    /// - Parameter rooms: how many, each with a sensor, each beside the next.
    init(seed: UInt64, rooms: Int = 31, start: Int64 = 1_288_828_800) {
        random = SplitMix64(seed: seed)
        self.rooms = rooms
        now = start * 1_000_000_000
    }

    /// The next `count` events, in the order of time.
    mutating func events(_ count: Int) -> [MotionEvent] {
        var events: [MotionEvent] = []
        while events.count < count {
            let on = now
            let off = on + Int64.random(in: 900_000...6_000_000, using: &random) * 1000
            events.append(MotionEvent(time: MeshInstant(nanoseconds: on), sensor: room, motion: true))
            events.append(MotionEvent(time: MeshInstant(nanoseconds: off), sensor: room, motion: false))
            let hour = now / 3_600_000_000_000 % 24
            let isStill = Int.random(in: 0..<100, using: &random) < (hour < 7 ? 25 : 4)
            let pause = isStill ? Int64.random(in: 20...(hour < 7 ? 4000 : 900), using: &random) : 0
            now += pause * 1_000_000_000 + Int64.random(in: 500_000...9_000_000, using: &random) * 1000
            let step = Int.random(in: -1...1, using: &random)
            room = min(max(room + step, 0), rooms - 1)
        }
        events.sort { ($0.time, $0.motion ? 1 : 0) < ($1.time, $1.motion ? 1 : 0) }
        return Array(events.prefix(count))
    }

    /// Events as lines of a log, with a temperature now and then.
    static func log(_ events: [MotionEvent]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (number, event) in events.enumerated() {
            let time = text(event.time)
            bytes += "\(time) M0\(event.sensor < 10 ? "0" : "")\(event.sensor) \(event.motion ? "ON" : "OFF")\n".utf8
            if number % 16 == 0 { bytes += "\(time)\tT00\(number % 5)\t21.5\n".utf8 }
        }
        return bytes
    }

    /// An instant as logs have it, to the microsecond.
    static func text(_ instant: MeshInstant) -> String {
        let seconds = instant.nanoseconds / 1_000_000_000
        var days = seconds / 86_400
        var year: Int64 = 1970
        func length(_ year: Int64) -> Int64 { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365 }
        while days >= length(year) {
            days -= length(year)
            year += 1
        }
        var month = 0
        let lengths: [Int64] = [31, length(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while days >= lengths[month] {
            days -= lengths[month]
            month += 1
        }
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "\(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        let micro = String(instant.nanoseconds / 1000 % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - micro.count)
        return "\(year)-\(two(Int64(month) + 1))-\(two(days + 1)) \(time).\(zeros)\(micro)"
    }
}
