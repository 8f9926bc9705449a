private import Glibc

/// A light sensor of the kernel's Industrial I/O class.
///
/// - Source: Linux, Documentation/ABI/testing/sysfs-bus-iio: `in_illuminance_input` is in lux; `in_illuminance_raw` is
///   once `in_illuminance_offset` is added and that multiplied by `in_illuminance_scale`.
struct IIOLightSensor: Sendable {
    private static let folder = "/sys/bus/iio/devices"

    private let root: String
    private let device: String

    /// The sensor of this name, or of this folder's; `root` stands for `/`.
    init(device: String, root: String = "") {
        self.device = device
        self.root = root
    }

    /// How bright it is, in lux. It may take as long as the sensor does: half a second.
    ///
    /// - Returns: that, or `errno`.
    func read() -> Result<Double, Failure> {
        guard let path = path() else { return .failure(Failure(number: ENOENT)) }
        for channel in ["in_illuminance", "in_illuminance0"] {
            if let lux = number("\(path)/\(channel)_input") { return .success(lux) }
            guard let raw = number("\(path)/\(channel)_raw") else { continue }
            let scale = number("\(path)/\(channel)_scale") ?? 1
            return .success((raw + (number("\(path)/\(channel)_offset") ?? 0)) * scale)
        }
        // It is there, and says nothing of light.
        return .failure(Failure(number: errno == ENOENT ? ENOTTY : errno))
    }

    /// Why there is no reading.
    struct Failure: Error {
        let number: Int32
    }

    private func path() -> String? {
        let folder = root + IIOLightSensor.folder
        if device.hasPrefix("iio:device") {
            return access("\(folder)/\(device)", F_OK) == 0 ? "\(folder)/\(device)" : nil
        }
        guard let directory = opendir(folder) else { return nil }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix("iio:"), SysfsFile.text(at: "\(folder)/\(name)/name") == device {
                return "\(folder)/\(name)"
            }
        }
        return nil
    }

    private func number(_ path: String) -> Double? {
        errno = 0
        guard let value = SysfsFile.text(at: path).flatMap(Double.init), value.isFinite else { return nil }
        return value
    }
}
