/// Makes colours of a bar's LEDs: how far each channel is driven for a light.
///
/// Of all mixtures that have the colour it takes the one that gives the most light for the power, so whites do what they
/// can and colours add what lacks. A colour that the bar can't make becomes the nearest (in CIE 1976 u′, v′) that it can.
/// Every colour temperature gets the same power, the most that all of them can have; a saturated colour may get less,
/// where a channel is at its end. Lightness acts on brightness alone.
public struct ChannelMixer: Sendable {
    /// The emitters that the bar is made of, in the order of its channels.
    public let emitters: [Emitter]
    /// The power of every colour temperature at full brightness, in the unit of ``Emitter/watts``.
    public let power: Double
    private var colour: Colour?
    private var amounts: [Double]

    /// The mixer of a bar whose LEDs are as data sheets have them, but for those of `primaries`.
    public init(_ set: ChannelSet, primaries: [LEDChannel: Emitter] = [:]) {
        self.init(set.channels.map { primaries[$0] ?? $0.emitter })
    }

    /// The mixer of a bar that is made of `emitters`, at least one.
    public init(_ emitters: [Emitter]) {
        self.emitters = emitters
        amounts = emitters.map { _ in 0 }
        var power = Double.infinity
        // Mired by mired: the shares' extremes lie at the ends of the range, or where a white's own temperature is.
        let range = Kelvin(clamping: Kelvin.range.upperBound).mired...Kelvin(clamping: Kelvin.range.lowerBound).mired
        for mired in stride(from: range.lowerBound.rounded(.down), through: range.upperBound + 1, by: 1) {
            let amounts = ChannelMixer.amounts(of: Kelvin(mired: mired).chromaticity, emitters)
            let watts = zip(amounts, emitters).reduce(0) { $0 + $1.0 * $1.1.watts }
            power = min(power, watts / (amounts.max() ?? 1))
        }
        self.power = power
    }

    /// The number of channels.
    public var count: Int { emitters.count }

    /// Writes the channels' drive for a light to `drive`, from `offset` on: 0…65535 each, proportional to linear light.
    /// Light that is too dim for one step is one step of the strongest channel, so that a bar's first frame is seen when it
    /// is due.
    ///
    /// - Parameter trim: the part of its light that the bar may give, 0…1, to match it with brighter or dimmer ones.
    public mutating func drive(_ light: Light, trim: Double = 1, into drive: inout [UInt16], at offset: Int = 0) {
        if light.colour != colour {
            colour = light.colour
            amounts = fullDrive(light.colour)
        }
        let luminance = light.lightness.luminance * min(max(trim, 0), 1)
        var strongest = 0
        var isLit = false
        for channel in amounts.indices {
            let value = UInt16((min(max(amounts[channel] * luminance, 0), 1) * 65535).rounded())
            drive[offset + channel] = value
            if value > 0 { isLit = true }
            if amounts[channel] > amounts[strongest] { strongest = channel }
        }
        if luminance > 0, !isLit, amounts[strongest] > 0 { drive[offset + strongest] = 1 }
    }

    /// The channels' drive for a light.
    public mutating func drive(_ light: Light, trim: Double = 1) -> [UInt16] {
        var drive = [UInt16](repeating: 0, count: count)
        self.drive(light, trim: trim, into: &drive)
        return drive
    }

    /// The channels' drive for a colour at full brightness, 0…1 each; all 0 for black.
    private func fullDrive(_ colour: Colour) -> [Double] {
        guard let target = colour.chromaticity else { return emitters.map { _ in 0 } }
        var amounts = ChannelMixer.amounts(of: target, emitters)
        let watts = zip(amounts, emitters).reduce(0) { $0 + $1.0 * $1.1.watts }
        let scale = min(power / watts, 1 / (amounts.max() ?? 1))
        for channel in amounts.indices { amounts[channel] *= scale }
        return amounts
    }
}

extension ChannelMixer {
    /// Amounts of the emitters, up to a common factor, that make `target`, or what comes nearest to it.
    ///
    /// Light adds up (Grassmann's laws), so three emitters make a colour where its amounts, the solution of three linear
    /// equations, aren't negative. Of the threes that do, the one that takes the least power for the light is, being the
    /// optimum of a linear programme, the best of all mixtures; and it changes without a jump when the colour does.
    fileprivate static func amounts(of target: Chromaticity, _ emitters: [Emitter]) -> [Double] {
        let count = emitters.count
        var amounts = [Double](repeating: 0, count: count)
        guard count > 1 else { return [1] }
        let lights = emitters.map(\.tristimulus)
        let wanted = Emitter(chromaticity: target, lumens: 1).tristimulus
        var least = Double.infinity
        for i in 0..<count {
            for j in i + 1..<count {
                for k in j + 1..<count {
                    guard let (a, b, c) = solve(lights[i], lights[j], lights[k], wanted),
                        min(a, b, c) > -1e-9
                    else { continue }
                    let watts = a * emitters[i].watts + b * emitters[j].watts + c * emitters[k].watts
                    guard watts < least else { continue }
                    least = watts
                    for channel in 0..<count { amounts[channel] = 0 }
                    (amounts[i], amounts[j], amounts[k]) = (max(a, 0), max(b, 0), max(c, 0))
                }
            }
        }
        guard least == .infinity else { return amounts }

        // Out of reach: the nearest colour lies on the line between two of the emitters.
        let place = target.uniform
        var nearest = Double.infinity
        for i in 0..<count {
            for j in i + 1..<count {
                let a = emitters[i].chromaticity.uniform
                let b = emitters[j].chromaticity.uniform
                let (du, dv) = (b.u - a.u, b.v - a.v)
                let length = du * du + dv * dv
                let along = length > 0 ? ((place.u - a.u) * du + (place.v - a.v) * dv) / length : 0
                let part = min(max(along, 0), 1)
                let (u, v) = (a.u + part * du - place.u, a.v + part * dv - place.v)
                guard u * u + v * v < nearest - 1e-15 else { continue }
                nearest = u * u + v * v
                for channel in 0..<count { amounts[channel] = 0 }
                amounts[i] = (1 - part) / weight(lights[i])
                amounts[j] = part / weight(lights[j])
            }
        }
        return amounts
    }

    /// What a light weighs in u′, v′: a mixture lies at the centre of mass of its parts.
    ///
    /// - Source: CIE 15:2004, 8.2.1: u′ = 4X / (X + 15Y + 3Z), v′ = 9Y / (X + 15Y + 3Z).
    private static func weight(_ light: (x: Double, y: Double, z: Double)) -> Double {
        light.x + 15 * light.y + 3 * light.z
    }

    private typealias Vector = (x: Double, y: Double, z: Double)

    /// The amounts of `a`, `b`, `c` that add up to `sum`; nil where the three lie on a line.
    private static func solve(_ a: Vector, _ b: Vector, _ c: Vector, _ sum: Vector) -> (Double, Double, Double)? {
        func determinant(_ a: Vector, _ b: Vector, _ c: Vector) -> Double {
            a.x * (b.y * c.z - b.z * c.y) - b.x * (a.y * c.z - a.z * c.y) + c.x * (a.y * b.z - a.z * b.y)
        }
        let whole = determinant(a, b, c)
        guard abs(whole) > 1e-12 else { return nil }
        return (determinant(sum, b, c) / whole, determinant(a, sum, c) / whole, determinant(a, b, sum) / whole)
    }
}
