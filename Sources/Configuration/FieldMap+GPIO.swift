import Lighting
import YAML

extension FieldMap {
    /// What the `gpio` driver of sensors needs.
    func gpioSensor() -> GPIOSensorInput? {
        let place = gpioPlace()
        let levels = [(name: "high", value: false), (name: "low", value: true)]
        let isActiveLow = self["active"]?.choice("the level that says motion", of: levels)
        let biases = GPIOBias.allCases.map { (name: $0.rawValue, value: $0) }
        let bias = self["bias"]?.choice("a bias", of: biases)
        let debounce = self["debounce"]?.duration(in: GPIOSensorInput.debounceRange, "a debounce", example: "5ms")
        let blind = self["blind"]?.duration(in: GPIOSensorInput.blindRange, "a blind time", example: "2.5s")
        guard let place else { return nil }
        return GPIOSensorInput(
            place, isActiveLow: isActiveLow ?? false, bias: bias ?? .asIs, debounce: debounce ?? .zero,
            blind: blind ?? .zero)
    }

    /// The line that the fields `chip` and `line` name: `chip: gpiochip0, line: 17`, or `line: PIR1`.
    func gpioPlace() -> GPIOPlace? {
        let chipField = self["chip"]
        let chip = chipField?.text("a GPIO chip", example: "gpiochip0", limit: 63)
        guard let field = required("line", example: "17"),
            let line = field.text("a GPIO line", example: "17", limit: 31)
        else { return nil }
        guard line.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return chipField != nil && chip == nil ? nil : .named(line, chip: chip)
        }
        guard let offset = field.integer(in: 0...1023, "a line's number on its chip", example: "17") else { return nil }
        if chipField == nil {
            missing(
                "chip", problem: "is missing beside line: \(offset)",
                remedy: "Write chip: gpiochip0, for instance, or the line's name in place of its number")
        }
        return chip.map { .offset(UInt32(offset), chip: $0) }
    }
}
