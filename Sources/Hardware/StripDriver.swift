package import Lighting

/// A driver of LEDs that are addressed one by one: bars on one strip share its output.
package protocol StripDriver: SharedOutputDriver {
    /// The bar's part of the strip.
    var part: StripPart { get set }
    /// The order of an LED's bytes where the file says none.
    static func usualOrder(for channels: ChannelSet) -> String
    /// Returns the output that draws a strip.
    func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput
}

extension StripDriver {
    package var pixels: Int { part.leds.pixels }

    package static func usualOrder(for channels: ChannelSet) -> String { String(ChannelOrder.letters(of: channels)) }

    package static func output(sharedBy bars: [(driver: Self, bar: BarPlace)]) -> any LightOutput {
        let (first, bar) = bars[0]
        let segments = bars.map { driver, _ in
            let leds = driver.part.leds
            return StripSegment(
                first: leds.leds.lowerBound, count: leds.leds.count, isReversed: leds.last < leds.first,
                group: leds.group)
        }
        let letters = String(ChannelOrder.letters(of: bar.channels))
        guard
            let order = first.part.order ?? ChannelOrder(text: usualOrder(for: bar.channels), of: bar.channels)
                ?? ChannelOrder(text: letters, of: bar.channels)
        else { preconditionFailure("\(letters) is an order of \(bar.channels)") }
        return first.output(Strip(segments, order: order, limit: first.part.limit), for: bar)
    }
}
