public import Configuration

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
