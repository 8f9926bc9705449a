internal import Lighting

/// Light on a screen.
enum Paint {
    /// What a bar that is off looks like: there, and dark.
    private static let off = (red: 38, green: 38, blue: 42)

    /// `width` columns that shine as the light does.
    static func bar(_ light: Light, width: Int) -> StyledLine {
        let (red, green, blue) = screen(light)
        return StyledLine(String(repeating: "▀", count: width)).between("38;2;\(red);\(green);\(blue)")
    }

    /// `width` columns without colours: the brighter, the fuller.
    static func grey(_ light: Light, width: Int) -> StyledLine {
        let blocks: [Character] = ["·", "░", "▒", "▓", "█"]
        let level = light.lightness.value
        let index = level <= 0 ? 0 : min(4, 1 + Int(level * 4))
        return StyledLine(String(repeating: blocks[index], count: width))
    }

    /// A light as a screen's sRGB, no darker than a bar that is off. Screens are seen in brighter rooms than stairs at
    /// night: the square root lets a dim light be seen on them.
    private static func screen(_ light: Light) -> (red: Int, green: Int, blue: Int) {
        let rgb = light.colour.linear
        let brightness = light.lightness.value.squareRoot()
        func channel(_ amount: Double, _ floor: Int) -> Int {
            max(floor, Int((encoded(amount) * brightness * 255).rounded()))
        }
        return (channel(rgb.red, off.red), channel(rgb.green, off.green), channel(rgb.blue, off.blue))
    }

    /// - Source: IEC 61966-2-1, the sRGB transfer function.
    private static func encoded(_ linear: Double) -> Double {
        Double(Colour.linear(LinearRGB(red: linear, green: 0, blue: 0)).sRGB.red) / 255
    }
}
