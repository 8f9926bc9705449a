private import Glibc
public import Lighting

/// A bar on the kernel's LED class, `/sys/class/leds/NAME`: one LED for each of the bar's channels, or one multicolour LED
/// for all of them.
public final class LEDClassOutput: LightOutput {
    /// Fewer steps than this flicker when they are dithered: such an LED is on or off.
    public static let leastSteps = 15

    private let folders: [String]
    private let channels: [LEDChannel]
    private var drives: [UInt16]
    private var opened: [LED] = []

    /// One LED while it is open.
    private struct LED {
        let file: SysfsFile
        /// The channel of each of its numbers; nil for one that the bar hasn't.
        let channels: [Int?]
        let steps: Int
        var quantiser: Quantiser
        var values: [Int]
    }

    /// A bar of these channels on the LEDs whose folders are at `folders`.
    public init(folders: [String], channels: [LEDChannel]) {
        self.folders = folders
        self.channels = channels
        drives = channels.map { _ in 0 }
    }

    /// Takes what the bar is to show.
    public func set(_ frame: Frame, of part: Int) {
        for index in drives.indices { drives[index] = frame.channels[index] }
    }

    /// Writes the LEDs' brightness.
    public func present(isAtRest: Bool) throws(HardwareError) -> Duration {
        if opened.isEmpty { try open() }
        var wantsMore = false
        for led in opened.indices {
            opened[led].quantiser.begin()
            for place in opened[led].values.indices {
                let drive = opened[led].channels[place].map { drives[$0] } ?? 0
                let isOn = opened[led].steps < LEDClassOutput.leastSteps
                opened[led].values[place] =
                    isOn
                    ? drive > 0 ? opened[led].steps : 0
                    : opened[led].quantiser.value(drive, at: place, isAtRest: isAtRest)
            }
            wantsMore = wantsMore || opened[led].quantiser.wantsMore
            let error = opened[led].file.write(opened[led].values)
            guard error == 0 else { throw failure(error, opened[led].file.path) }
        }
        return wantsMore ? ditheringInterval : renewal
    }

    private func open() throws(HardwareError) {
        var leds: [LED] = []
        for (index, folder) in folders.enumerated() {
            guard let text = SysfsFile.text(at: "\(folder)/max_brightness"), let steps = Int(text), steps > 0 else {
                throw failure(access(folder, F_OK) == 0 ? EIO : ENOENT, folder)
            }
            // What a trigger (heartbeat, default-on) shows, would be written over ours.
            if let trigger = SysfsFile.text(at: "\(folder)/trigger"), !trigger.contains("[none]") {
                try write("none", to: "\(folder)/trigger")
            }
            let colours = SysfsFile.text(at: "\(folder)/multi_index")?.split(separator: " ").map(String.init)
            let name = colours == nil ? "brightness" : "multi_intensity"
            let places =
                try colours.map { names throws(HardwareError) in try self.channels(of: names, folder) } ?? [index]
            guard let file = SysfsFile("\(folder)/\(name)") else { throw failure(errno, "\(folder)/\(name)") }
            if colours != nil { try write("\(steps)", to: "\(folder)/brightness") }
            leds.append(
                LED(
                    file: file, channels: places, steps: steps,
                    quantiser: Quantiser(steps: steps, pixels: 1, channels: places.count, dithering: .overTime),
                    values: places.map { _ in 0 }))
        }
        if folders.count < channels.count, leds.count == 1, leds[0].channels.count == 1 {
            throw HardwareError(
                .unsuitable,
                "\(folders[0]) has one colour and the bar has \(channels.count) channels; name an LED for each, or a "
                    + "multicolour one")
        }
        opened = leds
    }

    /// The bar's channel for each colour of a multicolour LED.
    private func channels(of colours: [String], _ folder: String) throws(HardwareError) -> [Int?] {
        let places = colours.map { colour in
            channels.firstIndex { $0.rawValue == colour || ($0 == .warm && colour == "white") }
        }
        let driven = Set(places.compactMap { $0 })
        if let lacking = channels.indices.first(where: { !driven.contains($0) }) {
            throw HardwareError(
                .unsuitable,
                "\(folder) has the colours \(colours.joined(separator: ", ")) and no \(channels[lacking].rawValue); "
                    + "choose the channels that it has")
        }
        return places
    }

    private func write(_ text: String, to path: String) throws(HardwareError) {
        let error = SysfsFile.write(text, to: path)
        guard error == 0 else { throw failure(error, path) }
    }

    private func failure(_ error: Int32, _ path: String) -> HardwareError {
        opened = []
        return HardwareError(
            errno: error, at: path, ifMissing: "check the name: ls /sys/class/leds; is its driver or overlay loaded?",
            group: "gpio")
    }
}
