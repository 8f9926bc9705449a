package import Lighting

/// A driver of LEDs that are addressed one by one: bars on one strip share its output.
package protocol StripDriver: SharedOutputDriver {
    /// The bar's part of the strip.
    var part: StripPart { get set }
    /// The order of an LED's bytes where the file says none.
    static func usualOrder(for channels: ChannelSet) -> String
    /// The numbers of the universes that its protocol has; nil: it knows none, and has room for all LEDs.
    static var universes: ClosedRange<Int>? { get }
    /// The universe of the first LED, where its protocol has universes.
    var universe: Int { get }
    /// Returns the output that draws a strip.
    func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput
}

extension StripDriver {
    package static var universes: ClosedRange<Int>? { nil }
    package var universe: Int { 0 }

    package var pixels: Int { part.leds.pixels }

    /// The universe of the last LED of a strip of so many, where that is none; nil: all have one.
    ///
    /// - Parameter part: what all bars of the strip say of it together.
    package func missingUniverse(leds: Int, _ part: StripPart, _ channels: ChannelSet) -> Int? {
        guard let last = Self.universes?.upperBound else { return nil }
        let bytes = part.order?.channels.count ?? Self.usualOrder(for: channels).utf8.count
        let end = universe + DMX512.universes(leds: leds, bytesPerLED: bytes).count - 1
        return end > last ? end : nil
    }

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
