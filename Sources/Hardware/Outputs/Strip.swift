public import Lighting

/// The light of a strip of addressable LEDs: the drive of each byte of each LED, 16 bits. Pure.
public struct Strip: Sendable {
    /// The bars that share it.
    public let segments: [StripSegment]
    /// The channel that each byte of an LED drives.
    public let order: ChannelOrder
    /// The number of LEDs up to the last that belongs to a bar.
    public let count: Int
    /// The largest current of the strip, in milliamperes; nil: any.
    public let limit: Int?
    /// What a byte at its full value draws, and an LED that is dark, in milliamperes.
    private let draw: (perChannel: Double, idle: Double)
    /// The drives, LED by LED and byte by byte, before the limit.
    public private(set) var drives: [UInt16]

    /// A strip that is dark.
    ///
    /// - Parameters:
    ///   - perChannel: what a channel draws at its full value, in milliamperes.
    ///   - idle: what an LED draws that is dark, in milliamperes.
    public init(
        _ segments: [StripSegment], order: ChannelOrder, limit: Int? = nil, perChannel: Double = 20, idle: Double = 1
    ) {
        self.segments = segments
        self.order = order
        self.limit = limit
        draw = (perChannel, idle)
        count = segments.map(\.end).max() ?? 0
        drives = [UInt16](repeating: 0, count: count * order.channels.count)
    }

    /// The number of bytes that an LED has.
    public var bytesPerLED: Int { order.channels.count }

    /// Takes what the bar at `part` is to show: of one pixel, which stands for all, or of each.
    public mutating func set(_ frame: Frame, of part: Int) {
        let segment = segments[part]
        let bytes = order.channels.count
        let channels = order.channels.reduce(0) { max($0, ($1 ?? -1) + 1) }
        let isUniform = frame.channels.count < channels * segment.pixels
        for led in segment.first..<segment.end {
            let pixel = isUniform ? 0 : segment.pixel(at: led) * channels
            for byte in 0..<bytes {
                guard let channel = order.channels[byte] else { continue }
                drives[led * bytes + byte] = frame.channels[pixel + channel]
            }
        }
    }

    /// The current of the strip, by estimate, in milliamperes.
    public var milliamperes: Double {
        let sum = drives.reduce(0) { $0 + Int($1) }
        return Double(sum) / 65535 * draw.perChannel + Double(count) * draw.idle
    }

    /// The factor, 0…1, on all drives by which the strip keeps to its largest current: the light of all bars is dimmed
    /// alike, so colours and proportions stay.
    public var dimming: Double {
        guard let limit else { return 1 }
        let idle = Double(count) * draw.idle
        let light = milliamperes - idle
        guard light + idle > Double(limit), light > 0 else { return 1 }
        return max(0, Double(limit) - idle) / light
    }

    /// The drive of the byte at `index`, dimmed.
    func drive(at index: Int, dimming: Double) -> UInt16 {
        dimming >= 1 ? drives[index] : UInt16(Double(drives[index]) * dimming)
    }
}
