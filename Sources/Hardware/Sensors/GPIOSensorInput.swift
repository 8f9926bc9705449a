package import Documents

/// A sensor on a GPIO line: a PIR module, a break beam, a push button.
public struct GPIOSensorInput: Sendable, Hashable {
    /// The debounces that may be asked for. What bounces longer than a second is no switch.
    public static let debounceRange = Duration.zero...Duration.seconds(1)
    /// The blind times that may be asked for: PIR modules are blind for 2 to 3 s after their pulse.
    public static let blindRange = Duration.zero...Duration.seconds(10)

    /// The line.
    public var place: GPIOPlace
    /// True if motion is the electrically low level.
    public var isActiveLow: Bool
    /// The level at which the line rests.
    public var bias: GPIOBias
    /// The time that a level must last to count.
    public var debounce: Duration
    /// The time after its pulse for which the sensor sees nothing: motion may go on for so much longer.
    public var blind: Duration

    /// An input made in code.
    public init(
        _ place: GPIOPlace, isActiveLow: Bool = false, bias: GPIOBias = .asIs, debounce: Duration = .zero,
        blind: Duration = .zero
    ) {
        self.place = place
        self.isActiveLow = isActiveLow
        self.bias = bias
        self.debounce = debounce
        self.blind = blind
    }
}

extension GPIOSensorInput: SensorDriver {
    package static let name = "gpio"
    package static let fields = [
        DriverField("chip", "a GPIO chip's name, path or label"), DriverField("line", "a line's number or name"),
        DriverField("active", "high or low", usual: "high"),
        DriverField("bias", oneOf(GPIOBias.allCases.map(\.rawValue)), usual: "as-is"),
        DriverField("debounce", "0s to \(debounceRange.upperBound.text)", usual: "0s"),
        DriverField("blind", "0s to \(blindRange.upperBound.text)", usual: "0s"),
    ]
    package static let example = "{driver: gpio, chip: gpiochip0, line: 17}"

    package init?(_ fields: FieldMap) {
        let place = fields.gpioPlace()
        let levels = [(name: "high", value: false), (name: "low", value: true)]
        let isActiveLow = fields["active"]?.choice("the level that says motion", of: levels)
        let biases = GPIOBias.allCases.map { (name: $0.rawValue, value: $0) }
        let bias = fields["bias"]?.choice("a bias", of: biases)
        let debounce = fields["debounce"]?.duration(in: GPIOSensorInput.debounceRange, "a debounce", example: "5ms")
        let blind = fields["blind"]?.duration(in: GPIOSensorInput.blindRange, "a blind time", example: "2.5s")
        guard let place else { return nil }
        self.init(
            place, isActiveLow: isActiveLow ?? false, bias: bias ?? .asIs, debounce: debounce ?? .zero,
            blind: blind ?? .zero)
    }

    package var claims: [Claim] { [.line(place)] }

    package func sensor(_ name: String, node: String) -> (any MotionSensor)? {
        GPIOSensor(name: name, input: self, consumer: GPIOConsumer.part(name, node: node).description)
    }
}
