public import Lighting

/// A bar on an addressable strip, and what is known of the strip: what several bars of one say together.
public struct StripPart: Sendable, Hashable {
    /// A strip's connection, and its protocol there.
    public enum Line: Sendable, Hashable {
        /// Pulses by SPI: WS2812B, SK6812 and the like.
        case ws281x(device: String)
        /// SPI proper: APA102, SK9822.
        case apa102(device: String)
        /// DDP to a controller on the network.
        case ddp(host: String)
        /// sACN to a receiver on the network; nil: to whoever listens, by multicast.
        case e131(host: String?, universe: Int)

        /// The name of its driver in the agent's file.
        public var driver: String {
            switch self {
            case .ws281x: "ws281x"
            case .apa102: "apa102"
            case .ddp: "ddp"
            case .e131: "e131"
            }
        }
    }

    /// The limits of current that may be asked for, in milliamperes.
    public static let limitRange = 100...100_000
    /// The universes that there are.
    ///
    /// - Source: ANSI E1.31-2018, 6.2.7.
    public static let universeRange = 1...63999
    /// The priorities that sACN has.
    ///
    /// - Source: ANSI E1.31-2018, 6.2.3.
    public static let priorityRange = 0...200
    /// The priority of a file that says nothing, which is sACN's own default.
    public static let defaultPriority = 100

    /// The strip's connection: bars of which this is the same share a strip.
    public var line: Line
    /// The bar's LEDs.
    public var leds: LEDRange
    /// The chip that reads pulses, `ws2812b` or `sk6812`; nil: as another bar says, or by the bytes of an LED.
    public var chip: String?
    /// The channels that the bytes of an LED drive; nil: as another bar says, or as the chip usually has it.
    public var order: ChannelOrder?
    /// The largest current of the strip, in milliamperes; nil: as another bar says, or any.
    public var limit: Int?
    /// sACN's priority; nil: as another bar says, or ``defaultPriority``.
    public var priority: Int?

    /// A part made in code.
    public init(
        _ line: Line, leds: LEDRange, chip: String? = nil, order: ChannelOrder? = nil, limit: Int? = nil,
        priority: Int? = nil
    ) {
        self.line = line
        self.leds = leds
        self.chip = chip
        self.order = order
        self.limit = limit
        self.priority = priority
    }
}
