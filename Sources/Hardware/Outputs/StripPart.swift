public import Lighting

/// A bar's LEDs on an addressable strip, and what is known of the strip: what several bars of one say together.
public struct StripPart: Sendable, Hashable {
    /// The limits of current that may be asked for, in milliamperes.
    public static let limitRange = 100...100_000
    /// The bar's LEDs.
    public var leds: LEDRange
    /// The chip that reads pulses, `ws2812b` or `sk6812`; nil: as another bar says, or by the bytes of an LED.
    public var chip: String?
    /// The channels that the bytes of an LED drive; nil: as another bar says, or as the chip usually has it.
    public var order: ChannelOrder?
    /// The largest current of the strip, in milliamperes; nil: as another bar says, or any.
    public var limit: Int?
    /// sACN's priority; nil: as another bar says, or ``E131Strip/defaultPriority``.
    public var priority: Int?

    /// A part made in code.
    public init(
        leds: LEDRange, chip: String? = nil, order: ChannelOrder? = nil, limit: Int? = nil,
        priority: Int? = nil
    ) {
        self.leds = leds
        self.chip = chip
        self.order = order
        self.limit = limit
        self.priority = priority
    }
}
