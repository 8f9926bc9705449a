package import Documents
package import Lighting

/// LEDs of the kernel's LED class, by name: one for each channel of the bar, or a multicolour one.
package struct LEDNames: OutputDriver {
    package static let name = "led"
    package static let fields = [
        DriverField("name", "as ls /sys/class/leds lists it"),
        DriverField("names", "one for each of the bar's channels"),
    ]

    package let names: [String]

    package init(_ names: [String]) { self.names = names }

    package init?(_ fields: FieldMap, channels: ChannelSet) {
        let names = fields.some(
            "name", "names", count: channels.count, mayBeOne: true, example: { "led\($0)" },
            read: {
                $0.folderName("an LED's name", example: "stair", allowed: "a name as ls /sys/class/leds lists it")
            })
        guard let names else { return nil }
        self.names = names
    }

    package static func example(for channels: ChannelSet) -> String { "{driver: led, name: stair}" }

    package var claims: [Claim] { names.map { .part("the LED \($0)") } }

    package func output(for bar: BarPlace) -> any LightOutput {
        LEDClassOutput(folders: names.map { "/sys/class/leds/\($0)" }, channels: bar.channels.channels)
    }

    package func findings(
        _ check: String, of output: any LightOutput, for bar: BarPlace, on board: Board
    ) -> [Finding] {
        names.map { finding(check, $0, isAlone: names.count < bar.channels.count, on: board) }
    }

    /// - Parameter isAlone: whether it is to be all of the bar's channels.
    private func finding(_ check: String, _ name: String, isAlone: Bool, on board: Board) -> Finding {
        let folder = "/sys/class/leds/\(name)"
        guard let text = board.text("\(folder)/max_brightness"), let steps = Int(text) else {
            return board.missing(
                check, "LED \(name)", among: board.names(in: "/sys/class/leds"),
                remedy: "Load its overlay, or correct name in the agent's file")
        }
        let colours = board.text("\(folder)/multi_index")
        if isAlone, colours == nil {
            return .fault(
                check, "LED \(name) has one colour, and the bar has several",
                remedy: "Name an LED for each channel (names: [warm, cold]), or a multicolour one")
        }
        let finding = board.writable(
            check, "\(folder)/\(colours == nil ? "brightness" : "multi_intensity")",
            "LED \(name), \(colours.map { "\($0), " } ?? "")\(steps) steps", group: "gpio")
        guard finding.verdict == .fine, steps < LEDClassOutput.leastSteps else { return finding }
        return .warning(
            check, "LED \(name) has \(steps == 1 ? "one step" : "\(steps) steps"), so it is on or off",
            remedy: "Drive it by PWM (pwm-leds in the overlay, or the driver pwm), should it be dimmed")
    }
}
