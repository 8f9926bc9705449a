package import Documents

extension FieldMap {
    /// The line that the fields `chip` and `line` name: `chip: gpiochip0, line: 17`, or `line: PIR1`.
    package func gpioPlace() -> GPIOPlace? {
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
