package import Documents
package import Lighting

/// A bar on a GPIO line: on while it has any light. Dimmed by software, if it is asked for.
public final class GPIOOutput: LightOutput {
    private let line: GPIOOutputLine
    private let consumer: String
    private var opened: GPIOLine?
    private var dimmer: SoftwarePWM?
    private var drive: UInt16 = 0

    /// A bar on `line`, as others see it had by `consumer`.
    public init(_ line: GPIOOutputLine, consumer: String) {
        self.line = line
        self.consumer = consumer
    }

    /// Takes what the bar is to show.
    public func set(_ frame: Frame, of part: Int) { drive = frame.channels[0] }

    /// Sets the line.
    public func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        do throws(HardwareError) {
            if line.isDimmed {
                if dimmer == nil { dimmer = try SoftwarePWM(try open()) }
                try dimmer?.set(drive)
            } else {
                if opened == nil { opened = try open() }
                try opened?.set(drive > 0)
            }
        } catch {
            opened = nil
            dimmer = nil
            throw error
        }
        return renewal
    }

    /// Waits for the thread that dims the line.
    public func end() throws(HardwareError) -> Duration? { dimmer?.isShown ?? true ? nil : SoftwarePWM.delay }

    private func open() throws(HardwareError) -> GPIOLine {
        try .output(line.place, isActive: drive > 0, isActiveLow: line.isActiveLow, consumer: consumer)
    }
}

/// A GPIO line that switches a bar.
public struct GPIOOutputLine: Sendable, Hashable {
    /// The line.
    public var place: GPIOPlace
    /// True if low is on.
    public var isActiveLow: Bool
    /// True if the bar is dimmed by switching the line on and off, which flickers; false: it is on or off.
    public var isDimmed: Bool

    /// A line chosen in code.
    public init(_ place: GPIOPlace, isActiveLow: Bool = false, isDimmed: Bool = false) {
        self.place = place
        self.isActiveLow = isActiveLow
        self.isDimmed = isDimmed
    }
}

extension GPIOOutputLine: OutputDriver {
    package static let name = "gpio"
    package static let fields = [
        DriverField("chip", "a GPIO chip's name, path or label"), DriverField("line", "a line's number or name"),
        DriverField("active", "high or low", usual: "high"), DriverField("pwm", "software", usual: "on or off"),
    ]

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let levels = [(name: "high", value: false), (name: "low", value: true)]
        let isActiveLow = fields["active"]?.choice("the level that says on", of: levels)
        let isDimmed = fields["pwm"]?.choice("a PWM", of: [(name: "software", value: true)])
        if channels != .white {
            fields.field.fail(
                .conflict, "is one line and the bar has \(channels.count) channels",
                allowed: "a bar on a GPIO line is white", remedy: "Use the driver pwm, with channels: [0, 1]")
            return nil
        }
        guard let place = fields.gpioPlace() else { return nil }
        self.init(place, isActiveLow: isActiveLow ?? false, isDimmed: isDimmed ?? false)
    }

    package static func example(for channels: ChannelSet) -> String { "{driver: gpio, chip: gpiochip0, line: 17}" }

    package var claims: [Claim] { [.line(place)] }

    package var warning: String? {
        guard isDimmed else { return nil }
        return
            "software PWM flickers, because a thread switches the line some 200 times a second and is woken a little "
            + "late each time (IEEE 1789 asks for 1250 Hz at least); a pin with hardware PWM and the driver pwm doesn't"
    }

    package func output(for bar: BarPlace) -> any LightOutput {
        GPIOOutput(self, consumer: GPIOConsumer.part(bar.bar, node: bar.node).description)
    }
}
