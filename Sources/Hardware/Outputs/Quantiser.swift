/// Puts drives of 16 bits on hardware with fewer steps so that the mean over time or over neighbours is right: what a frame
/// rounds away is carried over to the next (first-order noise shaping in time), or rounded up on as many pixels as it
/// takes (ordered, in space).
///
/// - Source: B. Widrow and I. Kollár, "Quantization Noise" (2008), ch. 17, error feedback; R. Ulichney, "Digital
///   Halftoning" (1987), on ordering by a low-discrepancy sequence, here multiples of the golden ratio (H. Weyl).
public struct Quantiser: Sendable {
    /// The neighbour, in time or in space, to which a rounding error goes.
    public enum Dithering: Sendable, Hashable {
        /// To the next frame. For hardware that is written a hundred times a second.
        case overTime
        /// To neighbours. For receivers on a network, whose frames come irregularly.
        case overSpace
    }

    /// The whole steps above which a rounding error, below 1.6 %, is too small to be seen where light doesn't change.
    static let visibleSteps: UInt64 = 32

    private let steps: UInt64
    private let dithering: Dithering
    private var carry: [UInt32]
    /// True once a value since ``begin()`` was dithered over time, so that more frames are wanted.
    public private(set) var wantsMore = false

    /// A quantiser for values 0…`steps` of `pixels` × `channels`.
    public init(steps: Int, pixels: Int, channels: Int, dithering: Dithering) {
        self.steps = UInt64(steps)
        self.dithering = dithering
        // Neighbours, and a pixel's channels, are out of phase, so that a strip as a whole doesn't flicker.
        carry = (0..<pixels * channels).map { index in
            let phase = index / channels &+ (dithering == .overTime ? index % channels * 7 : 0)
            return UInt32(truncatingIfNeeded: phase &* 40503) & 0xffff
        }
    }

    /// Begins a frame.
    public mutating func begin() { wantsMore = false }

    /// The value for a drive of 0…65535, of the pixel's channel at `index` (pixel × channels + channel).
    ///
    /// - Parameter isAtRest: whether the light doesn't change: then only what would be seen is dithered.
    public mutating func value(_ drive: UInt16, at index: Int, isAtRest: Bool) -> Int {
        value(exact: UInt64(drive) * steps * 65536 / 65535, at: index, isAtRest: isAtRest)
    }

    /// The value for an exact number of steps, in 65536ths of a step.
    mutating func value(exact: UInt64, at index: Int, isAtRest: Bool) -> Int {
        let whole = exact >> 16
        let part = UInt32(exact & 0xffff)
        guard part > 0 else { return Int(whole) }
        if steps >= 65535 { return Int(whole) + (part >= 0x8000 ? 1 : 0) }
        switch dithering {
        case .overSpace: return Int(whole) + (part > carry[index] ? 1 : 0)
        case .overTime:
            if isAtRest, whole >= Quantiser.visibleSteps { return Int(whole) + (part >= 0x8000 ? 1 : 0) }
            wantsMore = true
            let sum = carry[index] + part
            carry[index] = sum & 0xffff
            return Int(whole) + Int(sum >> 16)
        }
    }
}
