extension Colour {
    /// The colours that have names, as people write them.
    public static let named: [(name: String, colour: Colour)] = [
        ("candle", .temperature(Kelvin(clamping: 1900))),
        ("warm", .warmWhite),
        ("neutral", .temperature(Kelvin(clamping: 4000))),
        ("cold", .temperature(Kelvin(clamping: 6500))),
        ("red", .rgb(red: 255, green: 0, blue: 0)),
        ("amber", .rgb(red: 255, green: 191, blue: 0)),
        ("green", .rgb(red: 0, green: 255, blue: 0)),
        ("blue", .rgb(red: 0, green: 0, blue: 255)),
    ]

    /// The forms that ``init(text:)`` takes, for an error message.
    public static let textForms =
        "a temperature from 1800K to 6500K, #rrggbb, or one of \(named.map(\.name).joined(separator: ", "))"

    /// The colour that people write as `2700K`, `#ff8800` or `warm`; nil for anything else.
    public init?(text: String) {
        if let match = Colour.named.first(where: { $0.name == text }) {
            self = match.colour
        } else if text.hasPrefix("#"), text.utf8.count == 7, let value = UInt32(text.dropFirst(), radix: 16),
            !text.dropFirst().hasPrefix("+")
        {
            self = .rgb(
                red: UInt8(value >> 16 & 0xff), green: UInt8(value >> 8 & 0xff), blue: UInt8(value & 0xff))
        } else if let last = text.last, last == "K" || last == "k", let value = Double(text.dropLast()),
            let kelvin = Kelvin(value)
        {
            self = .temperature(kelvin)
        } else {
            return nil
        }
    }

    /// The colour as people write it, which ``init(text:)`` reads.
    public var text: String {
        switch self {
        case .temperature(let kelvin): return "\(Int(kelvin.value.rounded()))K"
        case .rgb(let red, let green, let blue): return "#" + hex(red) + hex(green) + hex(blue)
        case .linear(let rgb):
            return "#" + hex(linearToSRGB(rgb.red)) + hex(linearToSRGB(rgb.green)) + hex(linearToSRGB(rgb.blue))
        }
    }

    /// The colour as 8-bit sRGB at its brightest, for a screen.
    public var sRGB: (red: UInt8, green: UInt8, blue: UInt8) {
        if case .rgb(let red, let green, let blue) = self { return (red, green, blue) }
        let rgb = linear
        return (linearToSRGB(rgb.red), linearToSRGB(rgb.green), linearToSRGB(rgb.blue))
    }
}

private func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
}

/// - Source: IEC 61966-2-1, the sRGB transfer function.
private func linearToSRGB(_ value: Double) -> UInt8 {
    let clamped = min(max(value, 0), 1)
    let encoded = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * power(clamped, 1 / 2.4) - 0.055
    return UInt8((encoded * 255).rounded())
}
