import Documents

extension FieldMap {
    /// One value, or a list of `count`.
    func some<Value: Hashable>(
        _ one: String, _ many: String, count: Int, mayBeOne: Bool = false, example: (Int) -> String,
        read: (Field) -> Value?
    ) -> [Value]? {
        let list = "[" + (0..<count).map(example).joined(separator: ", ") + "]"
        if let field = self[one] {
            if let other = self[many] {
                other.fail(
                    .conflict, "stands beside \(one)", allowed: "one of the two", remedy: "Remove \(one) or \(many)")
                return nil
            }
            guard count == 1 || mayBeOne else {
                field.fail(
                    .conflict, "is one and the bar has \(count) channels", allowed: "a bar has one for each channel",
                    remedy: "Write \(many): \(list), for instance")
                return nil
            }
            return read(field).map { [$0] }
        }
        guard let field = self[many] else {
            if count == 1 || mayBeOne {
                missing(one, remedy: "Write \(one): \(example(0)), for instance")
            } else {
                missing(many, remedy: "Write \(many): \(list), for instance")
            }
            return nil
        }
        guard let items = field.list(of: many, example: list) else { return nil }
        guard items.count == count else {
            field.fail(
                .conflict, "has \(items.count) and the bar has \(count) channels",
                allowed: "a bar has one for each channel", remedy: field.write(list))
            return nil
        }
        let values = items.compactMap(read)
        guard values.count == count else { return nil }
        if Set(values).count < count {
            field.fail(.duplicate, "has one twice", allowed: "each channel has its own", remedy: field.write(list))
            return nil
        }
        return values
    }

    /// Whether the file says that low is on.
    func isInverted() -> Bool {
        self["inverted"]?
            .choice("whether low is on", of: [(name: "true", value: true), (name: "false", value: false)]) ?? false
    }

    /// The path of an SPI bus.
    func spiDevice() -> String? {
        required("device", example: "/dev/spidev0.0")?
            .absolutePath("the path of an SPI bus", example: "/dev/spidev0.0")
    }
}
