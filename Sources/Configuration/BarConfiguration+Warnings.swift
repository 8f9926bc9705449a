extension BarConfiguration {
    /// A remark on light that the bar's driver makes worse than it need be, with the reason; nil: none.
    public var warning: String? {
        switch output {
        case .gpio(let line) where line.isDimmed:
            "bar \(name): software PWM flickers, because a thread switches the line some 200 times a second and is woken a "
                + "little late each time (IEEE 1789 asks for 1250 Hz at least); a pin with hardware PWM and the driver pwm "
                + "doesn't"
        case .pwm(let pins) where pins.frequency < PWMPins.lowRiskFrequency:
            "bar \(name): PWM at \(pins.frequency.value) Hz may flicker (IEEE 1789 asks for 1250 Hz at least); leave "
                + "frequency out for 3000 Hz"
        default: nil
        }
    }
}
