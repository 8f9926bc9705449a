package import Lighting

/// A driver of LEDs that are addressed one by one: bars on one strip share its output.
package protocol StripDriver: OutputDriver {
    /// The bar's part of the strip.
    var part: StripPart { get set }
    /// The strip's connection: bars of one driver of which this is the same share a strip.
    var connection: String { get }
    /// The order of an LED's bytes where the file says none.
    static func usualOrder(for channels: ChannelSet) -> String
    /// Returns the output that draws a strip.
    func output(_ strip: Strip, for bar: BarPlace) -> any LightOutput
}

extension StripDriver {
    package var pixels: Int { part.leds.pixels }

    /// The strip: bars of which this is the same share it.
    package var strip: String { "\(Self.name) \(connection)" }

    package static func usualOrder(for channels: ChannelSet) -> String { String(ChannelOrder.letters(of: channels)) }

    package func output(for bar: BarPlace) -> any LightOutput { output(sharedBy: [part.leds], for: bar) }

    /// Returns the output of a strip that bars share.
    ///
    /// - Parameters:
    ///   - ranges: the LEDs of each bar, at least one.
    ///   - bar: the first of the bars.
    package func output(sharedBy ranges: [LEDRange], for bar: BarPlace) -> any LightOutput {
        let segments = ranges.map {
            StripSegment(
                first: $0.leds.lowerBound, count: $0.leds.count, isReversed: $0.last < $0.first, group: $0.group)
        }
        let letters = String(ChannelOrder.letters(of: bar.channels))
        guard
            let order = part.order ?? ChannelOrder(text: Self.usualOrder(for: bar.channels), of: bar.channels)
                ?? ChannelOrder(text: letters, of: bar.channels)
        else { preconditionFailure("\(letters) is an order of \(bar.channels)") }
        return output(Strip(segments, order: order, limit: part.limit), for: bar)
    }
}
