import Glibc
import Processes
import TestSupport

/// A GPIO chip of the kernel's gpio-sim, of a test's own, from the side of what is soldered to it.
///
/// A bias that a program asks for overrules ``pull(_:_:)``: pull after the line was requested. An output falls back to
/// its pull when it is released: ask for its ``value(_:)`` while a program holds it. Flips less than a few milliseconds
/// apart may merge into one edge.
final class SimulatedChip: Sendable {
    /// Its label, by which it can be opened too.
    let label: String
    private let folder: String
    private let lines: Int
    private let place = Monitor<(name: String, system: String)?>(nil)

    /// A chip that is plugged in. `names`: what lines are called, by their number.
    init(lines: Int = 8, names: [Int: String] = [:]) throws {
        label = "lab-\(UInt32.random(in: .min ... .max))"
        self.lines = lines
        folder = "/sys/kernel/config/gpio-sim/\(label)"
        let bank = "\(folder)/bank0"
        try SystemFile.makeFolder(folder)
        try SystemFile.makeFolder(bank)
        try SystemFile.write(label, to: "\(bank)/label")
        try SystemFile.write("\(lines)", to: "\(bank)/num_lines")
        for (line, name) in names {
            try SystemFile.makeFolder("\(bank)/line\(line)")
            try SystemFile.write(name, to: "\(bank)/line\(line)/name")
        }
        try plugIn()
    }

    deinit {
        try? unplug()
        for line in 0..<lines { rmdir("\(folder)/bank0/line\(line)") }
        rmdir("\(folder)/bank0")
        rmdir(folder)
    }

    /// Its name as long as it is plugged in: `gpiochip0`.
    var name: String { place.change { $0?.name ?? "unplugged" } }

    /// Adds it to the system, after ``unplug()`` maybe by another name.
    func plugIn() throws {
        try SystemFile.write("1", to: "\(folder)/live")
        let name = try SystemFile.read("\(folder)/bank0/chip_name")
        let device = try SystemFile.read("\(folder)/dev_name")
        place.change { $0 = (name, "/sys/devices/platform/\(device)/\(name)") }
    }

    /// Takes it away from the system, whoever uses it.
    func unplug() throws {
        place.change { $0 = nil }
        try SystemFile.write("0", to: "\(folder)/live")
    }

    /// Drives a line from outside.
    func pull(_ line: Int, _ high: Bool) throws {
        try SystemFile.write(high ? "pull-up" : "pull-down", to: "\(try file(line))/pull")
    }

    /// The electrical level of a line.
    func value(_ line: Int) throws -> Bool { try SystemFile.read("\(try file(line))/value") == "1" }

    private func file(_ line: Int) throws -> String {
        guard let system = place.change({ $0?.system }) else { throw TestFailure("\(label) is unplugged") }
        return "\(system)/sim_gpio\(line)"
    }
}
