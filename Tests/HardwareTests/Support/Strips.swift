import Hardware
import Lighting

/// An order that is one.
func order(_ text: String, of set: ChannelSet) -> ChannelOrder {
    guard let order = ChannelOrder(text: text, of: set) else { fatalError("\(text) is no order of \(set)") }
    return order
}

/// A strip of one bar whose `count` pixels have these 8-bit values.
func strip(_ count: Int, _ text: String, of set: ChannelSet, limit: Int? = nil, _ values: [UInt8]) -> Strip {
    var strip = Strip([StripSegment(count: count)], order: order(text, of: set), limit: limit)
    strip.set(Frame(channels: values.map { UInt16($0) * 257 }, lightness: .full), of: 0)
    return strip
}
