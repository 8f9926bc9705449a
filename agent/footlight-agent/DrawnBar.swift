internal import Hardware
internal import Lighting

/// A bar as it is drawn: from a light to the drives of its pixels' channels.
struct DrawnBar {
    let name: String
    let place: NodeOutputs.Place
    /// How many pixels it has along it.
    let pixels: Int
    let trim: Double
    private var mixer: ChannelMixer
    private var drawn: [UInt16] = []
    /// What it was last set to.
    private(set) var frame: Frame?

    init(_ bar: BarConfiguration, at place: NodeOutputs.Place) {
        name = bar.name
        self.place = place
        pixels = bar.output.pixels
        trim = bar.trim.value
        mixer = ChannelMixer(bar.channels, primaries: bar.primaries)
    }

    /// Draws a light; `light(place)` is that of the pixel at `place`, 0 (the first) … 1 (the last), if they differ.
    ///
    /// - Returns: whether anything has changed.
    mutating func draw(_ light: Light, pixel: ((Double) -> Light)?) -> Bool {
        let count = pixel == nil ? 1 : pixels
        let channels = mixer.count
        if drawn.count != count * channels { drawn = [UInt16](repeating: 0, count: count * channels) }
        if let pixel {
            for index in 0..<count {
                let place = count > 1 ? Double(index) / Double(count - 1) : 0
                mixer.drive(pixel(place), trim: trim, into: &drawn, at: index * channels)
            }
        } else {
            mixer.drive(light, trim: trim, into: &drawn)
        }
        guard var frame else {
            self.frame = Frame(channels: drawn, lightness: light.lightness)
            return true
        }
        guard drawn != frame.channels else { return false }
        self.frame = nil
        swap(&drawn, &frame.channels)
        frame.lightness = light.lightness
        self.frame = frame
        return true
    }
}
