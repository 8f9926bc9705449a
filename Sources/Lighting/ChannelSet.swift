/// The LEDs that a bar is made of.
public enum ChannelSet: String, Sendable, Hashable, CaseIterable {
    /// One white.
    case white
    /// A warm and a cold white.
    case warmCold = "warm-cold"
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, white.
    case rgbw
    /// Red, green, blue, warm white, cold white.
    case rgbCCT = "rgb-cct"

    /// How many channels there are.
    public var count: Int {
        switch self {
        case .white: 1
        case .warmCold: 2
        case .rgb: 3
        case .rgbw: 4
        case .rgbCCT: 5
        }
    }

    /// The colour temperatures of the warm and the cold white, unless the LEDs' data sheet says otherwise.
    static let whites = (warm: Kelvin(clamping: 2700), cold: Kelvin(clamping: 6500))

    /// The channels' drive for a light, 0…65535 each, proportional to linear light. Light that is too dim for one step is
    /// one step of the strongest channel, so that a bar's first frame is seen when it is due.
    ///
    /// - Parameter trim: the part of its light that the bar may give, 0…1, to match it with brighter or dimmer ones.
    public func drive(_ light: Light, trim: Double = 1) -> [UInt16] {
        let luminance = light.lightness.luminance * min(max(trim, 0), 1)
        let amounts = amounts(of: light.colour)
        var drive = amounts.map { UInt16((min(max($0 * luminance, 0), 1) * 65535).rounded()) }
        if luminance > 0, drive.allSatisfy({ $0 == 0 }),
            let strongest = amounts.indices.max(by: { amounts[$0] < amounts[$1] })
        {
            drive[strongest] = 1
        }
        return drive
    }

    /// The channels' amounts for a colour at full brightness, 0…1 each. Whites share a power of 1 between them.
    private func amounts(of colour: Colour) -> [Double] {
        switch self {
        case .white: return [1]
        case .warmCold:
            let cold = ChannelSet.coldPart(of: colour)
            return [1 - cold, cold]
        case .rgb:
            let rgb = colour.linear
            return [rgb.red, rgb.green, rgb.blue]
        case .rgbw:
            let rgb = colour.linear
            let white = min(rgb.red, rgb.green, rgb.blue)
            return [rgb.red - white, rgb.green - white, rgb.blue - white, white]
        case .rgbCCT:
            if case .temperature = colour {
                let cold = ChannelSet.coldPart(of: colour)
                return [0, 0, 0, 1 - cold, cold]
            }
            let rgb = colour.linear
            return [rgb.red, rgb.green, rgb.blue, 0, 0]
        }
    }

    /// How much of the light is to come from the cold white, 0…1: evenly on the mired scale between the two.
    private static func coldPart(of colour: Colour) -> Double {
        let kelvin: Kelvin
        switch colour {
        case .temperature(let temperature): kelvin = temperature
        case .rgb, .linear: kelvin = colour.linear.blue > colour.linear.red ? whites.cold : whites.warm
        }
        let part = (whites.warm.mired - kelvin.mired) / (whites.warm.mired - whites.cold.mired)
        return min(max(part, 0), 1)
    }
}
