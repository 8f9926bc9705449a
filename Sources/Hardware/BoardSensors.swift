internal import Glibc

/// A board's own readings, as the kernel tells them: disk, temperature, supply.
public struct BoardSensors: Sendable {
    private let root: String

    /// The board whose `/sys` is below `root`.
    public init(root: String = "") { self.root = root }

    /// The share of the disk that `path` is on that is free to ordinary users, 0…100 %; nil where it can't be told.
    public func freePercentage(at path: String) -> Double? {
        var status = statvfs()
        guard statvfs(path, &status) == 0, status.f_blocks > 0 else { return nil }
        return Double(status.f_bavail) / Double(status.f_blocks) * 100
    }

    /// The temperature of the hottest of the kernel's thermal zones, °C; nil where there is none.
    public var temperature: Double? {
        let folder = root + "/sys/class/thermal"
        return names(in: folder).filter { $0.hasPrefix("thermal_zone") }
            .compactMap { SysfsFile.text(at: "\(folder)/\($0)/temp").flatMap { Double($0) } }
            .map { $0 / 1000 }.max()
    }

    /// True if the supply is too weak, now or since the last look; nil where nothing tells.
    ///
    /// - Source: Linux, drivers/hwmon/raspberrypi-hwmon.c: `rpi_volt` has the firmware's under-voltage flag as
    ///   `in0_lcrit_alarm`.
    public var isUnderVoltage: Bool? {
        let folder = root + "/sys/class/hwmon"
        for name in names(in: folder) where SysfsFile.text(at: "\(folder)/\(name)/name") == "rpi_volt" {
            guard let alarm = SysfsFile.text(at: "\(folder)/\(name)/in0_lcrit_alarm") else { continue }
            return alarm != "0"
        }
        return nil
    }

    private func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
