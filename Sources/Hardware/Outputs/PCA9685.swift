package import Documents
private import Glibc
package import Lighting

/// Channels of a PCA9685, the I2C board of 16 PWM channels that many stairs are built on: one for each of the bar's.
package struct PCA9685Channels: SharedOutputDriver {
    /// The addresses that the chip can have.
    ///
    /// - Source: NXP, PCA9685, Rev. 4, 7.1.1: six pins; Linux, i2c-dev: 0x78 and above are reserved.
    package static let addresses = 0x40...0x77
    /// The bus of a file that says nothing: a Raspberry Pi's on pins 3 and 5.
    package static let defaultBus = "/dev/i2c-1"
    /// The frequency of a file that says nothing: the highest, which flickers least.
    package static let defaultFrequency = Hertz(PCA9685.frequencies.upperBound)

    package static let name = "pca9685"
    package static let fields = [
        DriverField("bus", "the path of an I2C bus", usual: defaultBus),
        DriverField("address", "0x40 to 0x77", usual: "0x40"), DriverField("channel", "0 to 15"),
        DriverField("channels", "one for each of the bar's channels"),
        DriverField("frequency", "24Hz to 1526Hz", usual: "1526Hz"),
        DriverField("inverted", "true or false", usual: "false"),
        DriverField("enable", "the GPIO line of OE: {chip, line}"),
    ]

    package let bus: String
    package let address: Int
    package let channels: [Int]
    package let frequency: Hertz
    package let isInverted: Bool
    package let enable: GPIOPlace?

    package init(
        bus: String = defaultBus, address: Int = addresses.lowerBound, channels: [Int],
        frequency: Hertz = defaultFrequency,
        isInverted: Bool = false, enable: GPIOPlace? = nil
    ) {
        self.bus = bus
        self.address = address
        self.channels = channels
        self.frequency = frequency
        self.isInverted = isInverted
        self.enable = enable
    }

    package init?(_ fields: FieldMap, channels set: ChannelSet) {
        // What is written and can't be read is no default: bars of one board would seem to differ.
        let bus = fields.optional("bus", usual: PCA9685Channels.defaultBus) {
            $0.absolutePath("the path of an I2C bus", example: PCA9685Channels.defaultBus)
        }
        let address = fields.optional("address", usual: PCA9685Channels.addresses.lowerBound) {
            $0.busAddress(in: PCA9685Channels.addresses, example: "0x40")
        }
        let channels = fields.some(
            "channel", "channels", count: set.count, example: { "\($0)" },
            read: { $0.integer(in: 0...PCA9685.channels - 1, "a channel", example: "0") })
        let frequency = fields.optional("frequency", usual: PCA9685Channels.defaultFrequency.value) {
            $0.integer(in: PCA9685.frequencies, "a frequency in hertz", unit: "Hz", example: "1526Hz")
        }
        let isInverted = fields.isInverted()
        let enable = fields.optional("enable", usual: GPIOPlace?.none) {
            $0.fields(["chip", "line"], example: "{chip: gpiochip0, line: 4}")?.gpioPlace().map(Optional.some)
        }
        guard let bus, let address, let channels, let frequency, let enable else { return nil }
        self.init(
            bus: bus, address: address, channels: channels, frequency: Hertz(frequency), isInverted: isInverted,
            enable: enable)
    }

    package static func example(for channels: ChannelSet) -> String {
        channels.count == 1
            ? "{driver: pca9685, channel: 0}"
            : "{driver: pca9685, channels: [\((0..<channels.count).map { "\($0)" }.joined(separator: ", "))]}"
    }

    package var connection: String { "0x\(String(address, radix: 16)) of \(bus)" }

    package var claims: [Claim] {
        let terms =
            "\(frequency.value)Hz, inverted: \(isInverted), enable: \(enable.map { "\($0)" } ?? "none")"
        let pin = enable.map { Claim.shared("\($0)", terms: "the OE pin of \(connection)") }
        return [.shared("the PCA9685 at \(connection)", terms: terms)] + [pin].compactMap(\.self)
            + channels.map { .part("channel \($0) of the PCA9685 at \(connection)") }
    }

    package var warning: String? { PWMPins.warning(of: frequency, usual: PCA9685Channels.defaultFrequency) }

    package static func output(sharedBy bars: [(driver: Self, bar: BarPlace)]) -> any LightOutput {
        let (first, bar) = bars[0]
        return PCA9685Output(
            bars: bars.map(\.driver.channels), hertz: first.frequency.value, isInverted: first.isInverted,
            bus: I2CDevice(bus: first.bus, address: first.address),
            enable: first.enable.map { place in
                EnableLine(place, consumer: GPIOConsumer.part(bar.bar, node: bar.node).description)
            })
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] {
        let error = board.obstacle(bus, .readWrite)
        guard error == 0 else { return [.fault(check, I2CDevice.failure(error, at: bus))] }
        do throws(HardwareError) {
            let mode = try I2CDevice(bus: board.root + bus, address: address)
                .read(PCA9685.mode1Register)
            guard !PCA9685.hasExternalClock(mode1: mode) else {
                return [
                    .warning(
                        check, "the PCA9685 at \(connection) goes by an external clock, so its frequency isn't known",
                        remedy: "Take it off its supply for a moment: the chip keeps that until then")
                ]
            }
            return [.fine(check, "the PCA9685 at \(connection) answers")]
        } catch {
            return [.fault(check, error)]
        }
    }
}

/// The bars of one PCA9685.
package final class PCA9685Output: LightOutput {
    private let bars: [[Int]]
    private let chip: PCA9685
    private let bus: any RegisterBus
    private let enable: EnableLine?
    private var drives = [UInt16](repeating: 0, count: PCA9685.channels)
    private var quantiser = Quantiser(
        steps: PCA9685.full, pixels: 1, channels: PCA9685.channels, dithering: .overTime)
    /// The values that the chip was given; nil: unknown.
    private var written = [Int?](repeating: nil, count: PCA9685.channels)
    private var isRunning = false

    /// The channels of each bar, on the chip that `bus` reaches.
    package init(
        bars: [[Int]], hertz: Int, isInverted: Bool, bus: any RegisterBus, enable: EnableLine? = nil
    ) {
        self.bars = bars
        // Dark while OE is high, and so once the agent is gone.
        chip = PCA9685(
            hertz: hertz, isInverted: isInverted, disabled: isInverted ? .high : .low, channels: bars.joined())
        self.bus = bus
        self.enable = enable
    }

    /// Twice as long as all channels take on a bus of 100 kHz, which the loop waits for.
    package var minimumInterval: Duration {
        // Nine bits a byte; four bytes a channel, and three of each write of eight channels.
        let bytes = bars.joined().count * 4 + 6
        return .microseconds(bytes * 9 * 10 * 2)
    }

    package func set(_ frame: Frame, of part: Int) {
        for (index, channel) in bars[part].enumerated() { drives[channel] = frame.channels[index] }
    }

    package func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        do throws(HardwareError) {
            // A chip that lost its supply for a moment sleeps: looked for now and then.
            if isAtRest || !isRunning { try start() }
            quantiser.begin()
            let values = bars.joined().map { channel in
                (channel: channel, value: quantiser.value(drives[channel], at: channel, isAtRest: isAtRest))
            }
            for write in chip.writes(of: values.filter { isAtRest || written[$0.channel] != $0.value }) {
                try bus.write(write.bytes, from: write.register)
            }
            for (channel, value) in values { written[channel] = value }
            try enable?.enable()
        } catch {
            isRunning = false
            throw error
        }
        return quantiser.wantsMore ? max(ditheringInterval, minimumInterval) : renewal
    }

    private func start() throws(HardwareError) {
        let writes = chip.start(
            mode1: try bus.read(PCA9685.mode1Register), mode2: try bus.read(PCA9685.mode2Register),
            prescale: try bus.read(PCA9685.prescaleRegister))
        for write in writes { try bus.write(write.bytes, from: write.register) }
        if !writes.isEmpty {
            written = written.map { _ in nil }
            var wait = timespec(tv_sec: 0, tv_nsec: Int(PCA9685.startUp))
            nanosleep(&wait, nil)
        }
        isRunning = true
    }
}
